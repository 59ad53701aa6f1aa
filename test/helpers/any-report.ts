import fc from 'fast-check'
import { consolidation } from '../../src/domain/consolidation.ts'
import { addDays } from '../../src/domain/days.ts'
import { declaredSentences } from '../../src/domain/declared-sentences.ts'
import { declared, journees } from '../../src/domain/declared.ts'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { EpciFacts, EpciReport } from '../../src/domain/epci-report.ts'
import { expectedRecords } from '../../src/domain/expected-records.ts'
import { compileListedPlaces } from '../../src/domain/listed-places.ts'
import { shareOf } from '../../src/domain/indicators/shares.ts'
import { STAGE_LABELS } from '../../src/domain/labels.ts'
import type { Stage } from '../../src/domain/labels.ts'
import { prefill, referentPrefill } from '../../src/domain/prefill.ts'
import { BLOCKS, NEEDS } from '../../src/domain/rules/indicators.ts'
import { successConditions } from '../../src/domain/success-conditions.ts'
import { aReport, noRecords } from '../http/test-server.ts'
import { rules } from './rules.ts'
import { anyAnswers } from './situations.ts'

const TODAY = '2026-05-20'
const anyDay = fc.integer({ min: -500, max: 120 }).map((days) => addDays(TODAY, days))
const few = fc.oneof(fc.constantFrom(0, 1, 2), fc.nat(80))
const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: null })
const share = fc.oneof(fc.constantFrom(0, 1, 0.5, 0.004, 0.996), fc.double({ min: 0, max: 1, noNaN: true }))
const percent = share.map((one) => 100 * one)
const name = fc.constantFrom('CA Saint-Brieuc Armor Agglomération', 'CC du Kreiz-Breizh')
const place = fc.constantFrom('Plérin', 'Saint-Brieuc', 'Langueux')

/** What the records of an EPCI may show: each figure in keeping with its count, whatever the others are. */
const anyIndicators: fc.Arbitrary<EpciFacts['indicators']> = fc
  .record({
    ...{ actors: few, repeated: fc.nat(3), completeness: percent, publishable: share, current: share },
    ...{ aged: share, contacted: maybe(share), covered: fc.nat(32), elsewhere: few, without: fc.nat(20) },
    ...{ kinds: fc.array(fc.constantFrom('BIB', 'RFS', 'CCAS', 'EPN'), { maxLength: 4 }), named: share },
    sources: fc.array(fc.record({ records: few, completeness: percent, freshness: maybe(percent) }), {
      maxLength: 3,
    }),
    blocks: fc.array(fc.record({ completeness: maybe(percent), filled: maybe(share) }), {
      ...{ minLength: BLOCKS.length, maxLength: BLOCKS.length },
    }),
    needs: fc.array(
      fc.record({
        ...{ status: fc.constantFrom('nobody', 'unknown', 'covered'), actors: few, communes: maybe(share) },
      }),
      { minLength: NEEDS.length, maxLength: NEEDS.length },
    ),
    names: fc.array(place, { maxLength: 3 }),
  })
  .map(({ actors, repeated, ...seen }) => {
    const of = (part: number, all: number) =>
      shareOf(Math.round(part * all), all, rules.indicators.shares.few)
    const aged = Math.round(seen.aged * actors)
    const shares = {
      publishable: of(seen.publishable, actors),
      freshness: of(seen.current, aged),
      contactedShare: of(seen.contacted ?? 0, seen.contacted === null ? 0 : actors),
      communesCovered: shareOf(actors === 0 ? 0 : seen.covered, 32, rules.indicators.shares.few),
    }
    const ratio = ({ count, of: all }: { count: number; of: number }) => (all === 0 ? null : count / all)
    const times = (value: number | null) => (value === null ? null : 100 * value)
    const kinds = [...new Set(seen.kinds)].map((kind) => ({ kind, records: 1 + (actors % 3) }))
    const named = actors === 0 || kinds.length === 0 ? 0 : Math.max(1, Math.round(seen.named * actors))
    return {
      ...noRecords(),
      ...{ actors, records: actors === 0 ? 0 : actors + repeated, shares, elsewhere: seen.elsewhere },
      completeness: actors === 0 ? null : seen.completeness,
      publishable: times(ratio(shares.publishable)),
      freshness: times(ratio(shares.freshness)),
      contactedShare: ratio(shares.contactedShare),
      communesCovered: actors === 0 ? null : ratio(shares.communesCovered),
      kinds: {
        ...{ named, distinct: named === 0 ? 0 : kinds.length, counts: named === 0 ? [] : kinds },
        diversity: actors < 5 ? null : 0.5,
      },
      sources:
        seen.sources.length < 2
          ? []
          : seen.sources.map((one, at) => ({
              ...one,
              ...{ records: one.records + 1, publishable: one.completeness },
              source: at === 0 ? null : `Source ${at}`,
            })),
      byBlock: Object.fromEntries(BLOCKS.map((key, at) => [key, seen.blocks[at]!])),
      needs: Object.fromEntries(
        NEEDS.map((key, at) => [key, { ...seen.needs[at]!, actors: seen.needs[at]!.actors + 1 }]),
      ),
      byCommune: actors === 0 ? [] : [{ code: '22278', name: 'Saint-Brieuc', actors, completeness: 50 }],
      communesWithoutActor: seen.names.concat(Array(seen.without).fill('Trémuson')).map((commune, at) => ({
        ...{ code: String(22_000 + at), name: commune },
      })),
      ...{ prefilled: Math.round((actors * seen.publishable) | 0), toContact: 0 },
    } as unknown as EpciFacts['indicators']
  })

