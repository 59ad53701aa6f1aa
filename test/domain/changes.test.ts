import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stableJson } from '../../src/domain/stable-json.ts'
import { changesBetween } from '../../src/domain/changes.ts'
import type { Cause, Moment } from '../../src/domain/changes.ts'
import { changesSentences } from '../../src/domain/changes-sentences.ts'
import { decisionOf } from '../../src/domain/decision.ts'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Referential, Situation } from '../../src/domain/diagnostic.ts'
import { readRuleSet } from '../../src/domain/rules/recommendation.ts'
import type { RecommendationRules } from '../../src/domain/rules/recommendation.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'
import { plainSpaces } from '../helpers/plain.ts'

const CAUSES: readonly Cause[] = ['answers', 'data', 'rules', 'program']
const { maturity, referentials } = rules
/** The same rules, but the aim weighs less in « outil ». */
const otherRules: RecommendationRules = {
  maturity,
  referentials: {
    ...referentials,
    referentials: {
      ...referentials.referentials,
      outil: {
        ...referentials.referentials.outil,
        criteria: referentials.referentials.outil.criteria.map((one) =>
          one.key === 'aim' ? { ...one, weight: 20 } : one.key === 'data' ? { ...one, weight: 50 } : one,
        ),
      },
    },
  },
}
const sets = {
  ours: readRuleSet('sha256:ours', stableJson({ maturity, referentials })),
  other: readRuleSet('sha256:other', stableJson(otherRules)),
}

function moment(
  day: string,
  known: Situation,
  { set = 'ours', retained = null }: { set?: keyof typeof sets; retained?: Referential | null } = {},
): Moment {
  const decision = decisionOf(recommend(known, set === 'ours' ? rules : otherRules))
  return { day, situation: known, retained, decision, rules: sets[set] }
}

