import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Unreadable } from '../../src/config/csv-table.ts'
import { headerReader } from '../../src/config/headers.ts'
import { readAdoption } from '../../src/config/adoption-file.ts'
import { readSources } from '../../src/config/sources.ts'
import type { SourceRecord } from '../../src/domain/import/source-record.ts'
import { readSource } from '../../src/files/read-source.ts'
import type { ReadBy } from '../../src/files/read-source.ts'
import { CONFIG, rules } from '../helpers/rules.ts'

export const HEADERS = headerReader(readAdoption(CONFIG))
export const SOURCES = readSources(CONFIG, rules)

/** A folder for the files of one test file, removed at its end. */
export function temporaryFiles(): (content: string | Buffer, ending?: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'portrea-files-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  let count = 0
  return (content, ending = '') => {
    const path = join(folder, `liste-${++count}${ending}`)
    writeFileSync(path, content)
    return path
  }
}

/** Everything that a source says. */
export async function readAll(path: string, by: Partial<ReadBy> = {}) {
  const reading = await readSource(path, { source: null, headers: HEADERS, ...by })
  const records: SourceRecord[] = []
  const unreadable: Unreadable[] = []
  for await (const one of reading.records) {
    if ('reason' in one) unreadable.push(one)
    else records.push(one)
  }
  return { records, unreadable, notes: reading.notes(), progress: reading.progress() }
}

/** The fields of a record that are filled. */
export function said({ actor }: SourceRecord): Record<string, string> {
  return Object.fromEntries(
    Object.entries(actor.fields).filter((entry): entry is [string, string] => entry[1] !== null),
  )
}

export async function* inChunks(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}
