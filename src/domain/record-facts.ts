import type { Actor } from './actor.ts'
import type { ActorAssessment, Profile } from './assessment.ts'
import { addMonths } from './completeness/freshness.ts'
import { readDay, serialDay } from './completeness/check-date.ts'
import type { Geography } from './geography.ts'
import { compileTally } from './indicators/tally.ts'
import type { Reading } from './indicators/tally.ts'
import { gapFinder } from './next-records.ts'
import type { Gap } from './next-records.ts'
import { nameReader } from './referent-names.ts'
import type { NameKeys } from './referent-names.ts'
import type { CompletenessRules } from './rules/completeness.ts'
import type { IndicatorRules } from './rules/indicators.ts'

/** What the figures of an EPCI need of one of its records: no day changes it, and no text of the record is in it. */
export type RecordFacts = {
  readonly reading: Reading
  /** The codes of its findings, each once; those that other records give rise to are not among them. */
  readonly findings: readonly string[]
  /** What it lacks to be pre-filled; null: it is. */
  readonly gap: Gap | null
  /** Whom the cell « Référent·e » names; null: nobody. */
  readonly referent: NameKeys | null
  /** INSEE code, of a record whose EPCI is not of the official list: where it would go today. null: none is told. */
  readonly insee: string | null
}

type Rules = { readonly completeness: CompletenessRules; readonly indicators: IndicatorRules }

/** Compiles the rules into the facts of one record of an EPCI, assessed in `profile`. */
export function compileFacts(parts: {
  readonly rules: Rules
  readonly geography: Geography
  readonly profile: Profile
  /** 'YYYY-MM-DD' */
  readonly today: string
  readonly digest: (text: string) => string
}): (siren: string, actor: Actor, assessment: ActorAssessment, referent: string | null) => RecordFacts {
  const { rules, digest } = parts
  const countingOf = compileTally({ ...rules, ...parts })
  const gapOf = gapFinder(rules.completeness)
  const namesOf = nameReader(digest)
  const countings = new Map<string, ReturnType<typeof countingOf>>()
  const counting = (siren: string) => {
    const known = countings.get(siren) ?? countingOf(siren)
    countings.set(siren, known)
    return known
  }
  return (siren, actor, assessment, referent) => ({
    reading: counting(siren).read(actor, assessment),
    findings: [...new Set(assessment.findings.map(({ code }) => code))],
    gap: assessment.prefilled ? null : gapOf(assessment),
    referent: namesOf(referent),
    insee: parts.geography.epci(siren) === null ? actor.fields.code_insee : null,
  })
}

/**
 * The first day after `today` on which a record may be judged otherwise though nobody touched it: its age passes a bound,
 * or a day that it gives for its last change comes. null: none.
 */
export function nextTurn(
  { changedOn, fields }: Pick<Actor, 'changedOn' | 'fields'>,
  today: string,
  bounds: CompletenessRules['freshness'],
): string | null {
  const said = fields.date_maj === null ? null : (readDay(fields.date_maj) ?? serialDay(fields.date_maj))
  const days = [changedOn, said].filter((day) => day !== null)
  const turns = days.flatMap((day) => [
    day,
    ...[bounds.current, bounds.watch, bounds.verify].map((months) => addMonths(day, months)),
  ])
  return turns.filter((day) => day > today).toSorted()[0] ?? null
}
