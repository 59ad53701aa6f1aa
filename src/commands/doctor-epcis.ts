import { loadGeography } from '../config/geography.ts'
import { counted } from '../domain/typography.ts'
import type { Base } from '../nocodb/base.ts'
import { readRows } from '../nocodb/rows.ts'
import { dissolvedEpcis } from '../sync/dissolved-epcis.ts'
import type { Opening } from './base-options.ts'
import { advice, fine } from './doctor-check.ts'
import type { Check } from './doctor-check.ts'

/** Whether every EPCI of the base is in the official list of today; of one that is no more, where its communes are now. */
export async function epcis(base: Base, { settings }: Opening): Promise<Check> {
  const { title, columns } = settings.columns.epcis
  const table = base.tables.get(title)
  if (table === undefined || !table.columns.has(columns.siren.title))
    return fine('epcis', 'pas encore de table à regarder')
  const geography = loadGeography()
  const dissolved = dissolvedEpcis(geography)
  const gone: string[] = []
  let rows = 0
  for await (const page of readRows(base, table, { columns: [columns.siren.title] }))
    for (const row of page) {
      rows += 1
      const siren = String(row[columns.siren.title] ?? '').replaceAll(/\s/gu, '')
      if (!/^\d{9}$/u.test(siren) || geography.epci(siren) !== null) continue
      gone.push(dissolved.words(siren) ?? `${siren} n'est pas dans la liste officielle.`)
    }
  if (gone.length === 0) return fine('epcis', `${counted(rows, 'ligne')}, toutes dans la liste officielle`)
  return advice(
    'epcis',
    `${gone.length} EPCI sur ${rows} ${gone.length < 2 ? "n'est" : 'ne sont'} plus dans la liste officielle`,
    [...gone, "Rien n'est déplacé : à vous de créer les nouveaux EPCI et d'y rattacher les fiches."].join(
      ' ',
    ),
  )
}
