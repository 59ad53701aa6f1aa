import { REFERENTIALS } from './diagnostic.ts'
import type { Referential } from './diagnostic.ts'
import { CONFIDENCE_LABELS, REFERENTIAL_LABELS } from './labels.ts'
import type { Confidence } from './scoring.ts'
import { frenchDay, typeset } from './typography.ts'

/** What was seen of one EPCI when it was computed. */
export type SeenChoice = {
  /** 'YYYY-MM-DD' */
  readonly day: string
  readonly retained: Referential | null
  readonly recommended: Referential
  readonly confidence: Confidence['level']
}

/** What is known of a choice before today's figures. */
export type KnownChoice = {
  /** The cell « Au moment du choix » as it stands. */
  readonly cell: string | null
  /** Whether « Référentiel retenu » holds something that is none of the three: a choice that cannot be read is not taken back. */
  readonly unreadable: boolean
  /** What former runs saw of this EPCI, the oldest first. */
  readonly seen: readonly SeenChoice[]
}

/**
 * « Au moment du choix » (DOMAIN.md section 3, invariant 8): what was recommended when people chose, kept whatever the
 * recommendation becomes. A text that the service did not write stays; its own goes with the choice that it tells of. The
 * day of a choice is known as far as it was seen: a choice found already made is only told to be that old at least.
 */
export function atChoice({ cell, unreadable, seen }: KnownChoice, now: SeenChoice): string | null {
  if (unreadable || !isOwn(cell)) return cell
  if (now.retained === null) return null
  if (toldOf(cell) === now.retained) return cell
  const all = [...seen, now]
  const before = all.findLastIndex(({ retained }) => retained !== now.retained)
  return typeset(sentence(now.retained, all[before] ?? null, all[before + 1]!))
}

/** Whether the text of a choice is still to be written: only then must former runs be asked for. */
export function asksForPast(cell: string | null, retained: Referential | null): boolean {
  return retained !== null && isOwn(cell) && toldOf(cell) !== retained
}

/** The choice was not there when `before` was seen, and was when `after` was. */
function sentence(retained: Referential, before: SeenChoice | null, after: SeenChoice): string {
  const name = `« ${REFERENTIAL_LABELS[retained]} » retenu`
  const then = frenchDay(after.day)
  if (before === null)
    return `${name} au plus tard le ${then}. ${UNKNOWN} ; le ${then}, c'était ${advice(after)}.`
  if (before.day === after.day) return `${name} le ${then}. ${KNOWN} alors ${advice(after)}.`
  const span = `${name} entre le ${frenchDay(before.day)} et le ${then}.`
  return advice(before) === advice(after)
    ? `${span} ${KNOWN} ${advice(after)}, au début comme à la fin de cette période.`
    : `${span} ${KNOWN} ${advice(before)} le ${frenchDay(before.day)}, et ${advice(after)} le ${then}.`
}

const KNOWN = 'Portrea recommandait'
const UNKNOWN = "Ce que Portrea recommandait au moment du choix n'est pas connu"

function advice({ recommended, confidence }: SeenChoice): string {
  return `« ${REFERENTIAL_LABELS[recommended]} » (confiance ${CONFIDENCE_LABELS[confidence].toLowerCase()})`
}

const CHOSEN = new RegExp(
  `^« (${Object.values(REFERENTIAL_LABELS).join('|')}) » retenu (?:au plus tard |entre )?le [^.]{6,60}\\. (?:${KNOWN}|${UNKNOWN}) [^.]+\\.$`,
)

/** Whether the service may write here: nothing stands there, or its own sentence. */
function isOwn(cell: string | null): boolean {
  return cell === null || CHOSEN.test(plain(cell))
}

/** The choice that its own sentence tells of. */
function toldOf(cell: string | null): Referential | null {
  const label = cell === null ? null : CHOSEN.exec(plain(cell))?.[1]
  return REFERENTIALS.find((key) => REFERENTIAL_LABELS[key] === label) ?? null
}

/** Without the spaces and apostrophes of typography, which an editor may have changed. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('’', "'").trim()
}
