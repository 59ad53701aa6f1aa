import type { Settings } from '../../src/app.ts'
import type { ActorFile } from '../../src/config/actor-file.ts'
import { loadGeography } from '../../src/config/geography.ts'
import type { Base } from '../../src/nocodb/base.ts'
import { ROW_ID } from '../../src/nocodb/cells.ts'
import type { RowId } from '../../src/nocodb/cells.ts'
import { readRows } from '../../src/nocodb/rows.ts'
import { bretonEpcis } from './brittany.ts'
import { actorRows, epciRows, declaredRows } from './demo-rows.ts'
import type { EpciRows } from './demo-rows.ts'
import { generateActors } from './generate-actors.ts'
import { generateEpcis } from './generate-epcis.ts'
import { loadHistory } from './load-history.ts'
import { identity, planImport } from './import-actors.ts'
import { insertAll, loadTable } from './load-table.ts'
import type { Marks, OnRows } from './load-table.ts'

export type DemoLoad = {
  readonly base: Base
  readonly settings: Settings
  readonly marks: Marks
  /** 'YYYY-MM-DD' */
  readonly today: string
}

/** EPCI, diagnostics, journées and référents, where their tables are empty; answers how many EPCI were inserted. */
export async function loadEpcis({ base, settings, marks, today }: DemoLoad): Promise<number> {
  const { columns } = settings
  const territories = generateEpcis(bretonEpcis(), { today })
  const epcis = base.table(columns.epcis.title)
  const inserted = await loadTable(base, epcis, epciRows(territories, columns), marks)
  const rows = declaredRows(territories, columns, await epciIds(base, settings))
  for (const key of ['diagnostics', 'days', 'referents'] as const)
    await loadTable(base, base.table(columns[key].title), rows[key], marks)
  return inserted
}

/** The invented records, where the table is empty; the first time, with the weeks before in the service's store. */
export async function loadGenerated(load: DemoLoad, dataDir: string, onRows: OnRows): Promise<number> {
  const { base, settings, marks, today } = load
  const { columns, rules } = settings
  const actors = generateActors(bretonEpcis(), { today })
  const territories = generateEpcis(bretonEpcis(), { today })
  const followers = Map.groupBy(territories.referents, ({ siren }) => siren)
  const names = new Map([...followers].map(([siren, its]) => [siren, its.map(({ name }) => name)]))
  const rows = actorRows(actors, columns, await epciIds(base, settings), names)
  const inserted = await loadTable(base, base.table(columns.actors.title), rows, marks, onRows)
  if (inserted > 0)
    await loadHistory(dataDir, actors, territories, { rules, geography: loadGeography(), today })
  return inserted
}

/** The records of a file that the base has not yet; how many records it had, and what of the new ones does not fit. */
export async function loadFile(
  { base, settings, marks }: DemoLoad,
  file: ActorFile,
  onRows: OnRows,
): Promise<{ present: number; inserted: number; faults: readonly string[] }> {
  const { columns } = settings
  const table = base.table(columns.actors.title)
  const parts = { table, columns, geography: loadGeography(), epcis: await epciIds(base, settings) }
  const already = await identities(base, settings)
  const { rows, faults } = planImport(file, parts, already)
  marks.set(table.title, 'done')
  await insertAll(base, table, rows, onRows)
  return { present: already.size, inserted: rows.length, faults }
}

async function epciIds(base: Base, { columns }: Settings): Promise<EpciRows> {
  const siren = columns.epcis.columns.siren.title
  const ids = new Map<string, RowId>()
  for await (const page of readRows(base, base.table(columns.epcis.title), { columns: [siren] }))
    for (const row of page) ids.set(String(row[siren]), row[ROW_ID])
  return ids
}

/** What says of each record already there which entry it is. */
async function identities(base: Base, { columns }: Settings): Promise<Set<string>> {
  const { id, nom, commune, adresse } = columns.actors.columns
  const titles = [id.title, nom.title, commune.title, adresse.title]
  const found = new Set<string>()
  for await (const page of readRows(base, base.table(columns.actors.title), { columns: titles }))
    for (const row of page) {
      const cell = (name: { title: string }) => row[name.title] ?? null
      found.add(identity({ id: cell(id), nom: cell(nom), commune: cell(commune), adresse: cell(adresse) }))
    }
  return found
}
