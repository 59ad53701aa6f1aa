import { FIELDS } from '../../../src/domain/fields.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import type { OwnColumn } from '../bases.ts'
import type { Day, Lieu } from './places.ts'

/** How a column takes part in a field of ours that several columns make. */
export type Part =
  /** Ticked (x, Oui, a checkbox): the field has this value of the standard. */
  | { readonly kind: 'word'; readonly key: string; readonly word: string }
  /** The opening hours of one day. */
  | { readonly kind: 'day'; readonly day: Day }
  /** Joined by a space with those beside it, in the order of the table. */
  | { readonly kind: 'join'; readonly key: string }
  /** The first of these columns that holds something; of mails all of them. */
  | { readonly kind: 'first' | 'all'; readonly key: string }
  /** « latitude, longitude » in one cell. */
  | { readonly kind: 'point' }
  /** The postal code and the commune in one cell, behind the street where it is a whole address. */
  | { readonly kind: 'town' }
  | { readonly kind: 'address' }

/** A column of somebody's, what its cells show, and what of ours it is. */
type Described<T> = OwnColumn & {
  readonly shows: (subject: T, at: number) => unknown
  /** The key of the column of ours that it is by itself. */
  readonly is?: string
  readonly part?: Part
  /** What a person reads there, in the words of the standard, where it is not what the place is known for. */
  readonly reads?: (subject: T, at: number) => string | null
  /** One cell of so many is empty. */
  readonly empty?: number
}

export type UnlikeColumn = OwnColumn & {
  readonly is: string | null
  readonly part: Part | null
  /** What each row shows there; null: an empty cell. */
  readonly cells: readonly unknown[]
  /** What a person reads there, in the words of the standard. */
  readonly readings: readonly (string | null)[]
}

export type UnlikeTable = {
  readonly title: string
  /** The key of the table of ours that it is; null: none. */
  readonly ours: string | null
  readonly columns: readonly UnlikeColumn[]
}

