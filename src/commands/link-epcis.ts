import { desiredBase, leadsOf, withNamedBase } from '../app.ts'
import { loadGeography, officialEpcis } from '../config/geography.ts'
import { epciFinder } from '../domain/adoption/epci-names.ts'
import { epciToLink } from '../domain/adoption/epci-to-link.ts'
import type { EpciToLink } from '../domain/adoption/epci-to-link.ts'
import { departmentsOf } from '../domain/departments.ts'
import { placeFinder } from '../domain/completeness/place.ts'
import type { Geography } from '../domain/geography.ts'
import { counted, frenchList, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { readUnlinkedActors } from '../nocodb/adoption/unlinked-actors.ts'
import type { UnlinkedActor } from '../nocodb/adoption/unlinked-actors.ts'
import type { Base } from '../nocodb/base.ts'
import { assertFits } from '../nocodb/drift.ts'
import { insertRows } from '../nocodb/insert-rows.ts'
import { traceText } from '../nocodb/epci-trace.ts'
import type { DesiredSchema } from '../nocodb/provision/desired-schema.ts'
import { EPCI_CELLS, epciMark } from '../nocodb/provision/own-writes.ts'
import { addTraceColumn, announceRows } from '../nocodb/provision/prepare-links.ts'
import type { Cells } from '../nocodb/write-back.ts'
import { writeRows } from '../nocodb/write-rows.ts'
import { readDeclaredRows } from '../nocodb/read-declared-rows.ts'
import type { EpciRow } from '../nocodb/read-declared-rows.ts'
import type { CommonOptions, Opening } from './base-options.ts'
import { print, say } from './output.ts'

type Options = CommonOptions & {
  readonly linkEpcis?: string | true
  readonly yes?: true
  readonly dryRun?: true
}

/** What is to be linked, what is to be made for it, and what is left to a person; of rows their ids alone. */
type LinkPlan = {
  readonly actors: number
  readonly links: readonly { readonly id: number; readonly siren: string; readonly by: EpciToLink['by'] }[]
  readonly toCreate: readonly { readonly siren: string; readonly name: string }[]
  readonly left: Readonly<Partial<Record<Left, readonly number[]>>>
  /** Of those left, the ones beside which nothing says yet that they are a person's to choose. */
  readonly toNote: readonly number[]
}

/** Why a record is left: what the column and the commune say; or somebody emptied a link that Portrea had filled. */
type Left = EpciToLink['by'] | 'emptied'

/**
 * `portrea adopt --link-epcis [column]`: fills the empty links of actors to their EPCI from a column that names it and
 * from their commune, and makes the rows of EPCI that are missing. A link that stands, and the column, are left alone.
 */
export async function linkEpcis({ environment, settings, log }: Opening, options: Options): Promise<number> {
  if (!options.yes && !options.dryRun)
    throw new PortreaError(
      'USAGE',
      '--link-epcis écrit dans la base : ajoutez --dry-run pour voir le plan, --yes pour le faire.',
    )
  const column = typeof options.linkEpcis === 'string' ? options.linkEpcis : null
  return withNamedBase(environment, settings, log, async (base) => {
    assertFits(base)
    const geography = loadGeography()
    const { epcis } = await readDeclaredRows(base, settings.columns, geography)
    const { all, unlinked } = await readUnlinkedActors(base, settings.columns, column)
    const plan = planLinks(all, unlinked, epcis, geography)
    const desired = desiredBase(settings, leadsOf(environment))
    const refused = options.yes ? await act({ base, desired, settings, plan, epcis, geography }) : []
    const { toNote: _, ...shown } = plan
    if (options.json)
      print({
        base: base.id,
        ...shown,
        linked: options.yes ? plan.links.length - refused.length : 0,
        refused,
      })
    else say(...lines(plan, options.yes === true, refused))
    return refused.length > 0 ? 1 : 0
  })
}

function planLinks(
  actors: number,
  unlinked: readonly UnlinkedActor[],
  epcis: readonly EpciRow[],
  geography: Geography,
): LinkPlan {
  const own = epcis.flatMap(({ siren, name }) => (siren === null ? [] : [{ siren, name }]))
  const find = epciFinder([...own, ...officialEpcis()])
  const place = placeFinder(geography)
  const decided = unlinked.map(({ id, fields, text, trace }): Decided => {
    if (trace?.sure === true && trace.row !== null) return { id, trace, siren: null, by: 'emptied' }
    const commune = place({ fields, linkedEpci: null }).epci
    return { id, trace, ...epciToLink(text === null ? null : find(text), commune) }
  })
  const links = decided.flatMap(({ id, siren, by }) =>
    siren === null || by === 'emptied' ? [] : [{ id, siren, by }],
  )
  const known = new Set(own.map(({ siren }) => siren))
  const missing = [...new Set(links.map(({ siren }) => siren))].filter((siren) => !known.has(siren)).sort()
  const left = Map.groupBy(
    decided.filter(({ siren }) => siren === null),
    ({ by }) => by,
  )
  return {
    actors,
    links,
    toCreate: missing.map((siren) => ({ siren, name: geography.epci(siren)?.name ?? siren })),
    left: Object.fromEntries([...left].map(([by, rows]) => [by, rows.map(({ id }) => id)])),
    toNote: decided.flatMap(({ id, by, trace }) => (trace === null && TO_CHOOSE.has(by) ? [id] : [])),
  }
}

type Decided = Pick<UnlinkedActor, 'id' | 'trace'> & { readonly siren: string | null; readonly by: Left }

/** The column names an EPCI that the commune does not confirm: the nightly run, which does not read it, must not choose. */
const TO_CHOOSE: ReadonlySet<Left> = new Set(['disagree', 'unknown_text', 'ambiguous_text'])

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
  const { epcis: table, actors } = settings.columns
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
  const { epci, epciTrace } = actors.columns
  const nameOf = (siren: string) => acting.geography.epci(siren)?.name ?? siren
  const changes = plan.links.flatMap(({ id, siren }) => {
    const target = idOf.get(siren)
    const trace = (row: number) => ({ title: epciTrace.title, text: traceText(nameOf(siren), row) })
    return target === undefined
      ? []
      : [{ id, cells: {}, link: { title: epci.title, target, trace: trace(target) } }]
  })
  const notes = plan.toNote.map((id) => ({ id, cells: { [epciTrace.title]: typeset(NOTE) } }))
  const written = await writeRows(base, base.table(actors.title), [...changes, ...notes])
  return [
    ...refused.map(({ index, reason }) => `EPCI ${plan.toCreate[index]?.siren} : ${reason}`),
    ...written.refused.map(({ id, reason }) => `fiche ${id} : ${reason}`),
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
        `• ${counted(ids.length, 'fiche')} : ${LEFT[what] ?? what} (Id ${ids.slice(0, SHOWN).join(', ')}${ids.length > SHOWN ? '…' : ''}).`,
    ),
    ...refused.map((one) => `✗ ${one}`),
  ].map(typeset)
}
