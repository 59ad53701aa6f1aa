import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { withSyncParts } from '../app.ts'
import type { Settings } from '../app.ts'
import type { DayFacts } from '../domain/day-facts.ts'
import { counted, typeset } from '../domain/typography.ts'
import { readOnly } from '../engine/read-base.ts'
import type { SyncContext } from '../engine/sync-context.ts'
import { PortreaError } from '../errors.ts'
import { baseAddress, dashboardAddress } from '../nocodb/dashboard.ts'
import { assertFits } from '../nocodb/drift.ts'
import { sirensOf } from '../nocodb/epci-identity.ts'
import { linkedActors } from '../nocodb/read-actors.ts'
import { namedParticipants, readDayPlaces, readDays } from '../nocodb/read-day-facts.ts'
import { readDeclaredRows } from '../nocodb/read-declared-rows.ts'
import { dayPapers } from '../papers/day-papers.ts'
import type { DayPaper, PaperFacts } from '../papers/day-papers.ts'
import { pdfName } from '../papers/file-name.ts'
import { openPrintShop } from '../papers/print-shop.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { dayAsked } from './day-asked.ts'
import { print, say } from './output.ts'
import { refuseExisting, writeNewFile } from './write-new-file.ts'

type Options = CommonOptions & { readonly kind?: readonly string[]; readonly out?: string }

/**
 * `portrea papers JOURNEE [--kind KEY …] [--out DIR]`: the papers of a journée as the pages print them, in files that are not
 * there yet; every one is made before the first is written. Throws USAGE, INPUT_INVALID, CONFIG_INVALID.
 */
export async function papersCommand(asked: string, options: Options): Promise<number> {
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const papers = chosen(dayPapers(settings.papers), options.kind ?? [])
  const { day, facts } = await withSyncParts(environment, settings, log, async (parts) => {
    assertFits(parts.base)
    return factsOf(parts, settings, papers, asked)
  })
  const folder = options.out ?? '.'
  const files = papers.map((paper) => ({
    paper,
    path: join(folder, pdfName(paper.key, day.date ?? '', day.epci?.name ?? day.name ?? '')),
  }))
  for (const { path } of files) refuseExisting(path)
  const made: {
    readonly key: string
    readonly path: string
    readonly pdf: Uint8Array
    readonly pages: number
  }[] = []
  const shop = openPrintShop(settings)
  try {
    for (const { paper, path } of files)
      made.push({ key: paper.key, path, ...(await shop.print(paper.template, paper.data(facts))) })
  } finally {
    shop.close()
  }
  mkdirSync(folder, { recursive: true })
  for (const { path, pdf } of made) writeNewFile(path, Buffer.from(pdf))
  if (options.json)
    print({ day: day.id, files: made.map(({ key, path, pages }) => ({ kind: key, path, pages })) })
  else say(...made.map(({ path, pages }) => typeset(`${path} : ${counted(pages, 'page')}`)))
  return 0
}

/** Those asked for, in the order in which they are offered; all of them where none is. */
function chosen(all: readonly DayPaper[], kinds: readonly string[]): readonly DayPaper[] {
  const unknown = kinds.filter((kind) => !all.some(({ key }) => key === kind))
  if (unknown.length === 0) return kinds.length === 0 ? all : all.filter(({ key }) => kinds.includes(key))
  const known = all.map(({ key, title }) => `  ${key} : ${title}`)
  throw new PortreaError(
    'USAGE',
    [`--kind ${unknown.join(', ')} : ce document n’existe pas. Il y a :`, ...known].map(typeset).join('\n'),
  )
}

/** No more is read than these papers show; names stay in memory. */
async function factsOf(
  parts: SyncContext,
  { rules, papers: settings }: Settings,
  papers: readonly DayPaper[],
  asked: string,
): Promise<{ readonly day: DayFacts; readonly facts: PaperFacts }> {
  const { base, columns, geography } = parts
  const id = await dayAsked(parts, asked, '')
  const [day] = await readDays(base, columns, geography, id)
  if (day === undefined)
    throw new PortreaError('INPUT_INVALID', typeset(`La journée ${id} vient de disparaître.`))
  const siren = day.epci?.siren ?? null
  const needs = new Set(papers.map((paper) => paper.needs))
  const facts = {
    day,
    participants: needs.has('participants') ? await namedParticipants(base, columns, id) : [],
    places: needs.has('places') && siren !== null ? await placesOf(parts, siren) : [],
    report: siren === null ? null : await reportOf(parts, siren),
    ...{ settings, bounds: rules['success-conditions'].groups, referentials: rules.referentials },
  }
  return { day, facts }
}

async function placesOf(parts: SyncContext, siren: string) {
  const { base, columns, geography } = parts
  const { epcis } = await readDeclaredRows(base, columns, geography)
  const rows = [...sirensOf(epcis).of].flatMap(([id, one]) => (one === siren ? [id] : []))
  const ids = await linkedActors(base, columns, rows)
  return readDayPlaces(base, columns, ids, baseAddress(await dashboardAddress(base.http), base.id))
}

async function reportOf(parts: SyncContext, siren: string) {
  const { reports } = await readOnly(parts)
  return reports.find((one) => one.siren === siren) ?? null
}
