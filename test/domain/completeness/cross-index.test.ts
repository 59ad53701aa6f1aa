import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../src/domain/actor.ts'
import { compileActorRules } from '../../../src/domain/completeness/assess-actor.ts'
import { assessRecords } from '../../../src/domain/completeness/assess-records.ts'
import { crossIndex } from '../../../src/domain/completeness/cross-index.ts'
import type { CompletenessRules } from '../../../src/domain/rules/completeness.ts'
import { actorOf, assessed, assessedTogether, geography, rules, TODAY } from './records.ts'

const SIRET = '43493312300029'
const RNA = 'W351001234'
const codesOf = (actors: readonly Actor[], code: string) =>
  assessedTogether(actors).map(({ findings }) => findings.some((finding) => finding.code === code))
const messageOf = (actors: readonly Actor[], code: string) =>
  assessedTogether(actors)[0]?.findings.find((finding) => finding.code === code)?.message
const withPivots = (...pivots: (string | null)[]) => pivots.map((pivot) => actorOf({ pivot }))
const at = (
  latitude: number,
  longitude: number,
  code_insee: string | null = '22278',
  rest: Partial<Actor> = {},
) => actorOf({ latitude: String(latitude), longitude: String(longitude), code_insee }, rest)
const SAINT_BRIEUC = [at(48.514, -2.76), at(48.517, -2.745), at(48.51, -2.77)]
const OUTLIER = 'latitude.outlier'

describe('a telephone that records of several EPCI bear', () => {
  const PHONE = '+33296604787'
  const [HERE, THERE] = [{ code_insee: '22278' }, { code_insee: '35238' }]
  it.each([
    ['is told of each', [HERE, THERE], [PHONE, '02 96 60 47 87'], [true, true]],
    ['in one EPCI is their own affair', [HERE, { code_insee: '22215' }], [PHONE, PHONE], [false, false]],
    ['is told of those whose EPCI is known', [HERE, THERE, {}], [PHONE, PHONE, PHONE], [true, true, false]],
    ['is not one that everybody dials', [HERE, THERE], ['+33800123456', '0 800 123 456'], [false, false]],
    ['is not a short one', [HERE, THERE], ['3960', '3960'], [false, false]],
    ['is not one that blocks', [HERE, THERE], ['02 96 60 47', '02 96 60 47'], [false, false]],
  ])('%s', (_, places, phones, told) => {
    const actors = places.map((place, at) => actorOf({ ...place, telephone: phones[at]! }))
    expect(codesOf(actors, 'telephone.shared')).toEqual(told)
  })

  it('says how many they are, and of how many EPCI', () => {
    const actors = [HERE, THERE, THERE].map((place) => actorOf({ ...place, telephone: PHONE }))
    expect(messageOf(actors, 'telephone.shared')).toContain('3 fiches de 2 EPCI portent ce numéro')
  })

  it('may be called exact', () => {
    const actors = [HERE, THERE].map((place) =>
      actorOf({ ...place, telephone: PHONE }, { verified: ['telephone.shared'] }),
    )
    expect(codesOf(actors, 'telephone.shared')).toEqual([false, false])
  })
})

describe('a point in a large EPCI', () => {
  // CA du Pays Basque (158 communes): from Bayonne to its far valleys it is more than 60 km.
  const town = (latitude: number, longitude: number) => at(latitude, longitude, '64102')
  const bayonne = [town(43.49, -1.47), town(43.48, -1.48), town(43.5, -1.46), town(43.49, -1.48)]
  it('may be as far as the EPCI reaches, and no further', () => {
    const [tardets, guingamp] = [at(43.12, -0.86, '64533'), at(48.56, -3.15, '64533')]
    expect(codesOf([tardets, ...bayonne], OUTLIER)[0]).toBe(false)
    expect(codesOf([guingamp, ...bayonne], OUTLIER)[0]).toBe(true)
    expect(messageOf([guingamp, ...bayonne], OUTLIER)).toMatch(/plus de 9\d km/u)
  })

  it('may not be as far in a small one', () => {
    // Brest métropole: eight communes.
    const brest = [at(48.39, -4.49, '29019'), at(48.38, -4.48, '29019'), at(48.4, -4.5, '29019')]
    expect(codesOf([at(48.39, -3.9, '29061'), ...brest], OUTLIER)[0]).toBe(true)
  })
})

