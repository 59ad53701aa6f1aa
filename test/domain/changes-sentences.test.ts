import { describe, expect, it } from 'vitest'
import type { Cause, Changes } from '../../src/domain/changes.ts'
import { changesSentences } from '../../src/domain/changes-sentences.ts'
import type { Referential } from '../../src/domain/diagnostic.ts'
import { rules } from '../helpers/rules.ts'
import { plain } from '../helpers/plain.ts'

const NONE: Readonly<Record<Referential, number>> = { generaliste: 0, outil: 0, reseau: 0 }
const nothing: Changes = {
  since: '2026-03-01',
  until: '2026-03-01',
  recommended: { before: 'outil', after: 'outil' },
  confidence: { before: 'high', after: 'high' },
  scores: { before: NONE, after: NONE },
  retained: null,
  answers: [],
  observed: [],
  drivers: [],
  rules: null,
  effects: { answers: NONE, data: NONE, rules: NONE, program: NONE },
  decisive: [],
}
const said = (change: Partial<Changes>) => changesSentences({ ...nothing, ...change }, rules).map(plain)
const stays = 'Depuis le calcul du 1er mars 2026, la recommandation reste « Outil » (confiance élevée).'

describe('what changed, in words', () => {
  it('is one sentence where nothing did', () => {
    expect(said({})).toEqual([stays])
    expect(said({ since: '2026-02-28', confidence: { before: 'low', after: 'medium' } })).toEqual([
      'Entre le 28 février 2026 et le 1er mars 2026, la recommandation reste « Outil » (confiance faible, puis moyenne).',
    ])
  })

  it('names the causes of a recommendation that turned', () => {
    const recommended = { before: 'reseau', after: 'outil' } as const
    const decisive: Cause[] = ['answers', 'data', 'rules', 'program']
    expect(said({ recommended, decisive })).toEqual([
      'Depuis le calcul du 1er mars 2026, la recommandation est passée de « Réseau » à « Outil » (confiance élevée).',
      'Cause : les réponses, les données, les règles et le programme lui-même.',
    ])
    expect(said({ recommended, effects: null })[1]).toBe(
      "Cause : inconnue, car les règles d'alors ne se lisent plus avec cette version.",
    )
  })

  it('lists answers, one after the other, those given and those taken back', () => {
    expect(
      said({
        answers: [
          { key: 'aim', before: null, after: 'database' },
          { key: 'meetingsPerYear', before: 4, after: null },
        ],
      }).slice(1),
    ).toEqual([
      "Réponses : l'objectif (sans réponse → « Base de données ») ; le nombre de rencontres du réseau par an (« 4 » → sans réponse).",
    ])
  })

  it('lists data in percent whatever their unit, and nothing that does not show', () => {
    expect(
      said({
        observed: [
          { key: 'completeness', before: 40, after: 52.04 },
          { key: 'contactedShare', before: null, after: 0.255 },
          { key: 'freshness', before: 10.01, after: 10.02 },
        ],
      }).slice(1),
    ).toEqual([
      'Données : complétude des fiches (40 % → 52 %) ; acteurs contactés depuis un an (inconnu → 25,5 %).',
    ])
    const bare = { ...nothing, observed: [{ key: 'other', before: 0.5, after: 1 }] } as unknown as Changes
    expect(said(bare)[1]).toBe('Données : other (50 % → 100 %).')
  })

  it('lists what moves the workload, shares in percent and counts as they are', () => {
    expect(
      said({
        drivers: [
          { key: 'expectedParticipationRate', before: 0.5, after: 0.75 },
          { key: 'actors', before: 150, after: null },
        ],
      }).slice(1),
    ).toEqual([
      'Charge : participation attendue à la prochaine journée (50 % → 75 %) ; acteurs du territoire (150 → inconnu).',
    ])
  })

  it('names the files of rules that changed, and the human choice', () => {
    const files = (...names: string[]) => ({ rules: { before: 'a', after: 'b', files: names } })
    expect(said(files('maturity'))[1]).toBe('Règles : maturity.yaml a changé.')
    expect(said(files('maturity', 'prefill'))[1]).toBe('Règles : maturity.yaml et prefill.yaml ont changé.')
    expect(said({ retained: { before: 'reseau', after: null } })[1]).toBe(
      'Référentiel retenu : « Réseau » → aucun.',
    )
  })

  it('shares the points among their causes, and leaves out what rounds to nothing', () => {
    const scores = { before: { ...NONE, outil: 45 }, after: { ...NONE, outil: 78.26 } }
    const effects = {
      answers: { ...NONE, outil: 36 },
      data: { ...NONE, outil: -2.74 },
      rules: { ...NONE, outil: 0.04 },
      program: NONE,
    }
    expect(said({ scores, effects }).slice(1)).toEqual([
      'Points de « Outil » : 45 → 78,3 (les réponses +36, les données -2,7).',
    ])
    expect(said({ scores, effects: null }).slice(1)).toEqual(['Points de « Outil » : 45 → 78,3.'])
    const unseen = { before: { ...NONE, outil: 45 }, after: { ...NONE, outil: 45.04 } }
    expect(said({ scores: unseen, effects })).toEqual([stays])
  })
})
