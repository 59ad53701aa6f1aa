import { fold } from '../completeness/text.ts'
import type { InvitationState } from './invitation-state.ts'

/** What one row says of an actor and a journée, as far as its next state depends on it. Days are 'YYYY-MM-DD'. */
export type Standing = {
  /** null: the cell is empty, or holds a word of people's own. */
  readonly state: InvitationState | null
  readonly invitedOn: string | null
  readonly remindedOn: string | null
  readonly answeredOn: string | null
}

/** The day that goes with a state; none goes with « À inviter » and « Présent·e ». */
const DAY_OF: Readonly<Partial<Record<InvitationState, keyof Omit<Standing, 'state'>>>> = {
  invited: 'invitedOn',
  reminded: 'remindedOn',
  coming: 'answeredOn',
  absent: 'answeredOn',
}

/**
 * The days that change where a person says a state today: that of the state where none stands; and where they take back what
 * was said today, its day goes with it. « Absent·e » said once the journée (`day`) has come is no answer of that day.
 */
export function daysOnChange(
  from: Standing,
  to: InvitationState,
  today: string,
  day: string,
): Partial<Omit<Standing, 'state'>> {
  const left = from.state === null ? undefined : DAY_OF[from.state]
  const gained = to === 'absent' && today >= day ? undefined : DAY_OF[to]
  const takenBack = to === 'to_invite' && left !== undefined && from[left] === today
  return {
    ...(takenBack && left !== undefined ? { [left]: null } : {}),
    ...(gained !== undefined && from[gained] === null ? { [gained]: today } : {}),
  }
}

/** Whether the door may say « Présent·e »: not where a person said that they do not come, or used a word of their own. */
export function mayTick(state: InvitationState | null, isEmpty: boolean): boolean {
  return state === null ? isEmpty : state !== 'absent' && state !== 'present'
}

/** The row of the structure that somebody at the door represents, by its name; undefined: none, or several bear it. */
export function rowOfStructure<One extends { readonly actor: string | null }>(
  rows: readonly One[],
  organisation: string,
): One | undefined {
  const wanted = sign(organisation)
  const found = rows.filter(({ actor }) => actor !== null && sign(actor) === wanted)
  return wanted === '' || found.length > 1 ? undefined : found[0]
}

/** The row of each record: where it has several, the first by id everywhere. */
export function firstByRecord<One extends { readonly id: number; readonly record: number | null }>(
  rows: readonly One[],
): ReadonlyMap<number, One> {
  const lastFirst = rows.toSorted((one, other) => other.id - one.id)
  return new Map(lastFirst.flatMap((row) => (row.record === null ? [] : [[row.record, row] as const])))
}

/** Whether two names are written alike, but for what writers differ in. */
export function isSameName(one: string, other: string): boolean {
  return sign(one) === sign(other)
}

/** A name without what writers differ in: capitals, accents, hyphens, dots, spaces. */
function sign(name: string): string {
  return fold(name).replaceAll(/[^\p{L}\p{N}]+/gu, '')
}