const anyJournee = fc.record({
  ...{ date: maybe(anyDay), invited: maybe(few), expected: maybe(few), present: maybe(few) },
  ...{ invitedOn: maybe(anyDay), facilitators: maybe(fc.nat(4)) },
})
const anyTarget = fc.record({
  declared: maybe(fc.constantFrom(1, 2, 30)),
  reference: maybe(
    fc.record({ records: fc.constantFrom(1, 2, 40), list: fc.constantFrom('Cartographie', 'CD 22') }),
  ),
  listed: maybe(
    fc
      .dictionary(fc.constantFrom('', 'BIB', 'RFS', 'CCAS'), fc.integer({ min: 1, max: 40 }), { minKeys: 1 })
      .map((kinds) => {
        const of = { siren: '1', title: 'Cartographie', readOn: '2026-05-04' }
        const counts = Object.entries(kinds).map(([kind, records]) => ({ ...of, kind, records }))
        return compileListedPlaces([counts], rules)('1')
      }),
  ),
  population: maybe(fc.integer({ min: 1, max: 300_000 })),
})
const anyCounts = fc.record({
  present: few,
  done: share,
  confirmed: few,
  ago: fc.integer({ min: 1, max: 30 }),
})
const anyGap = fc.record({
  record: fc.constantFrom(12, 755),
  toCorrect: fc.subarray(['le téléphone', 'le site web']),
  toFill: fc.subarray(['les horaires', 'les services', 'un moyen de contact'], { minLength: 1 }),
  gain: maybe(fc.double({ min: 0, max: 20, noNaN: true })),
})

