import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { FIELDS } from '../domain/fields.ts'
import type { FieldName } from '../domain/fields.ts'
import type { Mapping } from '../domain/mapping/mapping.ts'
import type { Words } from '../domain/mapping/words.ts'
import { stableJson } from '../domain/stable-json.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { title } from './column-name.ts'
import { columnFaults } from './mapping-check.ts'
import { MappingOf, WordsFile } from './mapping-schema.ts'
import type { Rules } from './rules-file.ts'
import { readYamlFile } from './yaml-file.ts'

/** How a field is read in a source: in which column or columns, in which words. */
export type SourceColumn = {
  readonly from: Mapping
  readonly words?: Words | undefined
  /** What becomes of values that are none of the words: kept for the checks to tell, or left aside. */
  readonly others: 'keep' | 'drop'
}

const words = z.string().trim().min(1)
const address = z.url({ protocol: /^https?$/, error: 'doit être une adresse http(s)' })
const FORMATS = ['csv', 'json', 'geojson', 'xlsx', 'data-inclusion'] as const

/** A list that somebody keeps: one file of config/sources/. */
export const SourceFile = z
  .strictObject({
    title: words,
    producer: words.describe('who keeps the list'),
    licence: words,
    attribution: words.describe('what has to be said where its data are shown'),
    page: address.optional().describe('where people read about it'),
    url: address.optional().describe('where the list is fetched; without it, give a file or an address'),
    every: z
      .enum(['night', 'month'])
      .optional()
      .describe(
        'the service reads the list by itself after each night, or the first night of a month; not given: only when it is asked for',
      ),
    services: address.optional().describe('data-inclusion: where the services are fetched'),
    format: z.enum(FORMATS),
    items: words.optional().describe('JSON: the key under which the list stands'),
    sheet: words.optional().describe('XLSX: the sheet; the first one that is shown if not given'),
    key: z
      .array(title)
      .min(1)
      .readonly()
      .optional()
      .describe('the columns that tell a record apart for good'),
    columns: columnsSchema()
      .optional()
      .describe('how each field is read; not given: the columns of the national standard'),
    allowPrivate: z.boolean().default(false).describe('the address may lie on a private network'),
    megabytes: z.number().positive().max(4000).default(300).describe('a longer answer is refused'),
    minutes: z.number().positive().max(600).default(15).describe('a fetch that takes longer is given up'),
  })
  .refine(({ every, url }) => every === undefined || url !== undefined, {
    path: ['every'],
    error: 'demande une adresse ; donnez `url`, ou retirez cette ligne',
  })

/** The same, read: its name is that of its file. */
export type Source = Readonly<Omit<z.infer<typeof SourceFile>, 'columns'>> & {
  readonly name: string
  readonly columns: Readonly<Partial<Record<FieldName, SourceColumn>>> | null
}

function columnsSchema() {
  return z.strictObject(Object.fromEntries(FIELDS.map((field) => [field, columnSchema(field).optional()])))
}

function columnSchema(field: FieldName) {
  const alone = title.transform((name): SourceColumn => ({ from: { first: [name] }, others: 'keep' }))
  const whole = z
    .strictObject({
      title: title.optional(),
      from: MappingOf(field).optional(),
      words: WordsFile.optional(),
      others: z.enum(['keep', 'drop']).default('keep'),
    })
    .refine(
      (one) => (one.title === undefined) !== (one.from === undefined),
      'dites où lire ce champ : title ou from',
    )
    .refine(
      (one) => one.others === 'keep' || one.words !== undefined,
      '`others: drop` sans `words` ne laisserait rien ; donnez les mots à lire',
    )
    .transform((one): SourceColumn => ({
      from: one.from ?? { first: [one.title ?? ''] },
      words: one.words,
      others: one.others,
    }))
  return z.union([whole, alone])
}

/** The sources of config/sources/, by name. */
export type Sources = ReadonlyMap<string, Source>

/**
 * Reads every file of config/sources/; CONFIG_INVALID lists the faults of all of them at once.
 * @param rules by which the words of a source are checked; null: they are not
 */
export function readSources(directory: string, rules: Pick<Rules, 'completeness'> | null): Sources {
  const folder = join(directory, 'sources')
  const read = filesOf(folder).map((file) => {
    const { value, faults } = readYamlFile(join(folder, file), SourceFile)
    const place = `sources/${file}`
    if (value === null) return { source: null, faults: faults.map((fault) => placed(fault, folder)) }
    const columns = (value.columns ?? null) as Source['columns']
    const source: Source = Object.freeze({ ...value, columns, name: file.replace(/\.yaml$/u, '') })
    return {
      source,
      faults: columns === null || rules === null ? [] : columnFaults(`${place}: columns`, columns, rules),
    }
  })
  const faults = read.flatMap((one) => one.faults)
  if (faults.length > 0)
    throw new PortreaError('CONFIG_INVALID', `Les sources de ${folder} sont à corriger.`, { faults })
  return new Map(read.flatMap(({ source }) => (source === null ? [] : [[source.name, source]])))
}

/** Faults name their file as it stands in config/. */
function placed(fault: string, folder: string): string {
  return fault.startsWith(folder) ? fault : `sources/${fault}`
}

/** A configuration of before has no such folder: it has no source. */
function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .toSorted()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new PortreaError('CONFIG_INVALID', typeset(`${folder} ne peut pas être lu.`), { cause })
  }
}

/** Tells whether a source is read as it was: by its file, and the sheet that was asked for. */
export function readingDigest(source: Source | null, sheet?: string): string {
  return createHash('sha256')
    .update(stableJson({ source, sheet: sheet ?? null }))
    .digest('hex')
}
