import { z } from 'zod'
import { FIELDS } from '../../domain/fields.ts'
import { BLOCKS, NEEDS } from '../../domain/rules/indicators.ts'
import { count, percent, share } from '../../domain/schemas/figures.ts'

const commune = {
  code: z.string().meta({ example: '22278' }),
  name: z.string().meta({ example: 'Saint-Brieuc' }),
}

const Block = z
  .strictObject({
    completeness: percent.describe('0–100: filled weight / applicable weight; null: no field of it counts'),
    filled: share.describe('0–1: filled cells, optional fields included'),
  })
  .meta({ id: 'Block', description: 'How full one block of fields is.' })

const Need = z
  .strictObject({
    status: z
      .enum(['covered', 'nobody', 'unknown'])
      .describe('unknown: nobody is known to, and some records do not say what they offer'),
    actors: count.describe('records that meet it'),
    communes: share.describe('0–1: communes with such a record'),
  })
  .meta({ id: 'Need', description: 'How one of the four needs is met.' })

const Kinds = z
  .strictObject({
    diversity: share.describe('0–1: unbiased Gini–Simpson index of the kinds named; null: too few name one'),
    named: count.describe('records that name a kind'),
    distinct: count.describe('kinds that they name'),
    counts: z
      .array(z.strictObject({ kind: z.string().meta({ example: 'RFS' }), records: count }))
      .describe('kinds of the standard, the most frequent first'),
  })
  .meta({ id: 'Kinds', description: 'The kinds of actors that the records name.' })

const CommuneFigures = z
  .strictObject({ ...commune, actors: count, completeness: z.number().min(0).max(100) })
  .meta({ id: 'CommuneFigures', description: 'The records of one commune, and their mean completeness.' })

/** A share with its count. */
export const Share = z
  .strictObject({
    count,
    of: count,
    little: z.boolean().describe('over too few to say much'),
    interval: z
      .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
      .nullable()
      .describe('0–1: 95 % interval of Wilson; null: nothing to count'),
  })
  .meta({ id: 'Share', description: 'What a share is made of.' })

const SourceFigures = z
  .strictObject({
    source: z.string().nullable().describe('null: those that name none'),
    records: count,
    completeness: z.number().min(0).max(100),
    publishable: z.number().min(0).max(100),
    freshness: percent,
  })
  .meta({ id: 'SourceFigures', description: 'The records of one source.' })

/** What is shown of the records of one EPCI beside the mean figures. */
export const indicators = {
  communesCovered: share.describe('0–1: communes with at least one actor'),
  shares: each(['publishable', 'freshness', 'contactedShare', 'communesCovered'], Share),
  sources: z.array(SourceFigures).describe('the largest first; [] where fewer than two are named'),
  actorsPer10000: z
    .number()
    .min(0)
    .nullable()
    .describe('records per 10,000 inhabitants')
    .meta({ example: 2.6 }),
  byField: z
    .partialRecord(z.enum(FIELDS), z.number().min(0).max(1))
    .describe('0–1: records in which the field is filled; {} without records'),
  byBlock: each(BLOCKS, Block),
  byCommune: z.array(CommuneFigures).describe('communes with an actor, by INSEE code'),
  communesWithoutActor: z.array(z.strictObject(commune)).describe('by INSEE code'),
  elsewhere: count.describe('records that tell no commune, or one of another EPCI'),
  kinds: Kinds,
  needs: each(NEEDS, Need),
}

/** An object with these keys, each of one form. */
export function each<Key extends string, Schema extends z.ZodType>(keys: readonly Key[], schema: Schema) {
  return z.strictObject(Object.fromEntries(keys.map((key) => [key, schema])) as Record<Key, Schema>)
}
