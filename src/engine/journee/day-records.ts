import { compileActorRules } from '../../domain/completeness/assess-actor.ts'
import { parisDay } from '../../domain/days.ts'
import type { FieldName } from '../../domain/fields.ts'
import { dayRecord } from '../../domain/journee/day-record.ts'
import type { DayRecord } from '../../domain/journee/day-record.ts'
import { readSirens } from '../../nocodb/epci-identity.ts'
import { linkedActors, readActorsByIds } from '../../nocodb/read-actors.ts'
import type { SyncContext } from '../sync-context.ts'

/** The records that are linked to an EPCI (SIREN) as they stand now, with what each lacks of what is asked on the day. */
export async function dayRecords(
  { base, columns, rules, geography, now }: SyncContext,
  siren: string,
  asked: readonly FieldName[],
): Promise<DayRecord[]> {
  const sirens = await readSirens(base, columns, geography)
  const rows = [...sirens.of].flatMap(([id, own]) => (own === siren ? [id] : []))
  const ids = await linkedActors(base, columns, rows)
  const assess = compileActorRules(rules.completeness, geography, parisDay(now()), 'journee')
  const actors = await readActorsByIds(base, columns, sirens, ids)
  return actors.map(({ actor }) => dayRecord(Number(actor.id), actor, assess(actor), asked))
}
