import type { Unreadable } from '../config/csv-table.ts'
import { isUnreadable } from './raw-row.ts'
import type { RawRow, RawRows } from './raw-row.ts'

/** Columns of data·inclusion v1 that hold several values. */
const LISTS: ReadonlySet<string> = new Set([
  ...['reseaux_porteurs', 'thematiques', 'publics', 'modes_accueil', 'modes_mobilisation', 'mobilisable_par'],
])

/** What a structure has from its services: all that is said by those that are about digital help. */
const JOINED = ['thematiques', 'publics', 'frais', 'modes_accueil', 'modes_mobilisation'] as const

type Said = Readonly<Record<(typeof JOINED)[number], ReadonlySet<string>>>

/** The rows of structures in data·inclusion v1, each with what its services say in columns `services[].…`. */
export async function withServices(structures: RawRows, services: RawRows | null): Promise<RawRows> {
  const said = services === null ? null : await saidByStructure(services)
  let joined = 0
  async function* rows(): AsyncGenerator<RawRow | Unreadable> {
    let [last, titles]: (readonly string[] | null)[] = [null, null]
    for await (const row of structures.rows) {
      if (isUnreadable(row)) {
        yield row
        continue
      }
      if (row.titles !== last) {
        last = row.titles
        titles = [...row.titles, ...(said === null ? [] : JOINED.map((name) => `services[].${name}`))]
      }
      const own = said?.by.get(String(cellOf(row, 'id') ?? ''))
      if (own !== undefined) joined += 1
      const values = row.values.map((value, at) => (LISTS.has(row.titles[at] ?? '') ? listOf(value) : value))
      const more = said === null ? [] : JOINED.map((name) => [...(own?.[name] ?? [])])
      yield { ...row, titles: titles ?? row.titles, values: [...values, ...more] }
    }
  }
  const notes = () => [
    ...structures.notes(),
    ...(said === null || said.read === 0
      ? [
          'Sans le fichier des services (--services), ce qu’ils disent (services, publics, frais, accès) n’est pas lu.',
        ]
      : [
          `Services lus : ${said.read}, dont ${said.digital} de médiation numérique, pour ${joined} structures de ce fichier.`,
          ...said.unreadable,
        ]),
  ]
  return { rows: rows(), notes }
}

async function saidByStructure(services: RawRows) {
  const by = new Map<string, Record<(typeof JOINED)[number], Set<string>>>()
  const unreadable: string[] = []
  let [read, digital] = [0, 0]
  for await (const row of services.rows) {
    if (isUnreadable(row)) {
      if (unreadable.length < MOST_TOLD)
        unreadable.push(`Fichier des services, ligne ${row.line} : ${row.reason}`)
      continue
    }
    read += 1
    const themes = listOf(cellOf(row, 'thematiques'))
    const structure = String(cellOf(row, 'structure_id') ?? '')
    if (structure === '' || !themes.some((theme) => theme.startsWith('numerique--'))) continue
    digital += 1
    const said = by.get(structure) ?? newSaid()
    by.set(structure, said)
    const isForPublic = listOf(cellOf(row, 'mobilisable_par')).includes('usagers')
    for (const name of JOINED)
      if (name !== 'modes_mobilisation' || isForPublic)
        for (const value of listOf(cellOf(row, name))) said[name].add(value)
  }
  return { by: by as ReadonlyMap<string, Said>, read, digital, unreadable }
}

const MOST_TOLD = 20

function newSaid(): Record<(typeof JOINED)[number], Set<string>> {
  return {
    thematiques: new Set(),
    publics: new Set(),
    frais: new Set(),
    modes_accueil: new Set(),
    modes_mobilisation: new Set(),
  }
}

function cellOf({ titles, values }: RawRow, title: string): unknown {
  return values[titles.indexOf(title)]
}

/** The values of a list: of JSON, or of a CSV, where one is written as JSON, in braces, or between signs. */
function listOf(value: unknown): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((one) => (typeof one === 'string' && one !== '' ? [one] : []))
  if (typeof value !== 'string') return []
  return value
    .replace(/^\s*[[{]|[\]}]\s*$/gu, '')
    .split(/[|;,]/u)
    .map((one) => one.trim().replace(/^["']|["']$/gu, ''))
    .filter((one) => one !== '')
}
