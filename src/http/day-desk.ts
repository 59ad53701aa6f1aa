import type { FieldName } from '../domain/fields.ts'
import type { Answers, Heard } from '../domain/journee/answers.ts'
import type { Brought } from '../domain/journee/brought.ts'
import type { DayRecord } from '../domain/journee/day-record.ts'
import type { AskedField, Expected } from './pages/day.ts'

/** A journée, as its page for phones tells of it. */
export type DayJournee = {
  readonly id: number
  readonly date: string | null
  readonly place: string | null
  readonly epci: { readonly siren: string; readonly name: string }
}

/**
 * What the page of a journée asks of NocoDB and writes there, at the moment and kept nowhere; every answer may throw a
 * PortreaError.
 */
export type DayDesk = {
  /** null: there is none, or it is of no EPCI that is known. */
  journee(id: number): Promise<DayJournee | null>
  records(journee: DayJournee): Promise<readonly DayRecord[]>
  people(journee: DayJournee): Promise<readonly Expected[]>
  /** How many groups there are, from those in which people are; where none is, from how many people there are. */
  groups(people: readonly Expected[]): number
  answer(
    journee: DayJournee,
    group: number | null,
    record: number,
    answers: Answers,
  ): Promise<{ readonly kept: number; readonly gone: boolean; readonly faults: Heard['faults'] }>
  add(
    journee: DayJournee,
    group: number | null,
    answers: Answers,
  ): Promise<{ readonly kept: number; readonly faults: Heard['faults'] }>
  /** false: nobody of this journée has that row. */
  attend(journee: DayJournee, participant: number, present: boolean): Promise<boolean>
  /** What its groups brought so far. */
  brought(journee: DayJournee): Promise<readonly Brought[]>
  /** Names of référent·e·s of its EPCI, by the id of their row. */
  referents(journee: DayJournee): Promise<ReadonlyMap<number, string>>
  readonly asked: (field: FieldName) => AskedField
  readonly fields: readonly FieldName[]
  readonly newPlace: readonly FieldName[]
  /** Records shown at once. */
  readonly page: number
}
