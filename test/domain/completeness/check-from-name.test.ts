import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readActorFile } from '../../../src/config/actor-file.ts'
import { safeFixes } from '../../../src/domain/completeness/safe-fixes.ts'
import { actorOf, assessed, keepsAll } from './records.ts'

const BRITTANY = '../shared/data/acteurs-reels-bretagne.standard.csv'

/** What is proposed for a record without a type, and how surely. */
function proposed(nom: string, typologie: string | null = null): string | null {
  const { findings } = assessed(actorOf({ nom, typologie }))
  const own = findings.find(({ code }) => code === 'typologie.from_name')
  if (own === undefined) return null
  return own.message.includes('confiance élevée') ? (own.suggestion ?? '') : `${own.suggestion} ?`
}

describe('the type of a place without one', () => {
  it.each([
    ['France services Callac', 'RFS'],
    ['Maison France-Services (CCKB)', 'RFS'],
    ['FRANCE SERVICES CCAS LE MENE', 'RFS ?'],
    ['Médiathèque de Callac', 'BIB'],
    ['BIBLIOTHEQUE MUNICIPALE', 'BIB'],
    ['CCAS de Callac', 'CCAS'],
    ["Centre communal d'action sociale", 'CCAS'],
    ['CENTRE COMMUNAL D ACTION SOCIALE', 'CCAS'],
    ['Mairie de Callac', 'MUNI'],
    ['Commune de Callac', 'MUNI'],
    ['Mission Locale du Pays de Vitré', 'ML'],
    ['Espace public numérique de Callac', 'EPN'],
    ['Mairie de Plumaudan - Espace Cybercommune', 'EPN ?'],
    ["Centre social Carré d'As", 'CS'],
    ['Centre socio-culturel', 'CSC'],
    ['Espace de Vie Sociale', 'EVS'],
    ['sous-préfecture de Brest', 'PREF'],
    ['Association Les Genêts', 'ASSO'],
    ['CC DU KREIZ BREIZH', 'CC ?'],
    ['Tiers-lieu La Fabrique', 'TIERS_LIEUX'],
  ])('« %s » is told by its name: %s', (nom, type) => {
    expect(proposed(nom)).toBe(type)
  })

  it.each([
    'Les Amarres',
    'Les amis de la bibliothèque',
    'Permanence chez PIMMS Lorient',
    'Espace numérique, place de la mairie',
    'Communautés et partages',
    'Communication et numérique',
    'Mairiette',
    'La posterie',
    'NC',
    '',
    `${'mot '.repeat(100)}médiathèque`,
  ])('« %s » tells nothing', (nom) => {
    expect(proposed(nom)).toBeNull()
  })

  it('stays missing, is proposed to people and never written by itself', () => {
    for (const typologie of [null, '?', 'à compléter']) {
      const actor = actorOf({ nom: 'Mairie de Callac', typologie })
      const { missing, findings, filled } = assessed(actor)
      expect(missing).toContain('typologie')
      expect(filled).not.toContain('typologie')
      expect(findings.filter(({ field }) => field === 'typologie')).toMatchObject([
        { code: 'typologie.from_name', severity: 'info', suggestion: 'MUNI' },
      ])
      expect(safeFixes(actor, assessed, keepsAll).filter(({ field }) => field === 'typologie')).toEqual([])
    }
  })

  it('is not proposed where one is given, nor where a person called it exact', () => {
    expect(proposed('Mairie de Callac', 'ASSO')).toBeNull()
    const { findings } = assessed(actorOf({ nom: 'Mairie de Callac' }, { verified: ['typologie.from_name'] }))
    expect(findings.filter(({ field }) => field === 'typologie')).toEqual([])
  })

  it.skipIf(!existsSync(BRITTANY))(`is told by most names of the real places (needs ${BRITTANY})`, () => {
    const without = readActorFile(BRITTANY).actors.filter(({ fields }) => fields.typologie === null)
    const told = without.filter((actor) =>
      assessed(actor).findings.some(({ code }) => code === 'typologie.from_name'),
    )
    // All 341 were read by a person, and none is wrong.
    expect([without.length, told.length]).toEqual([436, 341])
  })
})
