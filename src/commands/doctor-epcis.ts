import { commandLine } from '../domain/command-line.ts'
import { loadGeography } from '../config/geography.ts'
import type { Geography } from '../domain/geography.ts'
import { counted, frenchList } from '../domain/typography.ts'
import type { Base } from '../nocodb/base.ts'
import type { RowId } from '../nocodb/cells.ts'
import { epciIdentity, judgedEpcis } from '../nocodb/epci-identity.ts'
import type { EpciIdentity } from '../nocodb/epci-identity.ts'
import type { EpciRow } from '../nocodb/read-declared-rows.ts'
import { readRows } from '../nocodb/rows.ts'
import { dissolvedEpcis } from '../engine/dissolved-epcis.ts'
import type { Opening } from './base-options.ts'
import { advice, fault, fine } from './doctor-check.ts'
import type { Check } from './doctor-check.ts'

const SHOWN = 5
/** Of fewer rows it is not said that they are no list of EPCI: they may have been begun. */
const FEW = 10

/** Whether each row of the table is one EPCI of today's official list; of one that is no more, where its communes are now. */
export async function epcis(base: Base, { settings }: Opening): Promise<Check> {
  const { title, columns } = settings.columns.epcis
  const table = base.tables.get(title)
  if (table === undefined || !table.columns.has(columns.siren.title))
    return fine('epcis', 'pas encore de table à regarder')
  const geography = loadGeography()
  const asked = [columns.siren, columns.name].map((column) => column.title)
  const rows: EpciIdentity[] = []
  for await (const page of readRows(base, table, { columns: asked.filter((one) => table.columns.has(one)) }))
    rows.push(...page.map((row) => epciIdentity(row, settings.columns)))
  const bySiren = new Map<string | null, RowId[]>()
  for (const { id, siren } of rows) bySiren.set(siren, [...(bySiren.get(siren) ?? []), id])
  const faulty = judgedEpcis(rows, geography).filter(({ fault }) => fault !== null)
  return checkOf({ rows: rows.length, faulty, bySiren, geography, title })
}

type Row = { readonly siren: string; readonly ids: readonly RowId[] }

type Table = {
  readonly rows: number
  readonly faulty: Wrong['faulty']
  readonly bySiren: ReadonlyMap<string | null, readonly RowId[]>
  readonly geography: Geography
  readonly title: string
}

function checkOf({ rows, faulty, bySiren, geography, title }: Table): Check {
  const dissolved = dissolvedEpcis(geography)
  const sirens = [...bySiren].flatMap(([siren, ids]) => (siren === null ? [] : [{ siren, ids }]))
  const gone = sirens.filter(({ siren }) => geography.epci(siren) === null)
  const wrong: Wrong = {
    faulty,
    repeated: sirens.filter(({ ids }) => ids.length > 1),
    without: bySiren.get(null) ?? [],
    unknown: gone.filter(({ siren }) => dissolved.words(siren) === null),
  }
  if (faulty.length + wrong.repeated.length + wrong.without.length + wrong.unknown.length > 0)
    return faultOf(rows, wrong, title)
  if (gone.length === 0) return fine('epcis', wholeList(rows))
  return advice(
    'epcis',
    `${gone.length} EPCI sur ${rows} ${gone.length < 2 ? "n'est" : 'ne sont'} plus dans la liste officielle`,
    [
      ...gone.map(({ siren }) => dissolved.words(siren) ?? siren),
      "Rien n'est déplacé : à vous de créer les nouveaux EPCI et d'y rattacher les fiches.",
    ].join(' '),
  )
}

function wholeList(rows: number): string {
  if (rows === 0) return 'aucune ligne'
  return rows === 1
    ? '1 ligne, de la liste officielle'
    : `${counted(rows, 'ligne')}, un SIREN chacune, toutes dans la liste officielle`
}

type Wrong = {
  /** Of which the SIREN cannot be theirs, or nobody can tell. */
  readonly faulty: readonly Pick<EpciRow, 'id' | 'writtenSiren' | 'fault'>[]
  readonly repeated: readonly Row[]
  readonly without: readonly RowId[]
  /** In no list of EPCI, of today or before. */
  readonly unknown: readonly Row[]
}

function faultOf(rows: number, { faulty, repeated, without, unknown }: Wrong, title: string): Check {
  const sharing = repeated.reduce((sum, { ids }) => sum + ids.length, 0)
  const told: (readonly [fault: string, remedy: string])[] = []
  const shared = new Set(repeated.map(({ siren }) => siren))
  const alone = faulty.filter(({ writtenSiren }) => !shared.has(writtenSiren ?? ''))
  const faults = faulty.length === 0 ? [] : [few(faulty.map(({ id, fault }) => `Id ${id} : ${fault}`))]
  if (alone.length > 0)
    told.push([
      counted(
        alone.length,
        "dont le SIREN est celui d'un autre EPCI",
        "dont le SIREN est celui d'un autre EPCI",
      ),
      '',
    ])
  if (sharing > 0)
    told.push([
      `${sharing} partagent leur SIREN avec une autre`,
      `Une ligne par EPCI : corrigez le SIREN qui n'est pas le bon, ou supprimez la ligne en trop (${few(repeated.map(({ siren, ids }) => `${siren} : ${idsOf(ids)}`))}).`,
    ])
  if (without.length > 0)
    told.push([
      `${without.length} sans SIREN`,
      `Donnez un SIREN, à 9 chiffres, à chaque ligne (${idsOf(without)}).`,
    ])
  if (unknown.length > 0)
    told.push([
      `${counted(unknown.length, "SIREN n'est celui", 'SIREN ne sont ceux')} d'aucun EPCI connu`,
      `Vérifiez ${few(unknown.map(({ siren, ids }) => `${siren} (${idsOf(ids)})`))}.`,
    ])
  const strange = unknown.reduce((sum, { ids }) => sum + ids.length, 0)
  const another =
    rows < FEW || 2 * Math.max(sharing + alone.length, strange) < rows
      ? []
      : [
          `« ${title} » n'est peut-être pas une liste d'EPCI : si une autre table l'est, donnez son nom à « epcis » dans config/columns.yaml (ou relancez \`${commandLine('adopt')}\`).`,
        ]
  return fault(
    'epcis',
    `${counted(rows, 'ligne')} : ${frenchList(told.map(([what]) => what))}`,
    [...told.map(([, remedy]) => remedy), ...faults, ...another].filter((part) => part !== '').join(' '),
  )
}

function idsOf(ids: readonly RowId[]): string {
  return `Id ${ids.slice(0, SHOWN).join(', ')}${ids.length > SHOWN ? '…' : ''}`
}

function few(items: readonly string[]): string {
  return `${items.slice(0, SHOWN).join(' ; ')}${items.length > SHOWN ? ' …' : ''}`
}
