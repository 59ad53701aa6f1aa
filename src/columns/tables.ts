import { ACTORS } from './actors.ts'
import { DIAGNOSTICS } from './diagnostics.ts'
import { EPCIS, HISTORY } from './epcis.ts'
import { INVITATIONS } from './invitations.ts'
import {
  added,
  date,
  dateTime,
  decimal,
  email,
  hidden,
  longText,
  phone,
  select,
  text,
  url,
  whole,
  wide,
  written,
} from './kinds.ts'
import type { Definition } from './kinds.ts'
import { LABELS } from './labels.ts'
import { PARTICIPANTS } from './participants.ts'
import { PROPOSALS } from './proposals.ts'

/**
 * Every table and column of the base, by our keys, in the order in which tables are made and first grids show columns;
 * the first column names the row. Keys, definitions, what is written back and what may be viewed all follow from here;
 * config/columns.yaml gives each its name in NocoDB.
 */
export const TABLES = {
  actors: ACTORS,
  epcis: EPCIS,
  diagnostics: DIAGNOSTICS,
  days: {
    name: wide(text, 220),
    date,
    epci: 'link',
    place: text,
    invitedOn: wide(date, 180),
    invited: wide(whole, 160),
    expected: wide(whole, 170),
    present: wide(whole, 170),
    facilitators: wide(whole, 150),
    makeGroups: 'button',
    groupsMade: added('Groupes', written(wide(longText, 300))),
    participants: 'link',
  },
  referents: {
    name: wide(text, 220),
    epci: 'link',
    view: written(wide(url, 320)),
    kind: select(LABELS.referentKind, { institutional: 'kind', associative: 'kind' }),
    organisation: text,
    email,
    phone,
  },
  officers: {
    name: added('Nom', wide(text, 220)),
    daysPerMonth: added('Jours par mois', wide(decimal(1), 150)),
    email: added('Courriel', email),
    remark: added('Remarque', longText),
  },
  participants: PARTICIPANTS,
  invitations: INVITATIONS,
  conditions: {
    condition: written(wide(text, 420)),
    epci: written(wide(text, 210)),
    status: wide(select(LABELS.conditionStatus, { ok: 'good', to_do: 'fair', unknown: 'neutral' }), 115),
    observed: written(
      wide(select(LABELS.conditionStatus, { ok: 'good', to_do: 'fair', unknown: 'neutral' }), 190),
    ),
    evidence: written(wide(longText, 420)),
    remark: longText,
    heading: written(
      wide(
        select(LABELS.conditionHeading, { operations: 'kind', communication: 'kind', logistics: 'kind' }),
        230,
      ),
    ),
    siren: written(wide(text, 110)),
    code: hidden(written(text)),
  },
  proposals: PROPOSALS,
  history: HISTORY,
  syncs: {
    startedAt: written(wide(dateTime, 200)),
    outcome: written(
      select(LABELS.syncOutcome, {
        ...{ done: 'good', refusals: 'fair', held: 'weak', failed: 'bad', running: 'active' },
      }),
    ),
    trigger: written(
      wide(
        select(LABELS.syncTrigger, { night: 'kind', api: 'kind', command: 'kind', 'catch-up': 'kind' }),
        165,
      ),
    ),
    cellsWritten: written(wide(whole, 140)),
    message: written(wide(longText, 320)),
    seconds: written(decimal(1)),
    actorsRead: written(wide(whole, 120)),
    epcis: written(wide(whole, 130)),
    rowsWritten: written(wide(whole, 130)),
    refused: written(wide(whole, 140)),
    faults: written(wide(whole, 130)),
    rules: written(wide(text, 130)),
    run: written(wide(text, 310)),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Definition>>>>

/** A table of the base, by our key; its title is in config/columns.yaml. */
export type TableKey = keyof typeof TABLES
/** A column of that table, by our key. */
export type ColumnKey<T extends TableKey = TableKey> = T extends TableKey ? keyof (typeof TABLES)[T] : never
/** Every table, in the order in which they are made. */
export const TABLE_KEYS = Object.keys(TABLES) as readonly TableKey[]

/** Tables that came after files were written that people keep, with the title that each bears where their file says nothing. */
export const ADDED_TABLES: { readonly [T in TableKey]?: string } = {
  officers: 'Chargé·e·s',
  invitations: 'Invitations',
  proposals: 'Propositions',
}

/** The buttons that came after, in the same way, by `table.column`. */
export const ADDED_BUTTONS: Readonly<Record<string, string>> = {
  'days.makeGroups': 'Faire les groupes',
  'proposals.accept': 'Accepter',
}

/** The column by which the rows of a table come, the latest first. */
export const NEWEST_FIRST: { readonly [T in TableKey]?: ColumnKey<T> } = {
  diagnostics: 'date',
  days: 'date',
  proposals: 'proposedOn',
  history: 'date',
  syncs: 'startedAt',
}

/** The columns of a table in the order of its first grid, each with what makes it. */
export function definitions(table: TableKey): [string, Definition][] {
  return Object.entries(TABLES[table])
}

/** The keys of the columns of a table, in that order. */
export function columnKeys<T extends TableKey>(table: T): readonly ColumnKey<T>[] {
  return Object.keys(TABLES[table]) as ColumnKey<T>[]
}

/** The keys of the columns of a table that only the service writes. */
export function writtenKeys<T extends TableKey>(table: T): readonly ColumnKey<T>[] {
  return columnKeys(table).filter((key) => {
    const definition: Definition = (TABLES[table] as Readonly<Record<ColumnKey<T>, Definition>>)[key]
    return typeof definition === 'object' && definition.role === 'written'
  })
}
