import { basename } from 'node:path'
import { configDirectory } from '../app.ts'
import { readAdoption } from '../config/adoption-file.ts'
import type { Columns } from '../config/columns-file.ts'
import type { Unreadable } from '../config/csv-table.ts'
import { loadGeography } from '../config/geography.ts'
import { headerReader } from '../config/headers.ts'
import { readSources } from '../config/sources.ts'
import type { Source } from '../config/sources.ts'
import { compileActorRules } from '../domain/completeness/assess-actor.ts'
import { parisDay } from '../domain/days.ts'
import { FIELDS } from '../domain/fields.ts'
import type { FieldName } from '../domain/fields.ts'
import type { SourceRecord } from '../domain/import/source-record.ts'
import { typeset } from '../domain/typography.ts'
import type { FetchedList } from '../files/fetch-list.ts'
import type { About } from '../files/fetch-source.ts'
import { readSource } from '../files/read-source.ts'
import { open } from './base-options.ts'
import type { CommonOptions, Opening } from './base-options.ts'
import { proposedLines, proposeFrom } from './import-proposals.ts'
import type { ProposedDocument } from './import-proposals.ts'
import { meantBy, withObtained } from './import-source-list.ts'
import type { Meant } from './import-source-list.ts'
import { sourceLines } from './import-source-text.ts'
import { print, say } from './output.ts'
import { progressBar } from './progress.ts'

/** Options of `import SOURCE`. */
export type SourceOptions = CommonOptions & {
  readonly as?: string
  readonly sheet?: string
  readonly services?: string
  readonly again?: true
  readonly dryRun?: true
}

/** What a source says: counts, and its rows that could not be read; never a text of a record. */
export type SourceDocument = {
  readonly source: Pick<Source, 'name' | 'title' | 'producer' | 'licence' | 'attribution'> | null
  /** The name of the file, or the address. */
  readonly file: string
  /** What was fetched; null: it was a file. */
  readonly fetched: About | null
  readonly records: number
  /** Records whose EPCI cannot be told. */
  readonly unplaced: number
  readonly epcis: readonly {
    readonly siren: string
    readonly name: string | null
    readonly records: number
  }[]
  /** Of each field: the records that say it, and those of them where what is said is to be mended. */
  readonly fields: readonly {
    readonly field: FieldName
    readonly filled: number
    readonly blocking: number
  }[]
  readonly unreadable: readonly Unreadable[]
  /** What it brings to the base; null: no base was given. */
  readonly proposed: ProposedDocument | null
  readonly notes: readonly string[]
}

/** `portrea import SOURCE`: reads a list that somebody keeps, a preset's or a file by itself, and tells what it says. */
export async function importSource(named: string, options: SourceOptions): Promise<number> {
  const opening = open(options, [])
  const sources = readSources(configDirectory(), opening.settings.rules)
  const meant = meantBy(named, options, sources)
  return withObtained(meant, opening.environment, options, (list) => tell(list, meant, options, opening))
}

async function tell(
  list: FetchedList,
  meant: Meant,
  options: SourceOptions,
  opening: Opening,
): Promise<number> {
  if (list.fetched?.status === 'unchanged') return tellUnchanged(meant, list.fetched.about, options)
  const document = await read(list, meant, options, opening)
  for (const note of document.notes) console.error(typeset(note))
  if (options.json) print(document)
  else
    say(
      ...sourceLines(document, titlesOf(opening.settings.columns)),
      ...proposalLines(document, options, opening),
    )
  // What was not proposed yet is read again, whether or not it has changed.
  const refused = document.proposed?.refused.length ?? 0
  if (!options.dryRun && document.proposed !== null && refused === 0) await list.keep()
  if (refused > 0) return 1
  return document.unplaced > 0 || document.unreadable.length > 0 ? 1 : 0
}

function proposalLines(
  { proposed }: SourceDocument,
  { dryRun }: SourceOptions,
  { settings }: Opening,
): string[] {
  return proposedLines(proposed, dryRun ?? false, settings.columns.proposals.title).map(typeset)
}

