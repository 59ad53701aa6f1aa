import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { configDirectory, desiredBase, leadsOf, withNamedBase } from '../app.ts'
import { readAdoption } from '../config/adoption-file.ts'
import { withMappings } from '../config/columns-document.ts'
import { parseColumns } from '../config/columns-file.ts'
import type { Columns } from '../config/columns-file.ts'
import { loadGeography } from '../config/geography.ts'
import { replaceFile } from '../config/replace-file.ts'
import type { EpciFound } from '../domain/adoption/epci-names.ts'
import type { EpciToLink } from '../domain/adoption/epci-to-link.ts'
import { departmentsOf } from '../domain/departments.ts'
import type { Geography } from '../domain/geography.ts'
import type { RecordId } from '../domain/record-id.ts'
import { counted, frenchList, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { actorTables } from '../nocodb/actor-tables.ts'
import type { ActorTables } from '../nocodb/actor-tables.ts'
import { readUnlinkedActors } from '../nocodb/adoption/unlinked-actors.ts'
import type { Base } from '../nocodb/base.ts'
import { assertFits } from '../nocodb/drift.ts'
import { insertRows } from '../nocodb/insert-rows.ts'
import { traceText } from '../nocodb/epci-trace.ts'
import type { DesiredSchema } from '../nocodb/provision/desired-schema.ts'
import { EPCI_CELLS, epciMark } from '../nocodb/provision/own-writes.ts'
import { addTraceColumn, announceRows } from '../nocodb/provision/prepare-links.ts'
import type { Cells } from '../nocodb/write-back.ts'
import { writeRecords } from '../nocodb/write-records.ts'
import { readDeclaredRows } from '../nocodb/read-declared-rows.ts'
import type { EpciRow } from '../nocodb/read-declared-rows.ts'
import { agreedTo, asking } from './adopt-ask.ts'
import type { Ask } from './adopt-ask.ts'
import type { CommonOptions, Opening } from './base-options.ts'
import { finderFor, planLinks } from './link-plan.ts'
import type { Left, LinkPlan, ToLink } from './link-plan.ts'
import { askWords, wordLines } from './link-words.ts'
import { print, say } from './output.ts'
import { stampOf } from './stamp.ts'

type Options = CommonOptions & {
  readonly linkEpcis?: readonly string[] | true
  readonly yes?: true
  readonly dryRun?: true
}

/**
 * `portrea adopt --link-epcis [column …]`: fills the empty links of actors to their EPCI from a column that names it (of
 * each table of actors the first that it has) and from their commune, and makes the rows of EPCI that are missing. A link that stands, and the column, are left alone. In
 * a terminal, without --yes and --dry-run, it asks once of each word that names no EPCI for sure, and keeps the answers.
 */
export async function linkEpcis({ environment, settings, log }: Opening, options: Options): Promise<number> {
  const isAsking = !options.yes && !options.dryRun && !options.json && process.stdin.isTTY
  if (!options.yes && !options.dryRun && !isAsking)
    throw new PortreaError(
      'USAGE',
      '--link-epcis écrit dans la base : ajoutez --dry-run pour voir le plan, --yes pour le faire.',
    )
  const textColumns = Array.isArray(options.linkEpcis) ? options.linkEpcis : []
  return withNamedBase(environment, settings, log, async (base) => {
    assertFits(base)
    const geography = loadGeography()
    const { epcis } = await readDeclaredRows(base, settings.columns, geography)
    const { all: actors, unlinked } = await readUnlinkedActors(base, settings.columns, textColumns)
    const { organisations } = readAdoption(configDirectory()).people
    const found: ToLink = { actors, unlinked, epcis, geography, organisations }
    const find = finderFor(found)
    const words = agreedWords(settings.columns)
    const plan = planLinks(found, find, words)
    const desired = desiredBase(settings, leadsOf(environment))
    const run = (from: LinkPlan) => act({ base, desired, settings, plan: from, epcis, geography })
    const shownId = idsIn(actorTables(base, settings.columns))
    if (isAsking)
      return asking({ input: process.stdin, output: process.stdout }, (ask) =>
        askAndLink(
          ask,
          { plan, find, geography },
          (agreed) => planLinks(found, find, { ...words, ...agreed }),
          run,
          shownId,
        ),
      )
    const refused = options.yes ? await run(plan) : []
    const { toNote: _, words: all, ...shown } = plan
    if (options.json)
      print({
        base: base.id,
        ...shown,
        words: all.filter(({ isLike }) => isLike).map(({ isLike: __, ...word }) => word),
        linked: options.yes ? plan.links.length - refused.length : 0,
        refused,
      })
    else say(...lines(plan, options.yes === true, refused, shownId), ...wordLines(plan.words, geography))
    return refused.length > 0 ? 1 : 0
  })
}

type Asking = {
  readonly plan: LinkPlan
  readonly find: (text: string) => EpciFound
  readonly geography: Geography
}

/** Asks once a word, keeps the answers in columns.yaml, shows what comes of them, and links once it is agreed to. */
async function askAndLink(
  ask: Ask,
  { plan, find, geography }: Asking,
  again: (agreed: Readonly<Record<string, string>>) => LinkPlan,
  run: (plan: LinkPlan) => Promise<string[]>,
  shownId: ShownId,
): Promise<number> {
  say(...lines(plan, false, [], shownId))
  const agreed = await askWords(ask, plan.words, find, geography)
  const path = join(configDirectory(), 'columns.yaml')
  const count = counted(Object.keys(agreed).length, 'mot')
  if (Object.keys(agreed).length > 0 && (await agreedTo(ask, `Garder ${count} dans ${path} ?`)))
    say(typeset(`${path} est écrit ; l'ancien est gardé dans ${keepWords(path, agreed)}.`))
  const next = again(agreed)
  if (Object.keys(agreed).length > 0) say(...lines(next, false, [], shownId))
  if (!(await agreedTo(ask, 'Relier ces fiches dans votre base ?'))) {
    say(typeset('Rien n’a été écrit dans votre base.'))
    return 0
  }
  const refused = await run(next)
  say(...lines(next, true, refused, shownId))
  return refused.length > 0 ? 1 : 0
}

function keepWords(path: string, agreed: Readonly<Record<string, string>>): string {
  const before = readFileSync(path, 'utf8')
  const text = withMappings(before, [{ key: 'epci', from: null, words: agreed }])
  parseColumns(text)
  return replaceFile(path, before, text, stampOf(new Date()))
}

type Acting = {
  readonly base: Base
  readonly desired: DesiredSchema
  readonly settings: Opening['settings']
  readonly plan: LinkPlan
  readonly epcis: readonly EpciRow[]
  readonly geography: Geography
}

/**
 * Makes the missing EPCI, then the links, each with its trace, by which `remove` knows them; answers what NocoDB refused,
 * a line each.
 */
async function act(acting: Acting): Promise<string[]> {
  const { base, desired, settings, plan, epcis } = acting
  const { epcis: table } = settings.columns
  await addTraceColumn(base, desired)
  const rows = plan.toCreate.map((one) => newRow(one, acting))
  const titles = EPCI_CELLS.map((key) => table.columns[key].title)
  const marks = rows.map((row, at) => [plan.toCreate[at]!.siren, epciMark(titles.map((title) => row[title]))])
  const kept = await announceRows(base, Object.fromEntries(marks))
  if (!kept) console.error(typeset(NOT_KEPT))
  const { ids, refused } = await insertRows(base, base.table(table.title), rows)
  const idOf = new Map<string, number>()
  for (const row of epcis) if (row.siren !== null && !idOf.has(row.siren)) idOf.set(row.siren, row.id)
  for (const [at, id] of ids.entries()) if (id !== null) idOf.set(plan.toCreate[at]!.siren, id)
  const all = actorTables(base, settings.columns)
  const nameOf = (siren: string) => acting.geography.epci(siren)?.name ?? siren
  const changes = plan.links.flatMap(({ id, siren }) => {
    const target = idOf.get(siren)
    const names = all.of(id)?.names
    if (target === undefined || names === undefined) return []
    const trace = { title: names.epciTrace.title, text: traceText(nameOf(siren), target) }
    return [{ id, cells: {}, link: { title: names.epci.title, target, trace } }]
  })
  const notes = plan.toNote.flatMap((id) => {
    const names = all.of(id)?.names
    return names === undefined ? [] : [{ id, cells: { [names.epciTrace.title]: typeset(NOTE) } }]
  })
  const written = await writeRecords(base, settings.columns, [...changes, ...notes])
  const shownId = idsIn(all)
  return [
    ...refused.map(({ index, reason }) => `EPCI ${plan.toCreate[index]?.siren} : ${reason}`),
    ...written.refused.map(({ id, reason }) => `fiche ${shownId(id)} : ${reason}`),
  ]
}

const NOTE = 'À choisir : la colonne reprise et la commune ne disent pas le même EPCI'
const NOT_KEPT = "le compte n'est pas « Créateur » : `remove` ne saura pas que ces lignes EPCI viennent d'ici"

function newRow({ siren, name }: LinkPlan['toCreate'][number], { base, settings, geography }: Acting): Cells {
  const { title, columns } = settings.columns.epcis
  const isNumber = base.table(title).columns.get(columns.siren.title)?.kind === 'number'
  const official = geography.epci(siren)
  return {
    [columns.name.title]: name,
    [columns.siren.title]: isNumber ? Number(siren) : siren,
    [columns.departments.title]: frenchList(departmentsOf(official?.communes ?? [])) || null,
    [columns.population.title]: official?.population ?? null,
  }
}

/** How a record is told to a person: the number of its row, with its table where there are several. */
type ShownId = (id: RecordId) => string

function idsIn({ tables, of, rowOf }: ActorTables): ShownId {
  return (id) => (tables.length < 2 ? `${id}` : `${rowOf(id)} de « ${of(id)?.title ?? ''} »`)
}

/** The words agreed to for any of the tables of actors, each with its SIREN. */
function agreedWords({ actors, otherActors }: Columns): Readonly<Record<string, string>> {
  const all = [...otherActors, actors].map(({ columns }) => columns.epci.words ?? {})
  return Object.assign({}, ...all) as Record<string, string>
}

const LEFT: Readonly<Partial<Record<Left, string>>> = {
  emptied: "quelqu'un a vidé l'EPCI que Portrea y avait mis : il reste vide",
  disagree: "la colonne et la commune disent deux EPCI : à une personne d'en décider",
  unknown_text: "la colonne dit un EPCI qui n'est pas reconnu",
  ambiguous_text: "plusieurs EPCI portent ce nom, et la commune n'en désigne aucun",
  nothing: "ni la colonne ni la commune ne disent l'EPCI",
}
const SHOWN = 20

function lines(
  { actors, links, toCreate, left }: LinkPlan,
  done: boolean,
  refused: readonly string[],
  shownId: ShownId,
): string[] {
  const by = (what: EpciToLink['by']) => links.filter((one) => one.by === what).length
  const leftRows = Object.entries(left) as [Left, readonly number[]][]
  return [
    `${counted(actors, 'fiche')}, ${done ? 'reliées' : 'à relier'} : ${links.length} (${by('both')} par la colonne et la commune, ${by('text')} par la colonne seule, ${by('commune')} par la commune seule).`,
    ...(toCreate.length > 0
      ? [
          `${done ? 'Lignes ajoutées' : 'Lignes à ajouter'} à la table des EPCI : ${toCreate.map(({ name, siren }) => `${name} (${siren})`).join(', ')}.`,
        ]
      : []),
    ...leftRows.map(
      ([what, ids]) =>
        `• ${counted(ids.length, 'fiche')} : ${LEFT[what] ?? what} (Id ${ids.slice(0, SHOWN).map(shownId).join(', ')}${ids.length > SHOWN ? '…' : ''}).`,
    ),
    ...refused.map((one) => `✗ ${one}`),
  ].map(typeset)
}