describe('a SIRET or RNA that several records bear', () => {
  it.each([
    ['the same', [SIRET, SIRET], [true, true]],
    ['written otherwise', [SIRET, '434 933 123 00029', 'siret : 43493312300029'], [true, true, true]],
    ['an RNA', [RNA, 'w351001234', 'W351001235'], [true, true, false]],
    ['of other branches', [SIRET, '43493312300011'], [false, false]],
    ['a SIREN alone', ['434933123', '434933123'], [false, false]],
    ['one that blocks', ['43493312300028', '43493312300028'], [false, false]],
    ['a placeholder', ['00000000000000', '00000000000000'], [false, false]],
    ['none', [null, null, 'NC', 'NC'], [false, false, false, false]],
  ])('%s', (_, pivots, told) => {
    expect(codesOf(withPivots(...pivots), 'pivot.shared')).toEqual(told)
  })

  it('says how many they are, and in how many communes where all are known', () => {
    const [one, two] = [
      { pivot: SIRET, code_insee: '22278' },
      { pivot: SIRET, code_insee: '35238' },
    ]
    const said = (...fields: (typeof one)[]) =>
      messageOf(
        fields.map((each) => actorOf(each)),
        'pivot.shared',
      )
    expect(said(one, one)).toContain('2 fiches portent ce numéro, dans la même commune.')
    expect(said(one, two, two)).toContain('3 fiches portent ce numéro, dans 2 communes.')
    expect(messageOf([...withPivots(SIRET), actorOf(two)], 'pivot.shared')).toContain('ce numéro. Si ce sont')
    expect(messageOf(withPivots(...Array.from({ length: 1234 }, () => SIRET)), 'pivot.shared')).toContain(
      '1\u202f234 fiches',
    )
  })

  it('takes the arrondissements of a city for one commune', () => {
    const actors = ['13201', '13213', '13055'].map((code_insee) => actorOf({ pivot: SIRET, code_insee }))
    expect(messageOf(actors, 'pivot.shared')).toContain('dans la même commune')
  })
})

describe('an identifier that several records bear', () => {
  it.each([
    [
      ['a', 'a ', 'b'],
      [true, true, false],
    ],
    [
      [null, null],
      [false, false],
    ],
    [
      ['?', '?'],
      [false, false],
    ],
  ])('%j', (ids, told) => {
    expect(
      codesOf(
        ids.map((id) => actorOf({ id })),
        'id.repeated',
      ),
    ).toEqual(told)
  })
})

describe('an index of records', () => {
  it('knows each by the key it was added with, and the EPCI that it lies in', () => {
    const index = crossIndex(rules, geography, 'publication')
    const actors = [
      actorOf({ id: 'a', code_insee: '22278' }),
      actorOf({ id: 'b' }),
      actorOf({ id: 'a', code_insee: '35238' }),
      actorOf({ id: 'c', code_insee: '22278' }),
    ]
    for (const [at, actor] of actors.entries()) index.add(100 - at, actor, assessed(actor))
    const epcis = actors.map((actor) => assessed(actor).epci)
    expect(new Set(epcis).size).toBe(3)
    expect(actors.map((_, at) => [index.key(at), index.epci(at)])).toEqual(
      epcis.map((epci, at) => [100 - at, epci]),
    )
    const found = [...index.findings()].map(({ at, key, epci, findings }) => ({
      ...{ at, key, epci },
      messages: findings.map(({ message }) => message),
    }))
    const messages = [expect.stringContaining('2 fiches portent le même')]
    expect(found).toEqual([
      { at: 0, key: 100, epci: epcis[0], messages },
      { at: 2, key: 98, epci: epcis[2], messages },
    ])
  })

  it('takes no point of which one half is doubted', () => {
    const far = at(48.11, -1.68)
    const doubted = (latitude: string, longitude: string) =>
      actorOf({ latitude, longitude, code_insee: '22278' })
    for (const point of [doubted('48.51', '99'), doubted('89', '-2.76'), doubted('48.51', 'NC')])
      expect(codesOf([far, ...SAINT_BRIEUC.slice(1), point], OUTLIER)[0]).toBe(false)
    expect(codesOf([far, ...SAINT_BRIEUC], OUTLIER)[0]).toBe(true)
  })
})