async function read(
  list: FetchedList,
  { source, file }: Meant,
  options: SourceOptions,
  opening: Opening,
): Promise<SourceDocument> {
  const bar = progressBar('Ko')
  const told = tally(opening)
  try {
    const reading = await readSource(list.path, {
      source,
      headers: headerReader(readAdoption(configDirectory()), ownTitles(opening.settings.columns)),
      sheet: options.sheet ?? source?.sheet,
      services: list.services,
      name: file,
    })
    const records = async function* () {
      for await (const record of reading.records) {
        told.add(record)
        const { done, total } = reading.progress()
        if (told.count() % 500 === 0) bar.update(Math.round(done / 1024), Math.round(total / 1024))
        yield record
      }
    }
    const named = list.fetched === null ? basename(file) : file
    const { name, title } = source ?? { name: named, title: named }
    const proposed = await proposeFrom(
      opening,
      { name, title, records: records(), absent: reading.absent },
      options,
    )
    return {
      source: source === null ? null : aboutOf(source),
      file: named,
      fetched: list.fetched === null ? null : list.fetched.about,
      ...told.result(),
      proposed,
      notes: [...sameNotes(list), ...reading.notes()],
    }
  } finally {
    bar.stop()
  }
}

function sameNotes({ fetched }: FetchedList): string[] {
  return fetched?.status === 'read' && fetched.isSame
    ? ['Cette liste est, au signe près, celle de la dernière lecture.']
    : []
}

/** Nothing is read: what was said the last time still holds. */
function tellUnchanged({ source, file }: Meant, about: About, { json }: SourceOptions): number {
  if (json) print({ source: source === null ? null : aboutOf(source), file, fetched: about, unchanged: true })
  else
    say(
      typeset(
        `${file} n’a pas changé depuis sa lecture du ${about.readAt.slice(0, 10)} : elle n’est pas relue (--again la relit).`,
      ),
    )
  return 0
}

function aboutOf({
  name,
  title,
  producer,
  licence,
  attribution,
}: Source): NonNullable<SourceDocument['source']> {
  return { name, title, producer, licence, attribution }
}

function tally({ settings }: Opening) {
  const geography = loadGeography()
  const judge = compileActorRules(settings.rules.completeness, geography, parisDay(new Date()), 'publication')
  const unreadable: Unreadable[] = []
  const epcis = new Map<string | null, number>()
  const fields = new Map(FIELDS.map((field) => [field, { filled: 0, blocking: 0 }]))
  let records = 0
  return {
    add(read: SourceRecord | Unreadable): void {
      if ('reason' in read) {
        unreadable.push(read)
        return
      }
      records += 1
      const { epci, findings } = judge(read.actor)
      epcis.set(epci, (epcis.get(epci) ?? 0) + 1)
      const blocked = new Set(findings.flatMap((one) => (one.severity === 'blocking' ? [one.field] : [])))
      for (const [field, counts] of fields) {
        if (read.actor.fields[field] === null) continue
        counts.filled += 1
        if (blocked.has(field)) counts.blocking += 1
      }
    },
    count: () => records + unreadable.length,
    result: () => ({
      records,
      unplaced: epcis.get(null) ?? 0,
      epcis: [...epcis]
        .flatMap(([siren, its]) =>
          siren === null ? [] : [{ siren, name: geography.epci(siren)?.name ?? null, records: its }],
        )
        .toSorted((one, other) => (one.siren < other.siren ? -1 : 1)),
      fields: [...fields].map(([field, counts]) => ({ field, ...counts })),
      unreadable,
    }),
  }
}

/** The titles of the base's own table, but of what it does not hold in one column of that title. */
function ownTitles({ actors }: Columns): Partial<Record<FieldName, string>> {
  return Object.fromEntries(
    FIELDS.flatMap((field) =>
      actors.columns[field].from === undefined ? [[field, actors.columns[field].title]] : [],
    ),
  )
}

function titlesOf({ actors }: Columns): (field: FieldName) => string {
  return (field) => actors.columns[field].title
}
