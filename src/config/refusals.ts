import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isSeq, parseDocument } from 'yaml'
import { z } from 'zod'
import { columnKeys, TABLE_KEYS } from '../columns/tables.ts'
import type { Refusal } from '../domain/adoption/refusals.ts'

const PLACES: ReadonlySet<string> = new Set(
  TABLE_KEYS.flatMap((table) => [table, ...columnKeys(table).map((column) => `${table}.${column}`)]),
)
const text = z.string().min(1)
const texts = z.array(text).min(1)

/** `refused` of config/columns.yaml: what a person said no to in `portrea adopt`. */
export const refusedSchema = z
  .array(
    z
      .strictObject({
        table: text.describe('title of a table of yours'),
        is: text
          .refine((place) => PLACES.has(place), {
            error: 'donnez une clé de ce fichier : `actors`, `actors.telephone`…',
          })
          .describe('the place that it, or these columns, do not have'),
        columns: texts.optional().describe('columns of yours: the one, or several together'),
        words: texts.optional().describe('words of yours that stay as they are'),
        constant: text.optional().describe('a value that is not that of all rows'),
      })
      .meta({ id: 'Refusal' }),
  )
  .default([])

const KEY = 'refused'

/** What config/columns.yaml says was refused. */
export function readRefusals(directory: string): readonly Refusal[] {
  return refusalsIn(readFileSync(join(directory, 'columns.yaml'), 'utf8'))
}

/** What the text of a columns.yaml that is right says was refused. */
export function refusalsIn(yaml: string): readonly Refusal[] {
  const document = parseDocument(yaml)
  const list: unknown = isMap(document.contents) ? document.contents.get(KEY, true) : undefined
  return isSeq(list) ? refusedSchema.parse(list.toJSON()) : []
}

/** The text of a columns.yaml that says these were refused, and no others: all else stays as people left it. */
export function withRefused(yaml: string, refusals: readonly Refusal[]): string {
  const before = refusalsIn(yaml)
  if (JSON.stringify(before) === JSON.stringify(refusals)) return yaml
  const document = parseDocument(yaml)
  if (refusals.length === 0) document.delete(KEY)
  else {
    const list = document.createNode(refusals.map(withoutEmpty))
    if (isSeq(list)) for (const item of list.items) if (isMap(item)) item.flow = true
    document.set(KEY, list)
    const pair = isMap(document.contents)
      ? document.contents.items.find(({ key }) => String(key) === KEY)
      : undefined
    if (before.length === 0 && pair !== undefined && isSeq(pair.value)) pair.value.commentBefore = COMMENT
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

/** Told where it is read. */
const COMMENT =
  ' What a person said no to in `portrea adopt`, and is not asked about any more. Take a line out to be asked again.'

function withoutEmpty(refusal: Refusal): Record<string, unknown> {
  return Object.fromEntries(Object.entries(refusal).filter(([, value]) => value !== undefined))
}
