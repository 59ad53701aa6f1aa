import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionsSentence, successConditions } from '../../src/domain/success-conditions.ts'
import type { ConditionFacts, ConditionStatus, PreparedJournee } from '../../src/domain/success-conditions.ts'
import { rules } from '../helpers/rules.ts'
import { plain as plainText } from '../helpers/plain.ts'

const list = rules['success-conditions']
const day = (change: Partial<PreparedJournee> = {}): PreparedJournee => ({
  ...{
    date: '2027-03-12',
    invitedOn: null,
    invited: null,
    expected: null,
    present: null,
    facilitators: null,
  },
  ...change,
})
const checklist = (facts: Partial<ConditionFacts> = {}) =>
  successConditions(
    { today: '2026-11-24', referents: null, stage: null, journees: [], ticked: new Map(), ...facts },
    list,
  )
const one = (key: string, facts: Partial<ConditionFacts> = {}) =>
  checklist(facts).find((condition) => condition.key === key)
const plain = (text = '') => plainText(text)
const observed = (key: string, facts: Partial<ConditionFacts>) => {
  const found = one(key, facts)?.observed
  return [found?.status, plain(found?.evidence)]
}
const ticked = (...pairs: [string, ConditionStatus][]) => ({ ticked: new Map(pairs) })

