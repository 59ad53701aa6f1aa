import type { ActorAssessment, Profile } from '../assessment.ts'
import { blockedFields } from '../completeness/sentences.ts'
import { FIELDS } from '../fields.ts'
import type { FieldName } from '../fields.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import { BLOCKS } from '../rules/indicators.ts'
import type { BlockKey, IndicatorRules } from '../rules/indicators.ts'

/** How full one block of fields is in the records of an EPCI. */
export type BlockFigures = {
  /** 0–100: filled weight / applicable weight of its fields, over all records; null: none of them counts here. */
  readonly completeness: number | null
  /** 0–1: filled cells among all of its cells, optional fields included; null without records. */
  readonly filled: number | null
}

/** Each field and each block of one EPCI. */
export type FieldFigures = {
  /** 0–1: records in which the field is filled; {} without records. */
  readonly byField: Readonly<Partial<Record<FieldName, number>>>
  readonly byBlock: Readonly<Record<BlockKey, BlockFigures>>
}

/** Which fields of a record are filled, and which are missing or hold what blocks: a bit a field. */
export type FieldBits = { readonly filled: number; readonly empty: number }

/** Counts fields record by record: whole numbers only, so that their order changes nothing. */
export type FieldTally = { add(bits: FieldBits): void; figures(): FieldFigures }

/** The bits of one assessed record. */
export function fieldBits(assessment: ActorAssessment): FieldBits {
  const blocked = assessment.blocking ? blockedFields(assessment) : []
  return { filled: bitsOf(assessment.filled), empty: bitsOf([...assessment.missing, ...blocked]) }
}

const BITS = new Map<FieldName, number>(FIELDS.map((field, at) => [field, 1 << at]))

function bitsOf(fields: readonly FieldName[]): number {
  let bits = 0
  for (const field of fields) bits |= BITS.get(field) ?? 0
  return bits
}

/** Prepares the tallies of one profile, in which an optional field has no weight. */
export function compileFieldTally(
  { blocks }: Pick<IndicatorRules, 'blocks'>,
  { fields, profiles }: Pick<CompletenessRules, 'fields' | 'profiles'>,
  profile: Profile,
): () => FieldTally {
  const weights = new Map(
    fields.map(({ field, level, weight }) => {
      const counts = (profiles[profile].levels[field] ?? level) !== 'optional'
      return [field, counts ? weight : 0] as const
    }),
  )
  return () => {
    let actors = 0
    const filled = new Map<FieldName, number>()
    const empty = new Map<FieldName, number>() // missing, or holding what blocks
    const block = (key: BlockKey) => blockFigures(blocks[key].fields, { weights, actors, filled, empty })
    return {
      add(bits) {
        actors += 1
        for (const [field, bit] of BITS) {
          if ((bits.filled & bit) !== 0) increment(filled, field)
          if ((bits.empty & bit) !== 0) increment(empty, field)
        }
      },
      figures: () => ({
        byField:
          actors === 0
            ? {}
            : Object.fromEntries(FIELDS.map((field) => [field, (filled.get(field) ?? 0) / actors])),
        byBlock: Object.fromEntries(BLOCKS.map((key) => [key, block(key)])) as FieldFigures['byBlock'],
      }),
    }
  }
}

function blockFigures(
  fields: readonly FieldName[],
  sums: {
    readonly weights: ReadonlyMap<FieldName, number>
    readonly actors: number
    readonly filled: ReadonlyMap<FieldName, number>
    readonly empty: ReadonlyMap<FieldName, number>
  },
): BlockFigures {
  let [cells, weight, applicable] = [0, 0, 0]
  for (const field of fields) {
    const own = sums.weights.get(field) ?? 0
    const filled = sums.filled.get(field) ?? 0
    cells += filled
    weight += own * filled
    applicable += own * (filled + (sums.empty.get(field) ?? 0))
  }
  return {
    completeness: applicable === 0 ? null : (100 * weight) / applicable,
    filled: sums.actors === 0 ? null : cells / (sums.actors * fields.length),
  }
}

function increment(counts: Map<FieldName, number>, field: FieldName): void {
  counts.set(field, (counts.get(field) ?? 0) + 1)
}
