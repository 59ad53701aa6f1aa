import { z } from 'zod'
import type { NextRecord } from '../next-records.ts'
import type { Prefill as Computed, ReferentPrefill as OfReferent } from '../prefill.ts'
import { count, day, percent } from './figures.ts'

const speed = z.number().nullable().meta({ example: 1.5 })
const referent = z.int().describe('id of their row in the table « Référents »: never a name')

const figures = {
  present: count,
  prefilled: count,
  progress: percent.describe(
    '0–100: prefilled / expected, at most 100; null: unknown, as where all of a floor is done',
  ),
  toComplete: count.describe('present, not yet pre-filled'),
  speed: speed.describe('records pre-filled a day, lately; null: not measured long enough'),
  speedDays: count.nullable().describe('over how many days it was measured'),
  forecastEnd: day
    .nullable()
    .describe('when it will be done at this speed, rounded up; null: unknown, never, too far ahead, or done'),
  forecastRange: z
    .strictObject({ earliest: day, latest: day.nullable() })
    .nullable()
    .describe('between which days it will be done; latest null: perhaps never; null: unknown, or done'),
  status: z
    .enum(['done', 'no_date', 'not_started', 'late', 'at_risk', 'on_track', 'consolidating'])
    .nullable()
    .describe('« Alerte »; null: not enough is known to say'),
  consolidation: z
    .strictObject({
      since: day.describe('the last journée'),
      created: count.nullable().describe('records more than before it; null: nothing was counted then'),
      completed: count.nullable().describe('records pre-filled more than before it; null: as above'),
      confirmed: count.nullable().describe('« Validée », and changed by people since; null: as above'),
      left: count.describe('present, not yet pre-filled'),
    })
    .nullable()
    .describe('after the last journée, with none to come, for a while; else null'),
}

const kind = z.string().describe('a value of `typologie`').meta({ example: 'RFS' })
const label = z.string().describe('how people are shown it').meta({ example: 'France Services' })
const shown = z.array(z.strictObject({ kind, label }))
const listed = z
  .strictObject({
    records: count.describe('of each kind the longest list, summed; or the longest list'),
    floor: z.boolean().describe('the least that there is: some kinds are in none of the lists'),
    lists: z.array(
      z.strictObject({
        list: z.string().meta({ example: 'France services' }),
        readOn: day,
        records: count,
        kinds: z.array(z.strictObject({ kind, label, records: count })).describe('most frequent first'),
      }),
    ),
    covered: shown.describe('kinds that the lists name, here or elsewhere'),
    missing: shown.describe('kinds that most EPCI have, and no list names'),
  })
  .nullable()
  .describe('what the sources that were read name there; null: no place')

/** How far the pre-fill of one EPCI is, field by field. */
export const prefillFields = {
  expected: count.nullable().describe('null where neither a target, a list nor a population is known'),
  basis: z
    .enum(['declared', 'reference_list', 'source_lists', 'regional_ratio', 'default_ratio'])
    .nullable()
    .describe('where `expected` comes from'),
  per10000: z.number().nullable().describe('the ratio used, in records per 10,000 inhabitants; null: none'),
  list: z.string().nullable().describe('name of the reference list used; null: none'),
  listed,
  byPopulation: count
    .nullable()
    .describe('what the population gives by the ratio, where the lists name less and not all kinds'),
  ...figures,
  toCreate: count.nullable().describe('expected, not yet present'),
  neededSpeed: speed.describe('records a day that would end it on the day of the next journée'),
  collaborativeDay: day.nullable().describe('the next journée'),
  lastCollaborativeDay: day.nullable().describe('the last journée that has passed'),
}

/** The same as one object. */
export const Prefill: z.ZodType<Computed> = z
  .strictObject(prefillFields)
  .meta({ id: 'Prefill', description: 'How far the pre-fill is.' })

const ReferentPrefill: z.ZodType<OfReferent> = z
  .strictObject({ referent, kind: z.enum(['institutional', 'associative']).nullable(), ...figures })
  .meta({ id: 'ReferentPrefill', description: 'How far the records are that one référent·e follows.' })

const labels = z.array(z.string().meta({ example: 'les horaires' }))
const Next: z.ZodType<NextRecord> = z
  .strictObject({
    record: z
      .int()
      .describe(
        'its id in the table « Acteurs »; of another table of actors, its id there plus 2^32 times a number of that table',
      ),
    toCorrect: labels.describe('labels of the fields whose value blocks'),
    toFill: labels.describe('labels of the fewest fields to fill'),
    gain: z.number().nullable().describe('points of progress (0–100) once it is pre-filled'),
  })
  .meta({ id: 'NextRecord', description: 'A record to do next; never its values.' })

/** Who follows the records, and what to do next. */
export const prefillDetail = {
  referents: z.array(ReferentPrefill),
  withoutReferent: z
    .strictObject({ present: count, prefilled: count })
    .describe('records that nobody follows, or someone whom the table « Référents » does not list here'),
  next: z.array(Next).describe('what to do next, the most useful first'),
}

const BurnUpDay = z.strictObject({ day, present: count, prefilled: count, expected: count.nullable() })
export type BurnUpDay = Readonly<z.infer<typeof BurnUpDay>>

/** Day by day, oldest first. */
export const burnUp = z.array(BurnUpDay).describe('the last days with a run, oldest first')