describe('what changed between two results', () => {
  it('is nothing where nothing did', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const changes = changesBetween(moment('2026-03-01', one), moment('2026-03-02', one))
        expect(changes).toMatchObject({
          answers: [],
          observed: [],
          drivers: [],
          rules: null,
          retained: null,
          decisive: [],
        })
        for (const cause of CAUSES) expect(Object.values(changes.effects?.[cause] ?? {})).toEqual([0, 0, 0])
      }),
      { numRuns: 30 },
    )
  })

  it('is shared among its causes without rest, and nothing goes to a cause that did not move', () => {
    fc.assert(
      fc.property(
        anySituation,
        anySituation,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (one, other, a, d, r) => {
          const after: Situation = {
            answers: a ? other.answers : one.answers,
            observed: d ? other.observed : one.observed,
            drivers: d ? other.drivers : one.drivers,
            listed: d ? other.listed : one.listed,
          }
          const changes = changesBetween(
            moment('2026-03-01', one),
            moment('2026-03-02', after, { set: r ? 'other' : 'ours' }),
          )
          const effects = changes.effects!
          for (const key of REFERENTIALS) {
            const sum = CAUSES.reduce((total, cause) => total + effects[cause][key], 0)
            expect(sum).toBeCloseTo(changes.scores.after[key] - changes.scores.before[key], 9)
            expect(effects.program[key]).toBeCloseTo(0, 9)
            for (const [moved, cause] of [
              [a, 'answers'],
              [d, 'data'],
              [r, 'rules'],
            ] as const)
              if (!moved) expect(effects[cause][key]).toBeCloseTo(0, 9)
          }
          expect(changes.rules?.files ?? []).toEqual(r ? ['referentials'] : [])
        },
      ),
    )
  })

  it('names decisive only causes that moved, and at least one where the référentiel turned', () => {
    fc.assert(
      fc.property(anySituation, anySituation, fc.boolean(), (one, other, r) => {
        const changes = changesBetween(
          moment('2026-03-01', one),
          moment('2026-03-02', other, { set: r ? 'other' : 'ours' }),
        )
        const turned = changes.recommended.before !== changes.recommended.after
        expect(changes.decisive.length > 0).toBe(turned)
        expect(changes.decisive).not.toContain('program')
        if (!r) expect(changes.decisive).not.toContain('rules')
      }),
    )
  })

  it('turns by the answers, and says which', () => {
    const before = situation({
      answers: { aim: 'networking', network: 'constituted' },
      observed: { completeness: 40 },
    })
    const after = situation({
      answers: { aim: 'database', network: 'constituted' },
      observed: { completeness: 52 },
    })
    const changes = changesBetween(
      moment('2026-03-01', before),
      moment('2026-03-12', after, { retained: 'outil' }),
    )
    expect(changes).toMatchObject({
      recommended: { before: 'reseau', after: 'outil' },
      answers: [{ key: 'aim', before: 'networking', after: 'database' }],
      observed: [{ key: 'completeness', before: 40, after: 52 }],
      retained: { before: null, after: 'outil' },
      decisive: ['answers'],
    })
    const plain = changesSentences(changes, rules).map(plainSpaces)
    expect(plain.slice(0, 4)).toEqual([
      'Entre le 1er mars 2026 et le 12 mars 2026, la recommandation est passée de « Réseau » à « Outil » (confiance élevée, puis moyenne).',
      'Cause : les réponses.',
      'Réponses : l’objectif (« Mise en réseau » → « Base de données »).',
      'Données : complétude des fiches (40 % → 52 %).',
    ])
    expect(plain).toContain('Référentiel retenu : aucun → « Outil ».')
    expect(plain.at(-1)).toMatch(/^Points de « Outil » : .+ → .+ \(les réponses \+36, les données -1,8\)\.$/u)
  })

  it('turns by the rules, and names their file', () => {
    const known = situation({
      answers: { aim: 'database', network: 'constituted' },
      observed: { completeness: 80, freshness: 80 },
    })
    const changes = changesBetween(moment('2026-03-01', known), moment('2026-03-02', known, { set: 'other' }))
    expect(changes).toMatchObject({
      recommended: { before: 'outil', after: 'reseau' },
      rules: { before: 'sha256:ours', after: 'sha256:other', files: ['referentials'] },
      decisive: ['rules'],
    })
    expect(changesSentences(changes, rules)).toContain('Règles\u00a0: referentials.yaml a changé.')
  })

  it('needs two causes together where neither turns it alone', () => {
    const before = situation({
      answers: { aim: 'mutual_knowledge', network: 'none', governance: 'none', commitment: 'none' },
      observed: { completeness: 0, freshness: 0, contactedShare: 1, participationRate: 1 },
    })
    const after = {
      ...before,
      answers: {
        ...before.answers,
        network: 'constituted',
        governance: 'installed',
        commitment: 'deliberated',
      },
      observed: {
        ...before.observed,
        completeness: 100,
        freshness: 100,
        contactedShare: 0,
        participationRate: 0,
      },
    } as const
    const changes = changesBetween(moment('2026-03-01', before), moment('2026-03-02', after))
    expect(changes.recommended).toEqual({ before: 'generaliste', after: 'reseau' })
    expect(changes.decisive).toEqual(['answers', 'data'])
  })

  it('blames the program where the older result cannot be made again', () => {
    const known = situation({ answers: { aim: 'database' } })
    const now = moment('2026-03-02', known)
    const scores = { ...now.decision.scores, outil: now.decision.scores.outil - 30 }
    const then: Moment = {
      ...now,
      day: '2026-03-01',
      decision: { ...now.decision, recommended: 'reseau', scores },
    }
    const changes = changesBetween(then, now)
    expect(changes.decisive).toEqual(['program'])
    expect(changes.effects?.program.outil).toBeCloseTo(30, 9)
  })

  it('says that it cannot tell why where the rules of then can no longer be read', () => {
    const before = moment('2026-03-01', situation({ answers: { aim: 'networking' } }))
    const after = moment('2026-03-02', situation({ answers: { aim: 'database' } }))
    const lost = { fingerprint: 'sha256:lost', files: {}, decides: null }
    const changes = changesBetween({ ...before, rules: lost }, after)
    expect(changes).toMatchObject({ effects: null, decisive: [], answers: [{ key: 'aim' }] })
    expect(changesSentences(changes, rules).join(' ')).toContain('inconnue')
  })

  it('tells no figure that reads the same before and after', () => {
    const one = situation({ observed: { completeness: 40.01 }, drivers: { actors: 3 } })
    const two = situation({ observed: { completeness: 40.02 }, drivers: { actors: 4 } })
    const changes = changesBetween(moment('2026-03-01', one), moment('2026-03-01', two))
    expect(changes.observed).toHaveLength(1)
    const sentences = changesSentences(changes, rules).join('\n')
    expect(sentences).toMatch(/^Depuis le calcul du 1er mars 2026, la recommandation reste/u)
    expect(sentences).not.toContain('complétude')
    expect(sentences).toMatch(/acteurs du territoire \(3 → 4\)/u)
  })
})

describe('rules that were kept', () => {
  it('are read again as they were', () => {
    expect(sets.ours.decides).toEqual({ maturity, referentials })
  })

  it('are read again where keys that they had have moved to another file since', () => {
    const before = stableJson({ maturity, referentials: { ...referentials, expectedPer10000: 3 } })
    expect(readRuleSet('sha256:before', before).decides).toEqual({ maturity, referentials })
  })

  it('are told apart from what another version wrote', () => {
    const odd = stableJson({ maturity: { ...maturity, levels: null }, referentials })
    expect(readRuleSet('sha256:odd', odd).decides).toBeNull()
  })
})
