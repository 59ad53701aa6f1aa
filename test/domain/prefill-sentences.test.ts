import { describe, expect, it } from 'vitest'
import { expectedText, nextSentences, overText, prefillFigures } from '../../src/domain/prefill-sentences.ts'
import type { PrefillFigures } from '../../src/domain/prefill.ts'
import { plainSpaces } from '../helpers/plain.ts'

const DONE = {
  ...{ prefilled: 2, speed: null, speedDays: null, forecastEnd: null, forecastRange: null },
  consolidation: null,
}

describe('how many records are expected', () => {
  type Expected = Parameters<typeof expectedText>[0]
  const said = (known: Partial<Expected>) =>
    plainSpaces(
      expectedText({ expected: 50, basis: 'declared', per10000: null, list: null, ...known } as Expected),
    )

  it('is said with what it rests on', () => {
    expect(said({})).toBe("50 attendues d'après votre objectif")
    expect(said({ expected: 1 })).toBe("1 attendue d'après votre objectif")
    expect(said({ basis: 'reference_list', list: 'Cartographie' })).toBe(
      "50 attendues d'après la liste de référence importée « Cartographie »",
    )
    expect(said({ basis: 'regional_ratio', per10000: 4.25 })).toBe(
      "50 attendues d'après la population et les EPCI de la région dont le pré-remplissage est terminé (4,3 pour 10 000 habitants, un ordre de grandeur)",
    )
    expect(said({ basis: 'default_ratio', per10000: 5 })).toBe(
      "50 attendues d'après la population, par le ratio par défaut (5 pour 10 000 habitants, un ordre de grandeur)",
    )
  })

  it('is said to be unknown', () => {
    expect(said({ expected: null, basis: null })).toBe('nombre attendu inconnu')
    expect(said({ basis: null })).toBe('nombre attendu inconnu')
  })
})

describe('the figures of a pre-fill', () => {
  const nothing = {
    ...{
      prefilled: 0,
      progress: null,
      speed: null,
      speedDays: null,
      forecastEnd: null,
      forecastRange: null,
      status: null,
    },
  } as unknown as PrefillFigures
  const said = (known: Partial<PrefillFigures>) => plainSpaces(prefillFigures({ ...nothing, ...known }))

  it('tells what is unknown from what is none', () => {
    expect(said({})).toBe('aucune fiche pré-remplie, avancement inconnu, rythme encore inconnu')
    expect(said({ prefilled: 2, progress: 0, speed: 0, speedDays: 14 })).toBe(
      '2 fiches pré-remplies, 0 %, 0 par jour sur 14 jours',
    )
    expect(said({ speed: 1, speedDays: null })).toContain('rythme encore inconnu')
  })

  it('tells the pace, the end and the alert', () => {
    expect(
      said({
        prefilled: 12,
        progress: 24.04,
        speed: 0.456,
        speedDays: 1,
        forecastEnd: '2026-12-01',
        forecastRange: { earliest: '2026-11-20', latest: null },
        status: 'at_risk',
      }),
    ).toBe(
      "12 fiches pré-remplies, 24 %, 0,46 par jour sur 1 jour, fin prévue d'ici au 1er décembre 2026 (au plus tôt le 20 novembre 2026), alerte « À risque »",
    )
  })
})

const AFTER = { since: '2026-05-04', created: 1, completed: 2, confirmed: 0, left: 0 }

describe('« Terminé »', () => {
  const over = (known: Partial<PrefillFigures>) =>
    plainSpaces(
      overText({ status: 'done', progress: 60, present: 6, toComplete: 0, consolidation: AFTER, ...known }),
    )

  it('says why, where not all that is expected is there', () => {
    expect(over({})).toBe('toutes les fiches présentes sont pré-remplies')
    expect(over({ toComplete: 2 })).toBe('le temps prévu pour la consolidation est passé')
    expect(over({ consolidation: null })).toBe('le temps prévu pour la consolidation est passé')
    expect(over({ present: 0 })).toBe('le temps prévu pour la consolidation est passé')
    expect(over({ progress: null, toComplete: 1 })).toBe('le temps prévu pour la consolidation est passé')
  })

  it('needs no word where all is pre-filled, and none is said of another alert', () => {
    expect(over({ progress: 100, toComplete: 2 })).toBe('')
    expect(over({ status: 'late', toComplete: 2 })).toBe('')
    expect(over({ status: null })).toBe('')
  })

  it('is said with the alert', () => {
    const figures = { ...DONE, status: 'done', progress: 40, present: 4, toComplete: 2 } as PrefillFigures
    expect(prefillFigures(figures)).toMatch(
      /, alerte « Terminé » \(le temps prévu pour la consolidation est passé\)$/u,
    )
    expect(prefillFigures({ ...figures, progress: 100 })).toMatch(/, alerte « Terminé »$/u)
  })
})

describe('what to do next on a record', () => {
  const said = (toCorrect: string[], toFill: string[], gain: number | null) =>
    plainSpaces(nextSentences([{ record: 12, toCorrect, toFill, gain }]).join())

  it('is to correct, to fill, and what it brings', () => {
    expect(said([], ['les horaires'], 2)).toBe('fiche n° 12 : remplir les horaires (+ 2 points)')
    expect(said(['le téléphone'], ['le nom', 'la commune'], 1.25)).toBe(
      'fiche n° 12 : corriger le téléphone, remplir le nom et la commune (+ 1,3 point)',
    )
    expect(said(['le téléphone', 'le SIRET'], [], null)).toBe(
      'fiche n° 12 : corriger le téléphone et le SIRET',
    )
  })

  it('names the place alone where its name is known and its own, the number too where two share it', () => {
    const one = (record: number) => ({ record, toCorrect: [], toFill: ['le nom'], gain: null })
    const names = new Map([
      [12, 'Le Lieu'],
      [13, 'La Poste'],
      [14, 'La Poste'],
    ])
    expect(nextSentences([one(12), one(13), one(15)], names)).toEqual([
      '« Le Lieu » : remplir le nom',
      '« La Poste » (fiche n° 13) : remplir le nom',
      'fiche n° 15 : remplir le nom',
    ])
  })
})
