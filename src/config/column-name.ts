import { z } from 'zod'
import { columnKeys } from '../columns/tables.ts'
import type { ColumnKey } from '../columns/tables.ts'
import { isField } from '../domain/fields.ts'
import type { Mapping } from '../domain/mapping/mapping.ts'
import type { Words } from '../domain/mapping/words.ts'
import { EpciWordsFile, MappingOf, WITH_WORDS, WordsFile } from './mapping-schema.ts'

/** The title of a table or column, as NocoDB has it, to the last space: a title that differs by one is another. */
export const title = z.string().max(255).regex(/\S/u, { error: 'est vide ; donnez un nom' })
/** What people read about it there. */
export const description = z.string().default('')

const alone = title.transform((name) => ({ title: name, description: '' }))

/** How a base calls a column: its title alone, or with what people read about it. */
export const PlainName = z.union([z.strictObject({ title, description }), alone])
/** A column that a base may hold in its own way: see MappingOf. */
const MappedName = (field: string) =>
  z.union([
    z.strictObject({ title, description, from: MappingOf(field).optional(), words: WordsFile.optional() }),
    alone,
  ])
/** A column whose words may be a Hub's own. */
const WordedName = (key: string) => {
  const words = key === 'epci' ? EpciWordsFile : WordsFile
  return z.union([z.strictObject({ title, description, words: words.optional() }), alone])
}

/** A column of a table of actors. */
export const ACTOR_COLUMNS = Object.fromEntries(
  columnKeys('actors').map((key) => {
    if (isField(key)) return [key, MappedName(key)]
    return [key, WITH_WORDS.has(key) ? WordedName(key) : PlainName]
  }),
) as unknown as Readonly<Record<ColumnKey<'actors'>, z.ZodType<ColumnName>>>

/** What a column is called, what people read about it, and how it is read where no column of that title holds it as it is. */
export type ColumnName = {
  readonly title: string
  readonly description: string
  readonly from?: Mapping | undefined
  readonly words?: Words | undefined
}
