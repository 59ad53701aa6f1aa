import { z } from 'zod'
import { count, eachReferential, fingerprint } from '../../domain/schemas/figures.ts'
import type { TypeOverview as Overview } from '../../domain/typology-overview.ts'
import type { Typology as Computed } from '../../domain/typology.ts'

const text = z.string()
const share = z.number().min(0).max(1)
const points = z.number().min(0).max(100)
const range = z.tuple([share, share]).readonly().describe('with each unknown at its ends')
const year = z.int().nullable()
const key = text
  .nullable()
  .describe("of config/typology.yaml; 'unknown': too little is known; null: none is near enough")
  .meta({ example: 'network_alive' })

/** One figure of an EPCI, as a file gave it. */
export const ImportedFigure = z.strictObject({ column: text, value: z.number(), source: text, year }).meta({
  id: 'ImportedFigure',
  description: 'A figure of an EPCI, as a file gave it (portrea import --needs).',
})

const Need = z.strictObject({
  half: points.describe('0–100, each unknown figure at half'),
  low: points,
  high: points,
  coverage: share.describe('known weight / total weight'),
  figures: z.array(
    z.strictObject({
      key: text,
      label: text,
      value: z.number().nullable(),
      score: points.nullable().describe('null: unknown, never 0'),
      weight: z.number(),
      from: z.enum(['person', 'population', 'import']).nullable().describe('whose word it is'),
      source: text.nullable(),
      year,
    }),
  ),
})

const named = {
  type: key,
  label: text.nullable().describe('what « Type de territoire » shows'),
  degree: share.nullable().describe('0–1: how far it belongs to its type'),
  firm: z.boolean().describe('true where no completion of the unknown would give another type'),
}

/** The type of an EPCI of the list. */
export const TypeOfEpci = z.strictObject(named)

/** Which type of territory an EPCI is. */
export const Typology: z.ZodType<Computed> = z
  .strictObject({
    ...named,
    nearest: text.describe('the type of the highest degree, told or not'),
    coverage: share.describe('the known share of the four factors'),
    need: Need,
    degrees: z.array(
      z.strictObject({
        type: text,
        label: text,
        degree: share,
        range,
        conditions: z.array(
          z.strictObject({
            label: text,
            degree: share,
            range,
            knownShare: share,
            known: z.boolean().describe('whether enough is known for the type to be told'),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Typology', description: 'Which type of territory an EPCI is, and how far.' })

const shares = z.strictObject({ ...eachReferential(count).shape, none: count })
const days = z.number().min(0)
const TypeDays = z.strictObject({
  estimated: days.describe('person-days of the whole mission'),
  range: z.tuple([days, days]).readonly(),
  spent: days.nullable().describe('really spent; null: nobody told it'),
  told: count.describe('how many EPCI tell it'),
})

/** One type, and what the Hub does in its EPCI. */
export const TypeOverview: z.ZodType<Overview> = z
  .strictObject({
    key,
    label: text.nullable(),
    definition: text.nullable(),
    epcis: z
      .array(
        z.strictObject({
          siren: text,
          name: text,
          degree: share.nullable().describe('0–1: how far it belongs to this type'),
          firm: z.boolean().describe('true where no completion of the unknown would give another'),
          nearest: text.describe('the type of the highest degree, told or not'),
          degrees: z.array(z.strictObject({ type: text, degree: share, range })),
        }),
      )
      .describe('those that belong to it most first'),
    aPriori: shares.describe('none: too little is known'),
    recommended: shares,
    retained: shares,
    days: z.strictObject({ referents: TypeDays, deploymentOfficer: TypeDays }),
  })
  .meta({ id: 'TypeOverview', description: 'A type of territory, and what is done in its EPCI.' })

/** Every type. */
export const TypologyAnswer = z.strictObject({ rules: fingerprint, types: z.array(TypeOverview) })
