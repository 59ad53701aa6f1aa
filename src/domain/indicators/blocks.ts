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

/** Which fields of a record are filled, and which are missing or hold what blocks: a bit a field, in two words of 32. */
export type FieldBits = { readonly filled: number; readonly empty: number }

/** Counts fields record by record: whole numbers only, so that their order changes nothing. */
export type FieldTally = { add(bits: FieldBits): void; figures(): FieldFigures }

/** The bits of one assessed record. */
export function fieldBits(assessment: ActorAssessment): FieldBits {
  const blocked = assessment.blocking ? blockedFields(assessment) : []
  return { filled: bitsOf(assessment.filled), empty: bitsOf([...assessment.missing, ...blocked]) }
}

const PLACES = new Map<FieldName, number>(FIELDS.map((field, at) => [field, at]))
/** The standard has 32 fields today; of a 33rd the bit is in the high word, where no other is. */
const WORD = 2 ** 32

function bitsOf(fields: readonly FieldName[]): number {
  const words: [low: number, high: number] = [0, 0]
  for (const field of fields) {
    const at = PLACES.get(field)!
    words[at < 32 ? 0 : 1] |= 1 << (at % 32)
  }
  return words[1] * WORD + words[0]
}

/** The same words again; the low one has a sign. */
function wordsOf(bits: number): readonly [low: number, high: number] {
  const low = bits | 0
  return [low, (bits - low) / WORD]
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
        const [full, lacking] = [wordsOf(bits.filled), wordsOf(bits.empty)]
        for (const [field, at] of PLACES) {
          const [word, bit] = [at < 32 ? 0 : 1, 1 << (at % 32)] as const
          if ((full[word] & bit) !== 0) increment(filled, field)
          if ((lacking[word] & bit) !== 0) increment(empty, field)
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