/** A base as somebody made it, unlike ours, with what a person who reads it knows of it. */
export type UnlikeBase = {
  readonly name: string
  readonly tables: readonly UnlikeTable[]
  /** The same value for every row of a table: `actors.typologie` → RFS. */
  readonly constants?: Readonly<Record<string, string>>
  /** Their own words for values of the standard: `actors.typologie` → theirs → the standard's. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** What is right for a column of ours: one of theirs, or several together. */
export type Right =
  | { readonly kind: 'column'; readonly title: string }
  | { readonly kind: 'words'; readonly columns: Readonly<Record<string, string>> }
  | { readonly kind: 'days'; readonly columns: Readonly<Partial<Record<Day, string | readonly string[]>>> }
  | { readonly kind: 'join' | 'first' | 'all'; readonly columns: readonly string[] }
  | { readonly kind: 'point'; readonly title: string; readonly part: 'latitude' | 'longitude' }
  | { readonly kind: 'address'; readonly title: string }
  | { readonly kind: 'constant'; readonly value: string }

/** A column of their table; `is` the key of ours that it is. */
export function column<T>(
  title: string,
  shows: (subject: T, at: number) => unknown,
  is?: string,
  more: Partial<Described<T>> = {},
): Described<T> {
  return { title, shows, ...(is === undefined ? {} : { is }), ...more }
}

/** A column that is ticked where `has`: with `mark`, or as a checkbox where that is true. */
export function ticked<T>(
  title: string,
  key: string,
  word: string,
  has: (subject: T) => boolean,
  mark: string | true = 'x',
): Described<T> {
  return {
    title,
    shows: (subject) => (has(subject) ? mark : mark === true ? false : null),
    part: { kind: 'word', key, word },
    ...(mark === true ? { uidt: 'Checkbox' } : {}),
  }
}

/** A table of theirs; `ours` the key of the one of ours that it is. */
export function table<T>(
  title: string,
  ours: string | null,
  subjects: readonly T[],
  columns: readonly Described<T>[],
): UnlikeTable {
  return {
    title,
    ours,
    columns: columns.map(({ shows, is, part, reads, empty, ...own }) => {
      const filled = (at: number) => empty === undefined || (at + own.title.length) % empty !== 0
      const cells = subjects.map((subject, at) => (filled(at) ? shows(subject, at) : null))
      const known = reads ?? (is === undefined ? undefined : (STANDARD[is] as typeof reads))
      const readings = subjects.map((subject, at) =>
        isEmpty(cells[at]) ? null : (known?.(subject, at) ?? null),
      )
      return { ...own, is: is ?? null, part: part ?? null, cells, readings }
    }),
  }
}

/** What a place is known for, in the words of the standard. */
const STANDARD: Readonly<Record<string, (lieu: Lieu) => string | null>> = {
  id: (one) => one.id,
  pivot: (one) => one.siret,
  nom: (one) => one.name,
  commune: (one) => one.commune,
  code_postal: (one) => one.postal,
  code_insee: (one) => one.insee,
  adresse: (one) => one.street,
  complement_adresse: () => 'Bâtiment B',
  latitude: (one) => String(one.latitude),
  longitude: (one) => String(one.longitude),
  typologie: (one) => one.kind,
  telephone: (one) => one.phone,
  courriels: (one) => one.email,
  site_web: (one) => one.site,
  horaires: (one) => one.hours,
  presentation_resume: (one) => one.summary,
  presentation_detail: (one) => one.summary,
  source: () => 'Hub',
  itinerance: () => 'Fixe',
  structure_parente: (one) => one.parent,
  date_maj: (one) => one.updated,
  services: (one) => one.services.join('|'),
  publics_specifiquement_adresses: (one) => one.publics.join('|') || null,
  frais_a_charge: (one) => one.fee,
  dispositif_programmes_nationaux: (one) => one.programmes.join('|') || null,
  modalites_acces: (one) => one.access,
  modalites_accompagnement: (one) => one.help,
  prise_rdv: (one) => one.booking,
}

function isEmpty(cell: unknown): boolean {
  return cell === null || cell === undefined || cell === '' || cell === false
}

/** What is right in one table of a base: key of a column of ours → theirs. */
export function rightIn({ title: own, columns }: UnlikeTable, { tables }: UnlikeBase): Map<string, Right> {
  const right = new Map<string, Right>()
  // The other side of the link to the EPCI lists their actors.
  for (const { is, link } of tables.flatMap((one) => one.columns))
    if (is === 'epci' && link?.to === own) right.set('actors', { kind: 'column', title: link.list })
  for (const { title, is } of columns) if (is !== null) right.set(is, { kind: 'column', title })
  for (const { title, part } of columns) {
    if (part === null) continue
    if (part.kind === 'point') {
      for (const half of ['latitude', 'longitude'] as const)
        right.set(half, { kind: 'point', title, part: half })
      continue
    }
    if (part.kind === 'town' || part.kind === 'address') {
      for (const field of fieldsOf(part.kind)) right.set(field, { kind: 'address', title })
      continue
    }
    const key = part.kind === 'day' ? 'horaires' : part.key
    const before = right.get(key)
    if (part.kind === 'word')
      right.set(key, {
        kind: 'words',
        columns: { ...(before?.kind === 'words' ? before.columns : {}), [title]: part.word },
      })
    if (part.kind === 'day')
      right.set(key, {
        kind: 'days',
        columns: withDay(before?.kind === 'days' ? before.columns : {}, part.day, title),
      })
    if (part.kind === 'join' || part.kind === 'first' || part.kind === 'all')
      right.set(key, {
        kind: part.kind,
        columns: [...(before?.kind === part.kind ? before.columns : []), title],
      })
  }
  return right
}

/** The fields that stand together in one column. */
function fieldsOf(kind: 'town' | 'address'): readonly FieldName[] {
  return kind === 'town' ? ['code_postal', 'commune'] : ['adresse', 'code_postal', 'commune']
}

type Days = Extract<Right, { kind: 'days' }>['columns']

/** A second column of a day stands behind the first. */
function withDay(days: Days, day: Day, title: string): Days {
  const before = days[day]
  return { ...days, [day]: before === undefined ? title : [before, title].flat() }
}

/** The records of a table of actors as a person reads them, in the form of the standard. */
export function recordsOf(
  { columns }: UnlikeTable,
  { constants = {} }: UnlikeBase,
): Partial<Record<FieldName, string>>[] {
  const rows = columns[0]?.cells.length ?? 0
  return Array.from({ length: rows }, (_, at) => {
    const record: Partial<Record<FieldName, string>> = {}
    for (const field of FIELDS) {
      const constant = constants[`actors.${field}`]
      const value = constant ?? readingOf(columns, field, at)
      if (value !== null && value !== '') record[field] = value
    }
    return record
  })
}

function readingOf(columns: readonly UnlikeColumn[], field: FieldName, at: number): string | null {
  const whole = columns.find(({ is }) => is === field)
  if (whole !== undefined) return whole.readings[at]!
  const of = (fits: (part: Part) => boolean) =>
    columns.filter(({ part, cells }) => part !== null && fits(part) && !isEmpty(cells[at]))
  if (field === 'latitude' || field === 'longitude') {
    const [point] = of(({ kind }) => kind === 'point')
    const halves = String(point?.cells[at] ?? '').split(/[,;]\s*/u)
    return halves[field === 'latitude' ? 0 : 1] ?? null
  }
  if (field === 'horaires') {
    const days = of(({ kind }) => kind === 'day')
    const open = days.filter(({ readings }) => readings[at] !== null)
    const byDay = Map.groupBy(open, ({ part }) => (part?.kind === 'day' ? part.day : null))
    return [...byDay]
      .map(([day, spans]) => `${day} ${spans.map(({ readings }) => readings[at]).join(',')}`)
      .join('; ')
  }
  const [written] = of(
    ({ kind }) => (kind === 'town' || kind === 'address') && fieldsOf(kind).includes(field),
  )
  if (written !== undefined) return partOf(String(written.cells[at]), field)
  const first = of((part) => (part.kind === 'first' || part.kind === 'all') && part.key === field)
  if (first.length > 0) {
    const said = first.map(({ readings }) => readings[at]!)
    return first[0]!.part?.kind === 'first' ? said[0]! : said.join('|')
  }
  const joined = of((part) => part.kind === 'join' && part.key === field)
  if (joined.length > 0) return joined.map(({ cells }) => String(cells[at])).join(' ')
  return of((part) => part.kind === 'word' && part.key === field)
    .map(({ part }) => (part?.kind === 'word' ? part.word : ''))
    .join('|')
}

/** What a person reads of « 12 rue de la Paix, 29200 Brest ». */
function partOf(text: string, field: FieldName): string | null {
  const [, street, code, town] = /^(?:(.*), )?(\d{5}) (.+)$/u.exec(text) ?? []
  return (field === 'adresse' ? street : field === 'commune' ? town : code) ?? null
}