const anyPrefill = fc
  .record({
    ...{
      target: anyTarget,
      regional: fc.boolean(),
      counts: anyCounts,
      pace: maybe(share),
      before: maybe(share),
    },
    ...{ referents: fc.array(fc.tuple(anyCounts, fc.constantFrom('institutional', 'associative', null))) },
    ...{ without: fc.tuple(few, share), next: fc.array(anyGap, { maxLength: 4 }) },
  })
  .map((seen) => (calendar: { today: string; next: string | null; last: string | null }) => {
    const done = ({ present, done: part }: { present: number; done: number }) => Math.round(present * part)
    const after = (counts: { present: number; done: number; confirmed: number }) =>
      calendar.next !== null || calendar.last === null || calendar.last < addDays(TODAY, -60)
        ? null
        : consolidation(
            calendar.last,
            { present: counts.present, prefilled: done(counts), confirmed: counts.confirmed },
            seen.before === null ? null : { present: 0, prefilled: 0 },
          )
    const countsOf = (counts: { present: number; done: number; confirmed: number; ago: number }) => ({
      ...{ present: counts.present, prefilled: done(counts), consolidation: after(counts) },
      past:
        seen.pace === null
          ? []
          : [{ day: addDays(TODAY, -counts.ago), prefilled: Math.round(done(counts) * seen.pace) }],
    })
    const records = expectedRecords(seen.target, { per10000: 3.24, regional: seen.regional })
    return {
      prefill: prefill(countsOf(seen.counts), records, calendar, rules.prefill),
      prefillDetail: {
        referents: seen.referents.map(([counts, kind], at) =>
          referentPrefill({ referent: at + 1, kind }, countsOf(counts), calendar, rules.prefill),
        ),
        withoutReferent: {
          present: seen.without[0],
          prefilled: Math.round(seen.without[0] * seen.without[1]),
        },
        next: seen.next,
      },
    }
  })

/** The report of an EPCI of which anything may be known, made by the domain itself. */
export const anyReport: fc.Arbitrary<EpciReport> = fc
  .record({
    ...{ name, siren: fc.integer({ min: 200_000_000, max: 200_000_999 }).map(String) },
    ...{ indicators: anyIndicators, days: fc.array(anyJournee, { maxLength: 3 }), prefilled: anyPrefill },
    diagnostics: fc.array(fc.tuple(maybe(anyDay), anyAnswers), { maxLength: 3 }),
    referents: fc.array(fc.constantFrom('institutional', 'associative', null), { maxLength: 3 }),
    stage: maybe(fc.constantFrom(...(Object.keys(STAGE_LABELS) as Stage[]))),
    ticked: fc.dictionary(
      fc.constantFrom(...rules['success-conditions'].conditions.map(({ key }) => key)),
      fc.constantFrom('ok', 'to_do', 'unknown'),
    ),
    ...{
      population: maybe(fc.integer({ min: 1, max: 500_000 })),
      fragility: maybe(fc.integer({ min: 1, max: 10 })),
    },
    retained: maybe(fc.constantFrom(...REFERENTIALS)),
    seen: fc.array(
      fc.record({
        ...{ day: anyDay.filter((day) => day < TODAY), retained: maybe(fc.constantFrom(...REFERENTIALS)) },
        ...{
          recommended: fc.constantFrom(...REFERENTIALS),
          confidence: fc.constantFrom('low', 'medium', 'high'),
        },
      }),
      { maxLength: 3 },
    ),
    spent: fc.tuple(maybe(few), maybe(few)),
    axes: maybe(fc.constantFrom('Mobilité', 'Mobilité\nAccès aux droits')),
    imported: fc.array(
      fc.record({
        ...{ column: fc.constantFrom('part_75_ans', 'rsa'), value: percent, source: fc.constant('INSEE') },
        year: maybe(fc.constant(2021)),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ days, diagnostics, referents, prefilled, ticked, seen, spent, axes, stage, ...facts }) => {
    const forms = diagnostics.map(([date, answers], id) => ({ id, date, answers }))
    const said = declared(
      forms,
      referents.map((kind) => ({ kind })),
      TODAY,
      rules.maturity.declared,
    )
    const { next, last, ...participation } = journees(days, TODAY)
    return aReport({
      ...facts,
      ...prefilled({ today: TODAY, next, last }),
      ...participation,
      ...{ day: TODAY, stage, workingAxes: axes, answers: said.answers, listedReferents: referents.length },
      declared: { answeredOn: said.answeredOn, sentences: declaredSentences(said) },
      conditions: successConditions(
        {
          ...{ today: TODAY, referents: said.answers.referents, stage, journees: days },
          ticked: new Map(Object.entries(ticked)),
        },
        rules['success-conditions'],
      ),
      choice: { cell: null, unreadable: false, seen: seen.toSorted((a, b) => (a.day < b.day ? -1 : 1)) },
      actualDays: { referents: spent[0], deploymentOfficer: spent[1] },
    })
  })
