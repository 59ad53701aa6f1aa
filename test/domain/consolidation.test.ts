import { describe, expect, it } from 'vitest'
import { consolidation } from '../../src/domain/consolidation.ts'
import { consolidationText } from '../../src/domain/prefill-sentences.ts'
import { plain } from '../helpers/plain.ts'

const counts = { created: 5, createdPrefilled: 2, undated: 0, confirmed: 3, left: 12 }

describe('what the last journée brought', () => {
  it('is what was made, what was completed of what was there, and what is left', () => {
    const found = consolidation('2026-05-04', counts, 20, 11)
    expect(found).toEqual({ since: '2026-05-04', created: 5, completed: 7, confirmed: 3, left: 12 })
    expect(plain(consolidationText(found))).toBe(
      "depuis la journée du 4 mai 2026 : 5 fiches créées, 7 complétées, 3 validées ; encore 12 à compléter de celles d'alors",
    )
  })

  it('is unknown, never zero, where nothing tells it', () => {
    const before = consolidation('2026-05-04', counts, 20, null)
    expect(before).toMatchObject({ created: 5, completed: null })
    expect(plain(consolidationText(before))).toContain('nombre de complétées inconnu')
    const undated = consolidation('2026-05-04', { ...counts, undated: 1, left: 0 }, 20, 11)
    expect(undated).toMatchObject({ created: null, completed: null })
    expect(plain(consolidationText(undated))).toMatch(/créations inconnues.*rien ne reste à compléter/)
  })

  it('never takes away: fewer pre-filled than before are none completed', () => {
    expect(consolidation('2026-05-04', counts, 8, 11).completed).toBe(0)
  })
})