describe('conditions of success', () => {
  it('stand under the three headings of the Hub, the words of its document in each', () => {
    const under = (heading: string) => checklist().filter((condition) => condition.heading === heading).length
    expect(['operations', 'communication', 'logistics'].map(under)).toEqual([4, 2, 7])
  })

  it('are unknown where nothing is, never to be done', () => {
    expect(new Set(checklist().map(({ status }) => status))).toEqual(new Set(['unknown']))
  })

  it.each([
    ['pair', 'ok', 'Le binôme est désigné.'],
    [
      'one',
      'to_do',
      "Le binôme n'est pas complet : il faut une personne institutionnelle et une personne associative.",
    ],
    ['none', 'to_do', "Personne n'est encore désigné."],
  ] as const)('see référents « %s » as %s', (referents, status, evidence) => {
    expect(observed('referent_pair', { referents })).toEqual([status, evidence])
  })

  it.each([
    ['2027-02-10', 'ok', 'Invitations envoyées 30 jours avant la journée du 12 mars 2027.'],
    [
      '2027-02-11',
      'to_do',
      'Invitations envoyées 29 jours avant la journée du 12 mars 2027 : il en faut 30.',
    ],
  ] as const)('hold invitations sent on %s against one month', (invitedOn, status, evidence) => {
    expect(observed('one_month_notice', { today: '2027-03-12', journees: [day({ invitedOn })] })).toEqual([
      status,
      evidence,
    ])
  })

  it.each([
    [
      '2027-01-31',
      null,
      'to_do',
      'Invitations à la journée du 12 mars 2027 : à envoyer le 10 février 2027 au plus tard.',
    ],
    [
      '2027-02-10',
      null,
      'to_do',
      'Invitations à la journée du 12 mars 2027 : à envoyer le 10 février 2027 au plus tard.',
    ],
    [
      '2027-02-11',
      null,
      'to_do',
      "Invitations à la journée du 12 mars 2027 : elles devaient partir le 10 février 2027 au plus tard, et leur date d'envoi n'est pas inscrite.",
    ],
    [
      '2027-01-31',
      '2027-02-05',
      'to_do',
      'Invitations à la journée du 12 mars 2027 prévues le 5 février 2027 : à envoyer le 10 février 2027 au plus tard.',
    ],
    [
      '2027-02-12',
      '2027-02-20',
      'to_do',
      'Invitations à la journée du 12 mars 2027 prévues le 20 février 2027 : elles devaient partir le 10 février 2027 au plus tard.',
    ],
    [
      '2027-03-13',
      '2027-03-12',
      'unknown',
      "Invitations envoyées le jour de la journée, le 12 mars 2027 : il fallait 30 jours d'avance.",
    ],
    [
      '2027-01-31',
      '2027-03-20',
      'unknown',
      "La date d'envoi des invitations (20 mars 2027) vient après la journée du 12 mars 2027 : elle est à vérifier.",
    ],
    [
      '2027-03-13',
      null,
      'unknown',
      "La date d'envoi des invitations à la journée du 12 mars 2027, passée depuis, n'a pas été inscrite.",
    ],
    [
      '2027-03-13',
      '2027-03-01',
      'unknown',
      'Invitations envoyées 11 jours avant la journée du 12 mars 2027, passée depuis : il en fallait 30.',
    ],
    ['2027-03-13', '2027-02-01', 'ok', 'Invitations envoyées 39 jours avant la journée du 12 mars 2027.'],
  ] as const)(
    'tell on %s of invitations sent on %s what is to be done before it is too late, and nothing after',
    (today, invitedOn, status, evidence) => {
      expect(observed('one_month_notice', { today, journees: [day({ invitedOn })] })).toEqual([
        status,
        evidence,
      ])
    },
  )

  it.each([
    ['prospect', null, 'to_do', 'to_do'],
    ['agreed', null, 'ok', 'to_do'],
    ['convention_proposed', null, 'ok', 'ok'],
    ['launched', null, 'ok', 'ok'],
    ['finished', '2026-05-04', 'ok', 'ok'],
    ['prospect', '2027-03-12', 'to_do', 'to_do'],
    ['prospect', '2026-05-04', 'unknown', 'unknown'],
    [null, '2027-03-12', 'unknown', 'unknown'],
  ] as const)(
    'take from the stage « %s », with a journée on %s, recruitment and agreement',
    (stage, date, ...status) => {
      const facts = { stage, journees: date === null ? [] : [day({ date })] }
      expect(['recruitment_ahead', 'agreement'].map((key) => observed(key, facts)[0])).toEqual(status)
    },
  )

  it('say with the stage by when it is to be reached, and of a past journée that it is out of date', () => {
    const facts = { stage: 'agreed', journees: [day()] } as const
    expect(observed('agreement', facts)[1]).toBe(
      "« Étape » en est à « d'accord » : la convention reste à proposer avant la journée du 12 mars 2027.",
    )
    expect(one('agreement', facts)?.observed?.due).toBe('2027-03-12')
    expect(observed('agreement', { ...facts, today: '2027-04-01' })[1]).toBe(
      "« Étape » dit encore « d'accord » après la journée du 12 mars 2027 : elle est à mettre à jour.",
    )
  })

  it('never ask for something of a journée that is past', () => {
    const days = fc.record({
      date: fc.constantFrom('2026-01-05', '2026-06-30', '2026-11-23'),
      invitedOn: fc.constantFrom(null, '2025-12-01', '2026-06-01', '2026-11-20', '2027-01-01'),
      invited: fc.constant(null),
      expected: fc.option(fc.nat(30), { nil: null }),
      present: fc.option(fc.nat(30), { nil: null }),
      facilitators: fc.option(fc.nat(3), { nil: null }),
    })
    const stage = fc.constantFrom(null, 'prospect', 'agreed', 'launched')
    fc.assert(
      fc.property(fc.array(days, { minLength: 1, maxLength: 3 }), stage, (journees, at) => {
        const facts = { journees, referents: 'pair', stage: at as ConditionFacts['stage'] } as const
        for (const { observed: seen } of checklist(facts)) {
          expect(seen?.status).not.toBe('to_do')
          expect(seen?.due ?? null).toBeNull()
          expect(plain(seen?.evidence)).not.toMatch(/il en faut|à envoyer|reste à|animent|anime la/u)
          expect(plain(seen?.evidence)).not.toMatch(/[{}]/u)
        }
      }),
    )
  })

  it.each([
    [2, 'ok', '2 personnes animent la journée du 12 mars 2027.'],
    [1, 'to_do', '1 personne anime la journée du 12 mars 2027 : il en faut 2.'],
    [0, 'to_do', "Personne n'est encore désigné pour animer la journée du 12 mars 2027 : il en faut 2."],
    [null, 'unknown', "Le nombre de personnes qui animent la journée du 12 mars 2027 n'est pas inscrit."],
  ] as const)('count %s facilitators', (facilitators, status, evidence) => {
    expect(observed('two_facilitators', { journees: [day({ facilitators })] })).toEqual([status, evidence])
  })

  it.each([
    [
      7,
      'to_do',
      '7 personnes à la journée du 12 mars 2027 : pas de groupes ainsi ; au plus près, 6 ou 8 personnes.',
    ],
    [
      23,
      'unknown',
      '23 personnes à la journée du 12 mars 2027 : 3 groupes de 5 et 2 groupes de 4, par exemple. À mêler selon les fonctions, puis à cocher.',
    ],
    [0, 'unknown', "Personne n'est encore attendu à la journée du 12 mars 2027."],
  ] as const)('say how %d people could be split, and leave the mixing to people', (expected, ...said) => {
    expect(observed('even_groups', { journees: [day({ expected })] })).toEqual(said)
  })

  it('look at the next journée, else at the last one, whose people have come', () => {
    const past = day({ date: '2026-05-04', facilitators: 1, expected: 7, present: 12 })
    const next = day({ date: '2026-11-24', facilitators: 3 })
    expect(observed('two_facilitators', { journees: [past, next] })[0]).toBe('ok')
    expect(observed('two_facilitators', { journees: [past] })).toEqual([
      'unknown',
      '1 personne a animé la journée du 4 mai 2026 : il en fallait 2.',
    ])
    expect(observed('even_groups', { journees: [past] })[1]).toMatch(/^12 personnes .* passée depuis/)
  })

  it('say that no journée is written, rather than that something is amiss', () => {
    expect(observed('two_facilitators', { journees: [day({ date: null, facilitators: 1 })] })).toEqual([
      'unknown',
      'Pas encore de journée inscrite dans « Journées ».',
    ])
  })

  it('find the next and the last journée whatever their order', () => {
    const days = ['2027-05-01', '2026-12-01', '2027-01-01'].map((date, at) =>
      day({ date, facilitators: at + 1 }),
    )
    const past = ['2026-05-01', '2026-09-01', '2026-07-01'].map((date, at) =>
      day({ date, facilitators: at + 1 }),
    )
    for (const some of [days, days.toReversed()])
      expect(observed('two_facilitators', { journees: [...past, ...some] })[1]).toContain('1er décembre 2026')
    for (const some of [past, past.toReversed()])
      expect(observed('two_facilitators', { journees: some })[1]).toContain('1er septembre 2026')
  })

  it('hold a journée of today for the next one', () => {
    const journees = [
      day({ date: '2026-12-01', facilitators: 1 }),
      day({ date: '2026-11-24', facilitators: 2 }),
    ]
    expect(observed('two_facilitators', { journees })[1]).toContain('24 novembre 2026')
  })

  it('count on those expected for a journée of today, and on those who came once it is over', () => {
    const people = (date: string, present: number | null = 12) =>
      observed('even_groups', { journees: [day({ date, expected: 7, present })] })[1]
    expect(people('2026-11-24')).toMatch(/^7 personnes/)
    expect(people('2026-11-23')).toMatch(/^12 personnes/)
    expect(people('2026-11-23', null)).toContain("n'a pas été inscrit")
    expect(observed('even_groups', { journees: [day()] })[0]).toBe('unknown')
  })

  it('write large numbers as French readers do', () => {
    expect(observed('two_facilitators', { journees: [day({ facilitators: 1200 })] })[1]).toMatch(/^1 200 /)
  })

  it('follow what people tick, whatever the data say, and keep both', () => {
    expect(one('referent_pair', { referents: 'none', ...ticked(['referent_pair', 'ok']) })).toMatchObject({
      ...{ status: 'ok', ticked: 'ok' },
      observed: { status: 'to_do' },
    })
    expect(one('agreement', ticked(['agreement', 'to_do']))).toMatchObject({
      status: 'to_do',
      observed: { status: 'unknown' },
    })
  })
})

