import { LABELS } from '../../src/columns/labels.ts'
import type { TableKey } from '../../src/columns/tables.ts'
import type { Columns } from '../../src/config/columns-file.ts'
import { ANSWER_VALUES } from '../../src/domain/diagnostic.ts'
import type { ChoiceKey } from '../../src/domain/diagnostic.ts'
import { FIELDS } from '../../src/domain/fields.ts'
import type { RowId } from '../../src/nocodb/cells.ts'
import type { DemoActor } from './generate-actors.ts'
import type { DemoTerritories } from './generate-epcis.ts'
import type { Cells } from './load-table.ts'

/** Row of an EPCI by its SIREN. */
export type EpciRows = ReadonlyMap<string, RowId>

/** The rows of `EPCI`, under the names of this base. */
export function epciRows({ epcis }: DemoTerritories, columns: Columns): Cells[] {
  return epcis.map(({ retained, stage, ...row }) =>
    titled(columns, 'epcis', {
      ...row,
      ...{ retained: retained && LABELS.referential[retained], stage: stage && LABELS.stage[stage] },
    }),
  )
}

/** The rows of `Diagnostics`, `Journées` and `Référents`, each with the EPCI it belongs to. */
export function declaredRows(
  { diagnostics, days, referents }: DemoTerritories,
  columns: Columns,
  epcis: EpciRows,
): { readonly diagnostics: Cells[]; readonly days: Cells[]; readonly referents: Cells[] } {
  const epci = (siren: string) => epcis.get(siren) ?? null
  return {
    diagnostics: diagnostics.map(({ siren, answers, ...row }) =>
      titled(columns, 'diagnostics', { ...row, ...answerCells(answers), epci: epci(siren) }),
    ),
    days: days.map(({ siren, ...row }) => titled(columns, 'days', { ...row, epci: epci(siren) })),
    referents: referents.map(({ siren, kind, ...row }) =>
      titled(columns, 'referents', { ...row, kind: LABELS.referentKind[kind], epci: epci(siren) }),
    ),
  }
}

/** The rows of `Acteurs` for generated records: all their values fit their columns. `followers` are names by SIREN. */
export function actorRows(
  actors: readonly DemoActor[],
  columns: Columns,
  epcis: EpciRows,
  followers: ReadonlyMap<string, readonly string[]> = new Map(),
): Cells[] {
  return actors.map(({ fields, step, lastContact, epci }, index) =>
    titled(columns, 'actors', {
      ...Object.fromEntries(FIELDS.map((field) => [field, fields[field]])),
      latitude: fields.latitude === null ? null : Number(fields.latitude),
      longitude: fields.longitude === null ? null : Number(fields.longitude),
      step: step && LABELS.step[step],
      lastContact,
      referent: follower(followers.get(epci ?? '') ?? [], index),
      epci: epci === null ? null : (epcis.get(epci) ?? null),
    }),
  )
}

/** Of four records in a row one is followed by nobody yet. */
function follower(names: readonly string[], index: number): string | null {
  return index % 4 === 3 ? null : (names[index % Math.max(1, names.length)] ?? null)
}

function answerCells(answers: DemoTerritories['diagnostics'][number]['answers']): Cells {
  const choices = (Object.keys(ANSWER_VALUES) as ChoiceKey[]).map((key) => {
    const labels: Readonly<Record<string, string>> = LABELS.answer[key]
    return [key, answers[key] === null ? null : (labels[answers[key]] ?? null)] as const
  })
  return { ...Object.fromEntries(choices), meetingsPerYear: answers.meetingsPerYear }
}

/** Cells by our keys → cells by the titles of this base, empty ones left out. */
function titled(columns: Columns, table: TableKey, cells: Cells): Cells {
  const names: Readonly<Record<string, { readonly title: string }>> = columns[table].columns
  const filled = Object.entries(cells).filter(([, cell]) => cell !== null)
  return Object.fromEntries(filled.map(([key, cell]) => [names[key]!.title, cell]))
}
