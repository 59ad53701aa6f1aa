import type { RowId } from '../nocodb/cells.ts'
import { readActors } from '../nocodb/read-actors.ts'
import { readSirens } from '../nocodb/epci-identity.ts'
import type { Change } from '../nocodb/write-rows.ts'
import { forgetRecords, recordsBetween, saveRecords } from '../store/records.ts'
import { compileCensus, startCensus } from './census.ts'
import type { PageOutcome } from './census.ts'
import { dissolvedEpcis } from './dissolved-epcis.ts'
import { epciLinks, linkMeans } from './epci-links.ts'
import { pageInSlices } from './in-slices.ts'
import { parisDay } from '../domain/days.ts'
import type { SyncParts } from './parts.ts'
import type { Remembered } from './remembered.ts'
import { reportedList } from './reported.ts'
import { NOT_FOLLOWED } from './territory-prefill.ts'
import type { Sink } from './write-plan.ts'

/** What a page of actors asks for, and which records known before are there no more. */
export type ActorOutcome = PageOutcome & { readonly gone: readonly RowId[] }

/** What stands between the reading of the actors and what is written of it. */
export type Gate = {
  /** What one page asks for. */
  take(outcome: ActorOutcome): Promise<void>
  /** Cells that only all pages together tell. */
  late(changes: readonly Change[]): Promise<void>
  /** Lets through what was kept. A gate that is never opened leaves base and store as they were. */
  open(): Promise<void>
  /** Cells and rows of actors that were asked for so far. */
  asked(): { readonly rows: number; readonly cells: number }
}

/** For whoever reads to know, and writes nothing. */
export const READ_ONLY = {
  written: () => false,
  gate: { take: async () => undefined, late: async () => undefined },
} as const

type Parts = SyncParts & {
  readonly sink: Sink
  /** Whether the store learns what was seen: not in a dry run. */
  readonly learns: boolean
  readonly written: (siren: string | null) => boolean
}

/** An open gate: nothing is known to hold the reading against, each page is written while the next is read. */
export function openGate(parts: Parts): Gate {
  const asked = { rows: 0, cells: 0 }
  return {
    async take({ changes, ...known }) {
      count(asked, changes)
      await learn(parts, known)
      await takeActors(parts, changes)
    },
    async late(changes) {
      count(asked, changes)
      await takeActors(parts, changes)
    },
    open: async () => {},
    asked: () => asked,
  }
}

/** Some 10 MB of cells. */
const MOST_ROWS = 8_000

/**
 * A closed gate keeps what the pages ask for: mostly next to nothing. Where it is more than MOST_ROWS (other rules, a new
 * year), the cells are let go, and found again by a second reading once it opens: a run stays within its memory.
 */
export function closedGate(parts: Parts, mostRows = MOST_ROWS): Gate {
  const asked = { rows: 0, cells: 0 }
  let kept: Change[] = []
  let tooMany = false
  const late: Change[] = []
  const remember: Remembered[] = []
  const gone: RowId[] = []
  return {
    async take(outcome) {
      count(asked, outcome.changes)
      for (const one of outcome.remember) remember.push(one)
      for (const id of outcome.gone) gone.push(id)
      if (!tooMany) kept.push(...outcome.changes)
      if (kept.length <= mostRows) return
      tooMany = true
      kept = []
    },
    async late(changes) {
      count(asked, changes)
      late.push(...changes)
    },
    async open() {
      await learn(parts, { remember, gone })
      if (tooMany) await readAgain(parts)
      else await takeActors(parts, kept)
      await takeActors(parts, late)
    },
    asked: () => asked,
  }
}

function count(asked: { rows: number; cells: number }, changes: readonly Change[]): void {
  asked.rows += changes.length
  for (const { cells, link } of changes) asked.cells += Object.keys(cells).length + (link ? 2 : 0)
}

async function learn(
  { store, base, learns }: Parts,
  { remember, gone }: Pick<ActorOutcome, 'remember' | 'gone'>,
): Promise<void> {
  if (!learns) return
  if (remember.length > 0) await saveRecords(store, base.id, remember)
  if (gone.length > 0) await forgetRecords(store, base.id, gone)
}

async function takeActors({ sink, columns }: Parts, changes: readonly Change[]): Promise<void> {
  if (changes.length > 0) await sink.take(columns.actors.title, changes)
}

/** What each record says of itself, once more; what others tell of it stands, or comes late. */
async function readAgain(parts: Parts): Promise<void> {
  const { base, columns, rules, geography, store, written } = parts
  const today = parisDay(parts.now())
  const compiled = compileCensus({ rules, geography, today })
  const dissolved = dissolvedEpcis(geography)
  let last = 0
  const sirens = await readSirens(base, columns, geography)
  const beside = { followedIn: NOT_FOLLOWED, links: epciLinks({ ...(await linkMeans(parts)), sirens }) }
  for await (const page of readActors(base, columns, sirens)) {
    const end = page.at(-1)?.id ?? last
    const known = await recordsBetween(store, base.id, last + 1, end)
    last = end
    // A census a page: it is asked for no sum, and would grow.
    const census = startCensus({
      ...{ rules, geography, columns, today, reported: reportedList(), dissolved, compiled },
      ...{ whole: false, written },
    })
    await takeActors(parts, (await pageInSlices(census, page, known, beside)).changes)
  }
}
