import type { DayFacts } from '../domain/day-facts.ts'
import type { FieldName } from '../domain/fields.ts'
import type { Answers, Heard } from '../domain/journee/answers.ts'
import type { Brought } from '../domain/journee/brought.ts'
import type { DayRecord } from '../domain/journee/day-record.ts'
import type { Turnout } from './pages/day-report.ts'
import type { AskedField, Expected } from './pages/day.ts'

/** A journée of an EPCI, as its page for phones tells of it. */
export type DayJournee = Pick<DayFacts, 'id' | 'date' | 'place'> & {
  readonly epci: NonNullable<DayFacts['epci']>
}

/**
 * What the page of a journée asks of NocoDB and writes there, at the moment and kept nowhere; every answer may throw a
 * PortreaError.
 */
export type DayDesk = {
  /** null: there is none of this number. */
  journee(id: number): Promise<Pick<DayFacts, 'id' | 'date' | 'place' | 'epci'> | null>
  /** Why nothing can be taken for it now, in French: no date, no table for it; null: it can. */
  hindrance(journee: DayJournee): Promise<string | null>
  records(journee: DayJournee): Promise<readonly DayRecord[]>
  people(journee: DayJournee): Promise<readonly Expected[]>
  /** The numbers of the groups in which people are; where none is, as many as the number of people makes. */
  groups(people: readonly Expected[]): readonly number[]
  answer(
    journee: DayJournee,
    group: number | null,
    record: number,
    answers: Answers,
  ): Promise<Omit<Heard, 'changes'> & { readonly kept: number; readonly gone: boolean }>
  add(
    journee: DayJournee,
    group: number | null,
    answers: Answers,
  ): Promise<{ readonly kept: number; readonly faults: Heard['faults'] }>
  /** How many people were invited, are expected, came, and which of these « Invitations » counts. */
  turnout(journee: DayJournee): Promise<Turnout>
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
