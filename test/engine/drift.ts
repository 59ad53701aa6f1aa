import { expect, it } from 'vitest'
import type { Values } from '../helpers/nocodb-double/store.ts'

/** A base of ours, as a person changes it in NocoDB. Tables and columns by the names that they had at first. */
export type DriftPlace = {
  tableId(table: string): string
  columnId(table: string, column: string): string
  call<T = unknown>(method: string, path: string, body?: unknown): Promise<T>
}

/** One change, how it is undone, and what must come of it. */
export type DriftCase = {
  readonly name: string
  readonly change: (place: DriftPlace) => Promise<unknown>
  readonly mend: ((place: DriftPlace) => Promise<unknown>) | null
  /** `follows`: right figures all the same; else none, and people read this. */
  readonly outcome: 'follows' | RegExp
  /** What people read of a change that is followed. */
  readonly says?: RegExp
}

const rename = (
  table: string,
  column: string,
  title: string,
): Pick<DriftCase, 'name' | 'change' | 'mend'> => ({
  name: `« ${column} » of « ${table} » is renamed`,
  change: (place) => setColumn(place, table, column, { title }),
  mend: (place) => setColumn(place, table, column, { title: column }),
})
const renameTable = (table: string, title: string): Pick<DriftCase, 'name' | 'change' | 'mend'> => ({
  name: `the table « ${table} » is renamed`,
  change: (place) => setTable(place, table, title),
  mend: (place) => setTable(place, table, table),
})
const retype = (
  table: string,
  column: string,
  [before, after]: readonly [Values, Values],
): Pick<DriftCase, 'name' | 'change' | 'mend'> => ({
  name: `« ${column} » of « ${table} » becomes ${String(after['uidt'])}`,
  change: (place) => setColumn(place, table, column, after),
  mend: (place) => setColumn(place, table, column, before),
})
const TEXT = { uidt: 'SingleLineText', dt: 'character varying' }
const NUMBER = { uidt: 'Number', dt: 'bigint' }