describe('a point far from the others', () => {
  it('of its commune is told, with the distance, and the others are not', () => {
    const actors = [at(48.11, -1.68), ...SAINT_BRIEUC]
    expect(codesOf(actors, OUTLIER)).toEqual([true, false, false, false])
    expect(messageOf(actors, OUTLIER)).toMatch(/à 92 km des autres fiches de Saint-Brieuc \(plus de 30 km\)/u)
  })

  it('is told from three others on, whatever its own point weighs', () => {
    expect(codesOf([at(48.11, -1.68), ...SAINT_BRIEUC.slice(1)], OUTLIER)).toEqual([false, false, false])
  })

  it('is held against its EPCI where its commune has too few', () => {
    const ploufragan = '22215'
    const actors = [at(48.11, -1.68, ploufragan), ...SAINT_BRIEUC]
    expect(messageOf(actors, OUTLIER)).toMatch(/des autres fiches de CA Saint-Brieuc Armor Agglomération/u)
    expect(codesOf([at(48.11, -1.68, '35238'), ...SAINT_BRIEUC], OUTLIER)).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(codesOf([at(48.11, -1.68, null), ...SAINT_BRIEUC], OUTLIER)[0]).toBe(false)
  })

  it('is not told of an EPCI where its commune has enough, near it', () => {
    const away = [at(48.11, -1.68, '22215'), at(48.12, -1.69, '22215'), at(48.1, -1.67, '22215')]
    expect(codesOf([at(48.115, -1.685, '22215'), ...away, ...SAINT_BRIEUC], OUTLIER).slice(0, 4)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  it('is spared where another is near it, unless at the very same spot: a wrong point is often given twice', () => {
    const [one, near, same] = [at(48.11, -1.68), at(48.2, -1.6), at(48.11, -1.68)]
    expect(codesOf([one, near, ...SAINT_BRIEUC], OUTLIER).slice(0, 2)).toEqual([false, false])
    expect(codesOf([one, same, ...SAINT_BRIEUC], OUTLIER).slice(0, 2)).toEqual([true, true])
  })

  it('is told all the same where the rules do not ask that it be alone', () => {
    const strict: CompletenessRules = structuredClone(rules)
    const rule = strict.fields.find(({ field }) => field === 'latitude')
    rule!.checks = rule!.checks.map((check) =>
      typeof check === 'object' && 'outlier' in check
        ? { outlier: { km: 60, others: 4, alone: false, radii: 0 } }
        : check,
    )
    const judge = compileActorRules(strict, geography, TODAY, 'publication')
    const told = (actors: readonly Actor[]) =>
      assessRecords(actors, judge, crossIndex(strict, geography, 'publication')).map(({ findings }) =>
        findings.some(({ code }) => code === OUTLIER),
      )
    const [one, near] = [at(48.11, -1.68), at(48.2, -1.6)]
    expect(told([one, near, ...SAINT_BRIEUC]).slice(0, 2)).toEqual([true, true])
    expect(told([one, ...SAINT_BRIEUC])[0]).toBe(false)
  })

  it.each([
    ['(0, 0)', '0', '0'],
    ['abroad', '40.4', '-3.7'],
    ['swapped', '-2.76', '48.51'],
    ['no number', 'au bourg', '-2.76'],
    ['half a point', '48.51', null],
    ['half a point', null, '-2.76'],
  ])('is none that is told already, and such a point is no yardstick: %s', (_, latitude, longitude) => {
    const odd = actorOf({ latitude, longitude, code_insee: '22278' })
    expect(codesOf([odd, ...SAINT_BRIEUC], OUTLIER)[0]).toBe(false)
    expect(codesOf([at(48.11, -1.68), odd, ...SAINT_BRIEUC.slice(1)], OUTLIER)[0]).toBe(false)
  })

  it('is read with a comma too', () => {
    const actors = [actorOf({ latitude: '48,11', longitude: '-1,68', code_insee: '22278' }), ...SAINT_BRIEUC]
    expect(codesOf(actors, OUTLIER)[0]).toBe(true)
  })
})

describe('what the others tell', () => {
  it('is silenced on the record where a person accepted it, and there only', () => {
    const accepted = actorOf({ pivot: SIRET }, { verified: ['id.repeated', 'pivot.shared'] })
    expect(codesOf([accepted, ...withPivots(SIRET)], 'pivot.shared')).toEqual([false, true])
    const point = at(48.11, -1.68, '22278', { verified: [OUTLIER] })
    expect(codesOf([point, ...SAINT_BRIEUC], OUTLIER)[0]).toBe(false)
    const both = [
      actorOf({ id: 'a', pivot: SIRET }, { verified: ['id.repeated'] }),
      actorOf({ id: 'a', pivot: SIRET }),
    ]
    expect(codesOf(both, 'id.repeated')).toEqual([false, true])
    expect(codesOf(both, 'pivot.shared')).toEqual([true, true])
  })

  it('never moves completeness, nor blocks', () => {
    const alone = assessedTogether(withPivots(SIRET))[0]
    const shared = assessedTogether(withPivots(SIRET, SIRET))[0]
    expect(shared).toEqual({ ...alone, findings: shared?.findings })
    expect(shared?.findings.map(({ severity }) => severity)).toEqual(['warning'])
  })

  it('is not told where the rules leave the check out', () => {
    const without: CompletenessRules = structuredClone(rules)
    for (const rule of without.fields)
      rule.checks = rule.checks.filter((check) => typeof check === 'object' && !('outlier' in check))
    const index = crossIndex(without, geography, 'publication')
    const judge = compileActorRules(without, geography, TODAY, 'publication')
    const actors = [at(48.11, -1.68), ...SAINT_BRIEUC, ...withPivots(SIRET, SIRET)]
    expect(assessRecords(actors, judge, index).flatMap(({ findings }) => findings)).toEqual([])
  })

  it('stands among the record’s own findings in the order of the standard', () => {
    const fields = { id: 'a', pivot: SIRET, nom: ' Mairie', telephone: '02 96 60 47 87' }
    const [{ findings }] = assessedTogether([actorOf(fields), actorOf(fields)]) as [
      ReturnType<typeof assessedTogether>[number],
    ]
    expect(findings.map(({ code }) => code)).toEqual([
      'id.repeated',
      'pivot.shared',
      'nom.spaces',
      'typologie.from_name',
      'telephone.notation',
    ])
  })

  it('is the same in whatever order the records come', () => {
    const actor = fc
      .record({
        id: fc.constantFrom('a', 'b', 'c', null),
        pivot: fc.constantFrom(SIRET, RNA, '35600000011275', null),
        latitude: fc.constantFrom('48.5', '48.51', '48.1', '43.3', null),
        longitude: fc.constantFrom('-2.7', '-2.71', '-1.7', '5.4', null),
        code_insee: fc.constantFrom('22278', '22215', '35238', null),
      })
      .map((fields) => actorOf(fields))
    fc.assert(
      fc.property(fc.array(actor, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (actors, stream) => {
        const shuffled = actors
          .map((one, place) => ({ one, place, rank: stream.next().value as number }))
          .sort((left, right) => left.rank - right.rank)
        const plain = assessedTogether(actors)
        const moved = assessedTogether(shuffled.map(({ one }) => one))
        for (const [place, { place: before }] of shuffled.entries())
          expect(moved[place]).toEqual(plain[before])
      }),
    )
  })
})