describe('the summary on EPCI', () => {
  const summary = (facts: Partial<ConditionFacts> = {}) => plain(conditionsSentence(checklist(facts)))

  it('counts what is met, names what is to be done, counts what nobody has said', () => {
    expect(summary()).toBe('Les 13 conditions restent à renseigner.')
    expect(summary({ referents: 'pair', ...ticked(['agreement', 'to_do'], ['room', 'ok']) })).toBe(
      '2 conditions remplies sur 13. À faire : la convention. 10 restent à renseigner.',
    )
  })

  it('names three things to do, and counts the others, so that it stays short', () => {
    const all = list.conditions.map(({ key }) => [key, 'to_do'] as [string, ConditionStatus])
    expect(summary(ticked(...all))).toBe(
      "À faire : le binôme référent, la mission d'animation de réseau, les supports de communication et 10 autres.",
    )
    expect(summary(ticked(...all)).length).toBeLessThanOrEqual(200)
  })

  it('names three without others, and says what one is left', () => {
    const keys = list.conditions.map(({ key }) => key)
    const some = (toDo: number, ok: number) =>
      summary(
        ticked(
          ...keys.slice(0, toDo).map((key) => [key, 'to_do'] as [string, ConditionStatus]),
          ...keys.slice(toDo, toDo + ok).map((key) => [key, 'ok'] as [string, ConditionStatus]),
        ),
      )
    expect(some(3, 9)).toMatch(/^9 conditions remplies sur 13\. À faire : .* 1 reste à renseigner\.$/)
    expect(some(3, 9)).not.toContain('autre')
    expect(some(4, 7)).toMatch(/ et 1 autre\. 2 restent à renseigner\.$/)
    expect(some(0, 13)).toBe('13 conditions remplies sur 13.')
  })
})
