import { z } from 'zod'
import { QUESTIONS } from '../../domain/answer-changes.ts'
import type { EpciReport as Computed } from '../../domain/epci-report.ts'
import { FIELDS } from '../../domain/fields.ts'
import { STAGE_LABELS } from '../../domain/labels.ts'
import type { Stage } from '../../domain/labels.ts'
import { Siren } from '../../domain/rules/situation.ts'
import { CONDITION_HEADINGS } from '../../domain/rules/success-conditions.ts'
import { count, day, fingerprint, percent, Referential } from '../../domain/schemas/figures.ts'
import { burnUp, Prefill, prefillDetail, prefillFields } from '../../domain/schemas/prefill.ts'
import type { BurnUpDay } from '../../domain/schemas/prefill.ts'
import type { EpciContext } from '../../engine/epci-context.ts'
import { epciContext } from './epci-context.ts'
import { indicators } from './indicators.ts'
import { Situation } from './situation.ts'
import { EpciRecommendation, Workload } from './recommendation.ts'
import { ImportedFigure, TypeOfEpci, Typology } from './typology.ts'

const siren = Siren.meta({ example: '200069409' })
const name = z.string().meta({ example: 'CA Saint-Brieuc Armor Agglomération' })
const field = z.enum(FIELDS)

const Finding = z
  .strictObject({
    field,
    code: z.string().meta({ example: 'pivot.checksum' }),
    severity: z.enum(['blocking', 'warning', 'info']),
    records: count.describe('how many records have it'),
  })
  .meta({ id: 'Finding', description: 'A check that some records fail; never the values.' })

const ShownWorkload = z
  .strictObject({ ...Workload.shape, follows: z.enum(['retained', 'recommended']), referential: Referential })
  .meta({
    id: 'ShownWorkload',
    description: 'The workload that NocoDB shows, and which référentiel it follows.',
  })

const Disagreement = z
  .strictObject({
    retained: Referential,
    recommended: Referential,
    gap: z.number().describe('points of the recommended − points of the retained'),
    sentences: z.array(z.string()).describe('in French'),
  })
  .meta({ id: 'Disagreement', description: 'Where the human choice is not the recommended one.' })

const days = z.number().min(0).nullable()

const figures = {
  siren,
  name,
  rules: fingerprint,
  day: day.describe('the day it was computed for'),
  actors: count.describe('each pair of possible duplicates counted once, as in every figure'),
  records: count.describe('all of its records'),
  completeness: percent.describe('0–100: mean of its records'),
  publishable: percent.describe(
    '0–100: records whose required fields are filled, without a blocking finding',
  ),
  freshness: percent.describe('0–100: « À jour » among the records whose age is known'),
}
const conditionStatus = z.enum(['ok', 'to_do', 'unknown'])
const Condition = z
  .strictObject({
    key: z.string().meta({ example: 'referent_pair' }),
    heading: z.enum(CONDITION_HEADINGS),
    label: z.string(),
    short: z.string(),
    status: conditionStatus.describe('the word of people where there is one, else of the data'),
    ticked: conditionStatus.nullable().describe('what people ticked; null: nothing yet'),
    observed: z
      .strictObject({
        ...{ status: conditionStatus, evidence: z.string() },
        due: day.nullable().describe('the last day on which it still is in time; null: none is known'),
      })
      .nullable()
      .describe('what the data say, and in French why; null: for people to tick'),
  })
  .meta({ id: 'Condition', description: 'A condition of success of one EPCI.' })

const retained = Referential.nullable().describe('« Référentiel retenu », which people choose; null: none')

const stages = Object.keys(STAGE_LABELS) as Stage[]
const chosen = {
  retained,
  atChoice: z
    .string()
    .nullable()
    .describe(
      '« Au moment du choix », in French: what was recommended when people chose; null: no choice is made',
    ),
  stage: z.enum(stages).nullable().describe('« Étape »: how far its recruitment is; null: not told'),
  workingAxes: z.string().nullable().describe('« Axes de travail », as people wrote them'),
}

const report = {
  ...figures,
  population: count.nullable(),
  ...indicators,
  findings: z.array(Finding).describe('the most frequent first'),
  prefill: Prefill,
  prefillDetail: z.strictObject(prefillDetail),
  situation: Situation,
  declared: z
    .strictObject({
      answeredOn: z.partialRecord(
        z.enum(QUESTIONS),
        z.strictObject({
          ...{ date: day.nullable(), diagnostic: count, old: z.boolean() },
          byForm: z
            .literal(true)
            .optional()
            .describe(
              'somebody without an account gave it, by the public form; absent: a member of the base',
            ),
        }),
      ),
      sentences: z.array(z.string()),
    })
    .describe('when each answer that counts was given; what to look at again, in French'),
  recommendation: EpciRecommendation,
  typology: Typology,
  imported: z.array(ImportedFigure).describe('figures of need that were imported for it'),
  ...chosen,
  disagreement: Disagreement.nullable().describe('null: they agree, or no choice is made'),
  actualDays: z
    .strictObject({ referents: days, deploymentOfficer: days })
    .describe('person-days really spent, as people tell them'),
  workload: ShownWorkload,
  method: z.array(z.string()).describe('of the référentiel that the workload follows, in French'),
  conditions: z.array(Condition).describe('the conditions of success of the journée'),
}

/** The whole report of one EPCI, beside the others and its own past. */
export const EpciReport: z.ZodType<Computed & EpciContext> = z
  .strictObject({ ...report, ...epciContext })
  .meta({ id: 'EpciReport', description: 'The figures that NocoDB shows, and what explains them.' })

/** One line of the list of EPCI. */
export const EpciSummary = z
  .strictObject({
    ...figures,
    recommended: Referential,
    confidence: z.enum(['low', 'medium', 'high']),
    typology: TypeOfEpci,
    retained,
    prefill: Prefill,
    workload: ShownWorkload,
  })
  .meta({ id: 'EpciSummary', description: 'One EPCI of the list.' })
export type EpciSummary = z.infer<typeof EpciSummary>

type PrefillAnswer = Pick<Computed, 'siren' | 'name' | 'day'> &
  Computed['prefill'] &
  Computed['prefillDetail'] & { readonly burnUp: readonly BurnUpDay[] }

/** How far the pre-fill of one EPCI is. */
export const EpciPrefill: z.ZodType<PrefillAnswer> = z
  .strictObject({ siren, name, day, ...prefillFields, ...prefillDetail, burnUp })
  .meta({ id: 'EpciPrefill', description: 'How far the pre-fill of one EPCI is, and what to do next.' })

/** The indicators of one EPCI, day by day. */
export const EpciHistory = z
  .strictObject({
    siren,
    days: z.array(
      z.strictObject({
        day,
        actors: count,
        completeness: percent,
        publishable: percent,
        freshness: percent,
        recommended: z.string().nullable(),
        confidence: z.string().nullable(),
        prefilled: count,
        expected: count.nullable(),
      }),
    ),
  })
  .meta({ id: 'EpciHistory', description: 'Its indicators at the end of each day with a run, oldest first.' })
