import { describe, expect, it } from 'vitest'
import { epciNamer } from '../../../src/domain/completeness/named-epci.ts'
import { compileActorRules } from '../../../src/domain/completeness/assess-actor.ts'
import { fixGuard } from '../../../src/domain/completeness/fix-guard.ts'
import { safeFixes } from '../../../src/domain/completeness/safe-fixes.ts'
import { readFields } from '../../../src/domain/reading/read-fields.ts'
import { geography, settings } from '../../helpers/double-base.ts'

const rules = settings.rules.completeness
const judge = compileActorRules(rules, geography, '2026-11-24', 'publication')
const guard = fixGuard(rules)
const named = epciNamer(geography)

function record(commune: string, code_postal: string | null, code_insee: string | null) {
  const cells = { commune, code_postal, code_insee } as Readonly<Record<string, string | null>>
  const { fields, written } = readFields((field) => cells[field] ?? null)
  return {
    ...{ id: 'a', fields, written, linkedEpci: null, contactedOn: null, step: null, verified: [] },
    changedOn: null,
  }
}
const told = (...cells: Parameters<typeof record>) =>
  judge(record(...cells))
    .findings.filter(({ field }) => ['commune', 'code_postal', 'code_insee'].includes(field))
    .map(({ code, suggestion }) => [code, suggestion])

describe('the name of a commune with something beside it', () => {
  it.each([
    ['LE PALAIS (Belle-Île)', '56360', '56152', 'Le Palais'],
    ['Le Palais, Belle-Île-en-Mer', '56360', '56152', 'Le Palais'],
    ['Saint-Malo (Paramé)', '35400', '35288', 'Saint-Malo'],
    ['St Malo / Paramé', '35400', '35288', 'Saint-Malo'],
    ['Saint-Malo - Paramé', '35400', '35288', 'Saint-Malo'],
    ['Saint-Malo [Saint-Servan]', '35400', '35288', 'Saint-Malo'],
    ['Paramé (Saint-Malo)', '35400', '35288', 'Saint-Malo'],
    ['Kérity, commune déléguée de Paimpol', '22500', '22162', 'Paimpol'],
    ['Guipavas (Brest)', '29490', '29075', 'Guipavas'],
  ])('« %s » is not held against the rest', (name, postal, insee, proposed) => {
    expect(told(name, postal, insee)).toEqual([['commune.spelling', proposed]])
    expect(told(name, postal, null).filter(([code]) => code?.startsWith('commune.'))).toEqual([
      ['commune.spelling', proposed],
    ])
    expect(named(record(name, postal, insee).fields)).toEqual({ siren: geography.commune(insee)?.epci })
  })

  it.each([
    ['Rennes (Saint-Malo)', '35400', '35288'],
    ['Lannilis / Brest', '29490', '29075'],
    ['Paramé (Dinard)', '35400', '35288'],
  ])('« %s » beside other codes is told all the same', (name, postal, insee) => {
    expect(told(name, postal, insee).map(([code]) => code)).toContain('commune.other_name')
  })

  it('loses nothing to a fix', () => {
    for (const name of ['LE PALAIS (Belle-Île)', 'Saint-Malo / Paramé'])
      expect(safeFixes(record(name, null, '56152'), judge, guard)).toEqual([])
  })
})
