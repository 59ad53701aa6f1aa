import { createWriteStream } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Actor } from '../../src/domain/actor.ts'
import { parisDay } from '../../src/domain/days.ts'
import { FIELDS } from '../../src/domain/fields.ts'
import { seeded } from '../demo/random.ts'
import { altered } from './altered-records.ts'
import { eachBenchActor } from './bench-actors.ts'

/** Two files in the national standard: a base, and a source that holds its places as another list would write them. */
export type ImportFiles = { readonly folder: string; readonly base: string; readonly source: string }

/**
 * Invented places, always the same: the first `records` are the base, with ids b1, b2 …; the source holds `rows`, those of
 * the base in altered form and as many others as it takes, each with the number that it has in the base.
 */
export async function writeImportFiles(rows: number, records: number): Promise<ImportFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'portrea-import-'))
  const files = { folder, base: join(folder, 'base.csv'), source: join(folder, 'source.csv') }
  const today = parisDay(new Date())
  await writeLines(
    files.base,
    lines(records, today, (fields) => fields, 'b'),
  )
  const random = seeded(7)
  const other = (fields: Actor['fields']) => altered({ ...NOBODY, fields }, random).fields
  await writeLines(files.source, lines(rows, today, other, 's'))
  return files
}

const NOBODY = { id: '', linkedEpci: null, contactedOn: null, step: null, verified: [], changedOn: null }

function* lines(
  count: number,
  today: string,
  change: (fields: Actor['fields']) => Actor['fields'],
  prefix: string,
): Generator<string> {
  yield `${FIELDS.join(',')}\n`
  let at = 0
  for (const actor of eachBenchActor(count, today)) {
    const fields = { ...change(actor.fields), id: `${prefix}${(at += 1)}` }
    yield `${FIELDS.map((field) => quoted(fields[field])).join(',')}\n`
  }
}

function quoted(value: string | null): string {
  return value === null ? '' : `"${value.replaceAll('"', '""')}"`
}

async function writeLines(path: string, texts: Iterable<string>): Promise<void> {
  await pipeline(texts, createWriteStream(path))
}
