import { describe, expect, it } from 'vitest'
import { typologyCard } from '../../../src/http/pages/typology-card.ts'
import { plain } from '../../helpers/plain.ts'
import { rules } from '../../helpers/rules.ts'
import { aReport } from '../test-server.ts'

const figure = (column: string, value: number, year: number | null) => ({
  column,
  value,
  source: 'INSEE',
  year,
})
const card = (facts: Parameters<typeof aReport>[0] = {}) =>
  plain(String(typologyCard(aReport(facts), rules.typology)))

describe('the type on a « fiche territoire »', () => {
  it('says what is too little known, and shows how far each degree may still go', () => {
    const text = card()
    expect(text).toContain('<span class="pill neutral">Trop peu connu</span>')
    expect(text).toMatch(/on connaît \d+ % des quatre facteurs/u)
    expect(text).toContain('selon ce qui reste inconnu')
    expect(text).not.toContain('Chiffres importés')
  })

  it('gives every imported figure once, a sentence a source', () => {
    const text = card({
      imported: [figure('part_75_ans', 12.3, 2021), figure('rsa', 4, 2021), figure('total', 6, null)],
    })
    expect(text).toContain('Chiffres importés (INSEE, 2021) : part_75_ans 12,3 ; rsa 4.')
    expect(text).toContain('Chiffres importés (INSEE) : total 6.')
  })

  it('lets no text of a file be read as a page', () => {
    expect(card({ imported: [figure('<script>alert(1)</script>', 1, null)] })).not.toContain('<script>')
  })
})
