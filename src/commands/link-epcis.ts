import { withNamedBase } from '../app.ts'
import { loadGeography, officialEpcis } from '../config/geography.ts'
import { epciFinder } from '../domain/adoption/epci-names.ts'
import { epciToLink } from '../domain/adoption/epci-to-link.ts'
import type { EpciToLink } from '../domain/adoption/epci-to-link.ts'
import { placeFinder } from '../domain/completeness/place.ts'
import type { Geography } from '../domain/geography.ts'
import { counted, frenchList, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { readUnlinkedActors } from '../nocodb/adoption/unlinked-actors.ts'
import type { UnlinkedActor } from '../nocodb/adoption/unlinked-actors.ts'
import type { Base } from '../nocodb/base.ts'
import { assertFits } from '../nocodb/drift.ts'
import { insertRows } from '../nocodb/insert-rows.ts'
import { setLinks } from '../nocodb/links.ts'
import { readTerritories } from '../nocodb/read-territories.ts'
import type { EpciRow } from '../nocodb/read-territories.ts'
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
  readonly left: Readonly<Partial<Record<EpciToLink['by'], readonly number[]>>>
}

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
    const { epcis } = await readTerritories(base, settings.columns)
    const { all, unlinked } = await readUnlinkedActors(base, settings.columns, column)
    const plan = planLinks(all, unlinked, epcis, geography)
    const refused = options.yes ? await act(base, settings.columns, plan, epcis, geography) : []
    if (options.json)
      print({ base: base.id, ...plan, linked: options.yes ? plan.links.length - refused.length : 0, refused })
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
  const decided = unlinked.map(({ id, fields, text }) => {
    const commune = place({ fields, linkedEpci: null }).epci
    return { id, ...epciToLink(text === null ? null : find(text), commune) }
  })
  const links = decided.flatMap(({ id, siren, by }) => (siren === null ? [] : [{ id, siren, by }]))
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
  }
}

/** Makes the missing EPCI, then the links; answers what NocoDB refused, a line each. */
async function act(
  base: Base,
  { epcis: table, actors }: Opening['settings']['columns'],
  { links, toCreate }: LinkPlan,
  epcis: readonly EpciRow[],
  geography: Geography,
): Promise<string[]> {
  const { siren, name, departments, population } = table.columns
  const rows = toCreate.map((one) => {
    const official = geography.epci(one.siren)
    return {
      [name.title]: one.name,
      [siren.title]: one.siren,
      [departments.title]: frenchList(departmentsOf(official?.communes ?? [])) || null,
      [population.title]: official?.population ?? null,
    }
  })
  const { ids, refused } = await insertRows(base, base.table(table.title), rows)
  const idOf = new Map<string, number>()
  for (const row of epcis) if (row.siren !== null && !idOf.has(row.siren)) idOf.set(row.siren, row.id)
  for (const [at, id] of ids.entries()) if (id !== null) idOf.set(toCreate[at]!.siren, id)
  const pairs = links.flatMap(({ id, siren: wanted }) => {
    const target = idOf.get(wanted)
    return target === undefined ? [] : [{ id, target }]
  })
  const linked = await setLinks(base, base.table(actors.title), actors.columns.epci.title, pairs)
  return [
    ...refused.map(({ index, reason }) => `EPCI ${toCreate[index]?.siren} : ${reason}`),
    ...linked.refused.map(({ id, reason }) => `fiche ${id} : ${reason}`),
  ]
}

/** The départements of communes, by the beginning of their INSEE codes. */
function departmentsOf(communes: readonly string[]): string[] {
  const codes = communes.map((code) => (/^9[78]/u.test(code) ? code.slice(0, 3) : code.slice(0, 2)))
  return [...new Set(codes)].sort()
}

const LEFT: Readonly<Partial<Record<EpciToLink['by'], string>>> = {
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
  const leftRows = Object.entries(left) as [EpciToLink['by'], readonly number[]][]
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