/** Every change that a person can make and undo; the last ones are not undone. */
export const DRIFTS: readonly DriftCase[] = [
  {
    ...rename('Acteurs', 'Commune', 'Ville'),
    ...{ outcome: 'follows', says: /« Commune » de « Acteurs » s'appelle maintenant « Ville ».*adopt/u },
  },
  {
    ...rename('Acteurs', 'Complétude (%)', 'Note'),
    ...{ outcome: 'follows', says: /« Complétude \(%\) ».*« Note ».*adopt/u },
  },
  { ...rename('Acteurs', 'EPCI', 'Interco'), outcome: 'follows', says: /« EPCI ».*« Interco ».*adopt/u },
  { ...rename('EPCI', 'SIREN', 'Numéro SIREN'), outcome: 'follows', says: /« SIREN ».*« Numéro SIREN »/u },
  { ...rename('Diagnostics', 'Objectif', 'But'), outcome: 'follows', says: /« Objectif ».*« But »/u },
  { ...rename('Acteurs', 'UpdatedAt', 'Touché le'), outcome: 'follows' },
  { ...rename('EPCI', 'Id', 'Numéro'), outcome: 'follows' },
  { ...rename('Acteurs', 'Id', 'N° de fiche'), outcome: 'follows' },
  { ...renameTable('Acteurs', 'Lieux'), outcome: 'follows', says: /La table « Acteurs ».*« Lieux ».*adopt/u },
  {
    ...renameTable('Synchronisations', 'Journal'),
    outcome: 'follows',
    says: /« Synchronisations ».*« Journal »/u,
  },
  {
    name: 'two columns of « Acteurs » change names',
    change: (place) => swap(place, 'Acteurs', 'Commune', 'Adresse'),
    mend: (place) => swapBack(place, 'Acteurs', 'Commune', 'Adresse'),
    outcome: /« Commune ».*s'appelle maintenant « Adresse ».*une autre porte son nom.*adopt/u,
  },
  {
    ...retype('Acteurs', 'Code postal', [TEXT, NUMBER]),
    outcome: /« Code postal ».*du type SingleLineText au type Number/u,
  },
  {
    name: '« Adresse » of « Acteurs » is deleted',
    change: (place) => place.call('DELETE', `/api/v2/meta/columns/${place.columnId('Acteurs', 'Adresse')}`),
    mend: (place) => addColumn(place, 'Acteurs', { title: 'Adresse', type: 'SingleLineText' }),
    outcome: /« Adresse » de « Acteurs » n'est plus dans NocoDB.*sauvegarde/u,
  },
  {
    name: 'a choice of « Confiance » is removed',
    change: (place) =>
      setChoices(place, 'EPCI', 'Confiance', (titles) => titles.filter((one) => one !== 'Élevée')),
    mend: (place) => setChoices(place, 'EPCI', 'Confiance', (titles) => [...titles, 'Élevée']),
    outcome: /« Confiance » de « EPCI » n'a plus le choix « Élevée »/u,
  },
  {
    name: 'a choice that people answer with is renamed',
    change: (place) => setChoices(place, 'Diagnostics', 'Objectif', replacing('Base de données', 'Annuaire')),
    mend: (place) => setChoices(place, 'Diagnostics', 'Objectif', replacing('Annuaire', 'Base de données')),
    outcome:
      /« Objectif » de « Diagnostics » n'a plus le choix « Base de données », et en a un autre : « Annuaire »\. Si c'est le même.*l'ancien nom/u,
  },
  {
    ...retype('Diagnostics', 'Date', [{ uidt: 'Date', dt: 'date' }, TEXT]),
    outcome: /« Date » de « Diagnostics » est de type SingleLineText, et Portrea y attend Date/u,
  },
  {
    name: 'the link « EPCI » of « Acteurs » is deleted',
    change: (place) => place.call('DELETE', `/api/v2/meta/columns/${place.columnId('Acteurs', 'EPCI')}`),
    mend: (place) => addLink(place, 'EPCI', 'Acteurs'),
    outcome: /« EPCI » de « Acteurs » n'est plus dans NocoDB/u,
  },
  { ...retype('Acteurs', 'Date de mise à jour', [TEXT, TEXT]), mend: null, outcome: 'follows' },
  { ...retype('Diagnostics', 'Engagement politique', [TEXT, TEXT]), mend: null, outcome: 'follows' },
]

/** The matrix: each change, held to what must come of it. */
export function driftCases(prove: (one: DriftCase) => Promise<void>): void {
  it.each(
    DRIFTS.map(
      (one) => [one.name, typeof one.outcome === 'string' ? 'follows it' : 'stops, saying so', one] as const,
    ),
  )('where %s: %s', async (_name, _outcome, one) => prove(one), 300_000)
}

async function addColumn(place: DriftPlace, table: string, field: Values): Promise<void> {
  await place.call('POST', `/api/v2/meta/tables/${place.tableId(table)}/columns`, {
    ...{ title: field['title'], column_name: `again_${Date.now()}`, uidt: field['type'] },
  })
}

async function wholeColumn(place: DriftPlace, table: string, column: string): Promise<Values> {
  const { columns } = await place.call<{ columns: Values[] }>(
    'GET',
    `/api/v2/meta/tables/${place.tableId(table)}`,
  )
  const id = place.columnId(table, column)
  const whole = columns.find((one) => one['id'] === id)
  expect(whole, `${table}.${column}`).toBeDefined()
  return whole!
}

async function setColumn(place: DriftPlace, table: string, column: string, change: Values): Promise<void> {
  const whole = await wholeColumn(place, table, column)
  await place.call('PATCH', `/api/v2/meta/columns/${String(whole['id'])}`, { ...whole, ...change })
}

async function setTable(place: DriftPlace, table: string, title: string): Promise<void> {
  await place.call('PATCH', `/api/v2/meta/tables/${place.tableId(table)}`, { title, table_name: title })
}

async function swap(place: DriftPlace, table: string, one: string, other: string): Promise<void> {
  await setColumn(place, table, one, { title: 'entre-deux' })
  await setColumn(place, table, other, { title: one })
  await setColumn(place, table, one, { title: other })
}

async function swapBack(place: DriftPlace, table: string, one: string, other: string): Promise<void> {
  await setColumn(place, table, one, { title: 'entre-deux' })
  await setColumn(place, table, other, { title: other })
  await setColumn(place, table, one, { title: one })
}

type Choice = Values & { title: string }

async function setChoices(
  place: DriftPlace,
  table: string,
  column: string,
  change: (titles: string[]) => string[],
): Promise<void> {
  const whole = await wholeColumn(place, table, column)
  const { options } = whole['colOptions'] as { options: Choice[] }
  const titles = change(options.map(({ title }) => title))
  const kept = titles.map((title, at) => {
    const same = options.find((one) => one.title === title)
    return (
      same ?? (titles.length === options.length ? { ...options[at], title } : { title, color: '#cfdffe' })
    )
  })
  await setColumn(place, table, column, { colOptions: { options: kept } })
}

function replacing(before: string, after: string): (titles: string[]) => string[] {
  return (titles) => titles.map((one) => (one === before ? after : one))
}

/** As NocoDB makes it from the parent's side; the child's side bears the parent's title. */
async function addLink(place: DriftPlace, parent: string, child: string): Promise<void> {
  const { columns } = await place.call<{ columns: Values[] }>(
    'GET',
    `/api/v2/meta/tables/${place.tableId(child)}`,
  )
  const before = new Set(columns.map((one) => one['id']))
  await place.call('POST', `/api/v2/meta/tables/${place.tableId(parent)}/columns`, {
    ...{ title: `${child} à nouveau`, uidt: 'Links', type: 'hm' },
    ...{ parentId: place.tableId(parent), childId: place.tableId(child) },
  })
  const after = await place.call<{ columns: Values[] }>('GET', `/api/v2/meta/tables/${place.tableId(child)}`)
  const made = after.columns.find((one) => !before.has(one['id']) && one['uidt'] === 'LinkToAnotherRecord')
  await place.call('PATCH', `/api/v2/meta/columns/${String(made?.['id'])}`, { ...made, title: parent })
}
