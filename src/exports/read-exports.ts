import type { Columns } from '../config/columns-file.ts'
import type { Rules } from '../config/rules-file.ts'
import { compileActorRules } from '../domain/completeness/assess-actor.ts'
import { fixGuard } from '../domain/completeness/fix-guard.ts'
import { parisDay } from '../domain/days.ts'
import { exporter, withoutTwins } from '../domain/export/export-record.ts'
import type { ExportRecord, NotExported } from '../domain/export/export-record.ts'
import { FIELDS } from '../domain/fields.ts'
import type { FieldName } from '../domain/fields.ts'
import type { Geography } from '../domain/geography.ts'
import type { ActorRow } from '../nocodb/actor-rows.ts'
import type { Base } from '../nocodb/base.ts'
import { readSirens } from '../nocodb/epci-identity.ts'
import { isKeptBack } from '../nocodb/kept-back.ts'
import { readActors } from '../nocodb/read-actors.ts'
import type { Store } from '../store/database.ts'
import { recordsByIds } from '../store/records.ts'

/** What records are read and judged with. */
export type ExportSource = {
  readonly base: Base
  readonly columns: Columns
  readonly rules: Pick<Rules, 'completeness'>
  readonly geography: Geography
  /** It knows on which day what people wrote changed last; null: no run has been done yet. */
  readonly store: Store | null
  readonly now: () => Date
}

/** Every record of the base, as others may have it, in the order of the records; or why they may not. */
export async function readExports({
  base,
  columns,
  rules,
  geography,
  store,
  now,
}: ExportSource): Promise<readonly (ExportRecord | NotExported)[]> {
  const today = parisDay(now())
  const { completeness } = rules
  const judge = compileActorRules(completeness, geography, today, 'publication')
  const write = exporter({ completeness, judge, keepsAll: fixGuard(completeness), today })
  const sirens = await readSirens(base, columns, geography)
  const all: (ExportRecord | NotExported)[] = []
  for await (const page of readActors(base, columns, sirens)) {
    const ids = page.map(({ id }) => id)
    const known = store === null ? new Map() : await recordsByIds(store, base.id, ids)
    for (const row of page) {
      const changedOn: string | null = known.get(row.id)?.changedOn ?? null
      const made = write({ ...row.actor, changedOn })
      all.push(isKeptBack(row) ? { ...notGiven(row, made.epci) } : made)
    }
  }
  return withoutTwins(all)
}

function notGiven({ actor }: ActorRow, epci: string | null): NotExported {
  return { record: actor.id, name: actor.fields.nom, epci, why: 'asked', missing: [], wrong: [] }
}

/** What people call the fields in this base. */
export function fieldTitles({ actors }: Columns): Readonly<Record<FieldName, string>> {
  return Object.fromEntries(FIELDS.map((field) => [field, actors.columns[field].title])) as Record<
    FieldName,
    string
  >
}
