import { randomUUID } from 'node:crypto'
import type { Headers } from '../config/headers.ts'
import { readingDigest } from '../config/sources.ts'
import type { Source } from '../config/sources.ts'
import { parisDay } from '../domain/days.ts'
import { importSentences } from '../domain/import/import-sentences.ts'
import { typeset } from '../domain/typography.ts'
import { runImport } from '../engine/import/run-import.ts'
import type { ImportResult } from '../engine/import/run-import.ts'
import { recordImport } from '../engine/record-run.ts'
import type { SyncContext } from '../engine/sync-context.ts'
import { PortreaError } from '../errors.ts'
import type { FetchedList } from '../files/fetch-list.ts'
import { readSource } from '../files/read-source.ts'
import { readWatermark, saveWatermark } from '../store/watermarks.ts'
import { withList } from './with-list.ts'

/** What sources are kept up with. */
export type KeepParts = {
  readonly sources: readonly Source[]
  /** By which the columns of a list in the standard are known. */
  readonly headers: Headers
  /** Where what is fetched lies. */
  readonly folder: string
  readonly signal: AbortSignal
}

/**
 * Reads the sources whose rhythm says so (`every` of config/sources/): each is fetched, held against the base and proposed, and
 * what came of it stands in « Synchronisations ». One that fails is told, and read again the next night; none keeps another
 * from its turn. One that has not changed is left where it is.
 */
export async function keepSources(context: SyncContext, parts: KeepParts): Promise<void> {
  const today = parisDay(context.now())
  for (const source of parts.sources) {
    if (parts.signal.aborted) return
    const { store, base } = context
    if (!isDue(source, await readWatermark(store, base.id, mark(source)), today)) continue
    // One that failed has its next turn the next night.
    if ((await readWatermark(store, base.id, tried(source))) === today) continue
    await saveWatermark(store, base.id, tried(source), today)
    await keepOne(context, parts, source, today)
  }
}

/**
 * Whether a source is to be read on this day.
 * @param last the day of its last reading, 'YYYY-MM-DD'; null: never
 */
export function isDue({ every, url }: Source, last: string | null, today: string): boolean {
  if (every === undefined || url === undefined) return false
  if (last === null) return true
  return every === 'night' ? last < today : last.slice(0, 7) < today.slice(0, 7)
}

function mark({ name }: Source): string {
  return `source ${name}`
}

function tried({ name }: Source): string {
  return `source tried ${name}`
}

async function keepOne(context: SyncContext, parts: KeepParts, source: Source, today: string): Promise<void> {
  const { log, now } = context
  const run = { id: randomUUID(), startedAt: now(), trigger: 'night' } as const
  const began = performance.now()
  try {
    const result = await readOnce(context, parts, source, today)
    if (result === null) {
      log.info({ source: source.name }, 'the source has not changed, or was read elsewhere')
      return
    }
    log.info({ source: source.name, ...result.counts, proposed: result.proposed }, 'the source is read')
    const seconds = (performance.now() - began) / 1000
    await recordImport(context, run, {
      outcome: result.refused.length > 0 ? 'refusals' : 'done',
      message: sentenceOf(source, [...importSentences(result), ...result.notes]),
      ...{ seconds, rowsWritten: result.proposed, refused: result.refused.length },
    })
  } catch (cause) {
    if (parts.signal.aborted) return
    log.error({ source: source.name, err: cause }, 'the source could not be read')
    const why = cause instanceof PortreaError ? cause.message : 'le journal du service dit pourquoi.'
    await recordImport(context, run, {
      ...{ outcome: 'failed', message: sentenceOf(source, [`elle n'a pas pu être lue : ${why}`]) },
      ...{ seconds: (performance.now() - began) / 1000, rowsWritten: 0, refused: 0 },
    }).catch((err: unknown) =>
      log.warn({ source: source.name, err }, 'the failed source has no row in NocoDB'),
    )
  }
}

function sentenceOf({ title }: Source, sentences: readonly string[]): string {
  return typeset(`Source « ${title} » :\n${sentences.join('\n') || 'rien de nouveau.'}`)
}

/** What came of a list, and what was found odd in it, in French. */
type Kept = ImportResult & { readonly notes: readonly string[] }

const WEEK_MS = 7 * 24 * 60 * 60 * 1000

/**
 * Waits for whoever fetches a list at this instant: where that was another replica, the source is not due any more.
 * null: it has not changed since it was read, or another replica read it.
 */
async function readOnce(
  context: SyncContext,
  parts: KeepParts,
  source: Source,
  today: string,
): Promise<Kept | null> {
  const { store, base, rules, now } = context
  const { folder, signal } = parts
  // Once a week a list is read again though it has not changed: the base has.
  const week = Math.floor(now().getTime() / WEEK_MS)
  const places = { list: source.url ?? '', services: source.services }
  const { allowPrivate, megabytes, minutes } = source
  const by = {
    ...{ folder, allowPrivate, megabytes, minutes, signal, onlyIfChanged: true, waits: true },
    readAs: [readingDigest(source), base.id, rules.fingerprint, week].join(' '),
    wanted: async () => isDue(source, await readWatermark(store, base.id, mark(source)), today),
  }
  return withList(store, places, by, async (list) => {
    const result = await proposeList(context, parts, source, list)
    await saveWatermark(store, base.id, mark(source), today)
    return result
  })
}

async function proposeList(
  context: SyncContext,
  { headers, signal }: KeepParts,
  source: Source,
  list: FetchedList,
): Promise<Kept | null> {
  if (list.fetched?.status === 'unchanged') return null
  const { name, title, sheet, url = '' } = source
  const { records, absent, notes } = await readSource(list.path, {
    ...{ source, headers, sheet, name: url },
    services: list.services,
  })
  const result = await runImport(
    context,
    { name, title, records, absent },
    { dryRun: false, waits: true, signal },
  )
  // What was not proposed is read again, whether or not the list has changed.
  if (result.refused.length === 0) await list.keep()
  return { ...result, notes: notes() }
}
