import type { Actor } from '../../domain/actor.ts'
import type { ActorAssessment } from '../../domain/assessment.ts'
import { compileActorRules } from '../../domain/completeness/assess-actor.ts'
import { parisDay } from '../../domain/days.ts'
import type { FieldName } from '../../domain/fields.ts'
import { dayRecord } from '../../domain/journee/day-record.ts'
import type { DayRecord } from '../../domain/journee/day-record.ts'
import { readSirens } from '../../nocodb/epci-identity.ts'
import { answersOf } from '../../nocodb/proposal-answers.ts'
import { linkedActors, readActorsByIds } from '../../nocodb/read-actors.ts'
import { idsOfEpci } from '../../store/records.ts'
import type { SyncContext } from '../sync-context.ts'
import { originOf } from './propose-answers.ts'

/**
 * The records of an EPCI (SIREN) as they stand now, those that are linked to it and those that the last run counted there,
 * with what each lacks of what is asked on the day, and what of it groups of this journée have proposed already.
 */
export async function dayRecords(
  parts: SyncContext,
  { siren, journee }: { readonly siren: string; readonly journee: number },
  asked: readonly FieldName[],
): Promise<DayRecord[]> {
  const [all, answers] = await Promise.all([
    epciRecords(parts, siren),
    answersOf(parts.base, parts.columns, originOf(journee)),
  ])
  const waiting = Map.groupBy(
    answers.filter(({ state }) => state === 'pending'),
    ({ record }) => record,
  )
  return all.map(({ actor, judged }) => {
    const proposed = (waiting.get(actor.id) ?? []).flatMap(({ fields }) => fields)
    return dayRecord(Number(actor.id), actor, judged, asked, proposed)
  })
}

/** The records of an EPCI (SIREN) as they stand now, those that are linked to it and those that the last run counted there. */
export async function epciRecords(
  { base, columns, rules, geography, store, now }: SyncContext,
  siren: string,
): Promise<{ readonly actor: Actor; readonly judged: ActorAssessment }[]> {
  const sirens = await readSirens(base, columns, geography)
  const rows = [...sirens.of].flatMap(([id, own]) => (own === siren ? [id] : []))
  const [linked, counted] = await Promise.all([
    linkedActors(base, columns, rows),
    idsOfEpci(store, base.id, siren),
  ])
  const assess = compileActorRules(rules.completeness, geography, parisDay(now()), 'journee')
  const actors = await readActorsByIds(base, columns, sirens, [...new Set([...linked, ...counted])])
  return actors.flatMap(({ actor }) => {
    const judged = assess(actor)
    return judged.epci === siren ? [{ actor, judged }] : [] // else it moved since
  })
}
