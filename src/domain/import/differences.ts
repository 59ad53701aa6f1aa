import type { Actor } from '../actor.ts'
import type { ActorAssessment } from '../assessment.ts'
import { compileActorRules } from '../completeness/assess-actor.ts'
import { fixGuard } from '../completeness/fix-guard.ts'
import { placeFinder } from '../completeness/place.ts'
import { answerReader } from '../completeness/placeholders.ts'
import { safeFixes } from '../completeness/safe-fixes.ts'
import { normalizedFieldsOf } from '../duplicates/normalized-fields.ts'
import { FIELDS, type FieldName } from '../fields.ts'
import type { Geography } from '../geography.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import type { Difference } from './match.ts'
import { inOtherCommune, PLACE_FIELDS, POINT_FIELDS, samePoint } from './same-place.ts'
import { compileBeside, type Side } from './same-value.ts'

/** What differences are told by; `today` is 'YYYY-MM-DD'. */
export type DifferenceSetting = {
  readonly rules: { readonly completeness: CompletenessRules; readonly duplicates: DuplicateRules }
  readonly geography: Geography
  readonly today: string
}

/**
 * Compiles what another record of the same place says that ours does not, field by field, by what values mean. Nothing is
 * proposed that our checks find faulty, in itself or beside what our record says; nor what says no more than we do. An
 * identifier and a source are each list's own, and so is the date on which its list was last looked at.
 */
export function differencesBetween(
  setting: DifferenceSetting,
): (record: Actor, other: Actor) => readonly Difference[] {
  const { completeness } = setting.rules
  const judge = compileActorRules(completeness, setting.geography, setting.today, completeness.writeBack)
  const sideOf = compileSide(setting, judge)
  const raw = compileRaw(setting)
  return (record, other) => {
    const [ours, theirs] = [sideOf(record), sideOf(other)]
    const found = raw(ours, theirs).map((one) => ({ ...one, before: record.fields[one.field] }))
    return sound(record, found, judge)
  }
}

type Judge = (actor: Actor) => ActorAssessment
type Raw = Omit<Difference, 'before'>

/** A record with its cells mended where that loses nothing, so that both are held against one another as they mean it. */
function compileSide({ rules, geography }: DifferenceSetting, judge: Judge): (actor: Actor) => Side {
  const [keepsAll, placeOf] = [fixGuard(rules.completeness), placeFinder(geography)]
  const saidBy = normalizedFieldsOf(rules)
  return (actor) => {
    const fields = { ...actor.fields }
    for (const { field, after } of safeFixes(actor, judge, keepsAll)) fields[field] = after
    const mended = { ...actor, fields }
    return { actor: mended, place: placeOf(mended), said: saidBy(fields) }
  }
}

/** What the other side says that ours does not, whether or not it may be proposed. */
function compileRaw(setting: DifferenceSetting): (ours: Side, theirs: Side) => readonly Raw[] {
  const answer = answerReader(setting.rules.completeness)
  const beside = compileBeside(setting)
  const { samePoint: metres } = setting.rules.duplicates.matching
  const said = (value: string | null) => value !== null && answer(value) === 'value'
  return (ours, theirs) => {
    const elsewhere = inOtherCommune(ours.place, theirs.place)
    const point = pointDifferences(ours, theirs, metres)
    const place = elsewhere ? { together: PLACE_FIELDS } : {}
    return FIELDS.flatMap((field): readonly Raw[] => {
      const [own, other] = [ours.actor.fields[field], theirs.actor.fields[field]]
      if (OWN.has(field) || !said(other)) return []
      if (POINT_FIELDS.includes(field))
        return point.filter((one) => one.field === field).map((one) => ({ ...one, ...place }))
      const together = PLACE_FIELDS.includes(field) ? place : {}
      if (!said(own)) return [{ field, kind: 'completion', after: other!, ...together }]
      const found = beside(field)(own!, other!, { ours, theirs })
      if (found === null) return []
      return [{ field, kind: found.adds ? 'completion' : 'conflict', after: found.after, ...together }]
    })
  }
}

/** Each list's own: never held against another's. */
const OWN: ReadonlySet<FieldName> = new Set(['id', 'source', 'date_maj'])

/** Two coordinates are one point: what lacks of ours is given whole, and another point is another in both. */
function pointDifferences(ours: Side, theirs: Side, metres: number): readonly Raw[] {
  const { fields } = theirs.actor
  if (POINT_FIELDS.some((field) => fields[field] === null)) return []
  const same = samePoint(ours.actor.fields, fields, metres)
  if (same === true) return []
  const kind = same === null && POINT_FIELDS.every((field) => ours.actor.fields[field] === null)
  return POINT_FIELDS.map((field) => ({
    ...{ field, kind: kind ? ('completion' as const) : ('conflict' as const) },
    ...{ after: fields[field]!, together: POINT_FIELDS },
  }))
}

/**
 * Those that may be proposed: with them, alone and beside those before them, the record has no fault that it had not, and
 * the value counts. Those that are right together only are judged together.
 */
function sound(record: Actor, found: readonly Difference[], judge: Judge): readonly Difference[] {
  const before = judge(record)
  const had = new Set(before.findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code))
  const stands = (actor: Actor, some: readonly Difference[]): boolean => {
    const after = judge(actor)
    return (
      some.every(({ field }) => after.filled.includes(field)) &&
      after.findings.every(({ code, severity }) => severity === 'info' || had.has(code)) &&
      (before.epci === null || after.epci === before.epci)
    )
  }
  const kept: Difference[] = []
  let current = record
  for (const some of groupsOf(found)) {
    const both = withAll(current, some)
    if (!stands(withAll(record, some), some) || !stands(both, some)) continue
    kept.push(...some)
    // A conflict is for a person to decide: what comes after it must do without.
    if (some.every(({ kind }) => kind === 'completion')) current = both
  }
  return kept.toSorted((one, other) => FIELDS.indexOf(one.field) - FIELDS.indexOf(other.field))
}

/** Differences that go together as one, in their order. */
function groupsOf(found: readonly Difference[]): readonly (readonly Difference[])[] {
  return [...Map.groupBy(found, ({ field, together }) => together?.join() ?? field).values()]
}

function withAll(actor: Actor, some: readonly Difference[]): Actor {
  const fields = { ...actor.fields }
  const written = { ...actor.written }
  for (const { field, after } of some) {
    fields[field] = after
    delete written[field]
  }
  return { ...actor, fields, written }
}
