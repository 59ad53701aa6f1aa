import type { FieldName } from '../fields.ts'
import { DAMAGED, withoutDamage } from './encoded-twice.ts'
import { UNSEEN, UNSEEN_AND_SPACES, withoutUnseen, withPlainSpaces } from './unseen-signs.ts'

/** Why a cell is read otherwise than it is written: the reason of the finding that says so, the gravest first. */
export const READ_OTHERWISE = ['encoding', 'from_spreadsheet', 'minus', 'invisible'] as const
export type ReadOtherwise = (typeof READ_OTHERWISE)[number]

/**
 * What a cell says, without what no person meant to write: letters encoded twice, what a spreadsheet adds to a number,
 * signs that nobody sees; null: nothing is left. Every value of a record comes in by here once, from a file or a base;
 * nearly all leave as they came, after one look.
 */
export function readValue(field: FieldName, written: string): string | null {
  const { odd, isNumber } = kindOf(field)
  const isPlain = !odd.test(written) && !isFormula(written) && !(isNumber && endsInZero(written))
  return isPlain ? written : reading(field, written).value
}

/** Why `readValue` reads a cell otherwise than it is written. */
export function readOtherwise(field: FieldName, written: string): ReadOtherwise {
  return reading(field, written).reason ?? 'invisible'
}

type Step = readonly [reason: ReadOtherwise, read: (text: string) => string]
type Kind = {
  /** The signs for which a value deserves a closer look. */
  readonly odd: RegExp
  readonly isNumber: boolean
  readonly steps: readonly Step[]
}

function reading(field: FieldName, written: string): { value: string | null; reason: ReadOtherwise | null } {
  const reasons: ReadOtherwise[] = []
  let value = written
  // Each step takes signs away, and so may bare what an earlier one looks for.
  for (let before: string | null = null; value !== before;) {
    before = value
    for (const [reason, read] of kindOf(field).steps) {
      const mended = read(value)
      if (mended !== value) reasons.push(reason)
      value = mended
    }
    if (reasons.length > 0) value = value.trim()
  }
  return { value: value === '' ? null : value, reason: reasons[0] ?? null }
}

const STEPS: readonly Step[] = [
  ['encoding', withoutDamage],
  ['from_spreadsheet', withoutFormula],
]
const DASHES = '‐‑‒–—―−﹣－'
const odd = (signs: string): RegExp => new RegExp(`[${DAMAGED}${signs}]`, 'u')

/** Paragraphs: their no-break spaces are good typography. */
const PROSE: Kind = { odd: odd(UNSEEN), isNumber: false, steps: [...STEPS, ['invisible', withoutUnseen]] }
const SPACES: Step = ['invisible', (text) => withPlainSpaces(withoutUnseen(text))]
const TEXT: Kind = { odd: odd(UNSEEN_AND_SPACES), isNumber: false, steps: [...STEPS, SPACES] }
/** A number that names: `22000.0` is 22000. */
const NUMBER: Kind = {
  odd: TEXT.odd,
  isNumber: true,
  steps: [...STEPS, SPACES, ['from_spreadsheet', withoutDecimals]],
}
const DEGREES: Kind = {
  odd: odd(UNSEEN_AND_SPACES + DASHES),
  isNumber: false,
  steps: [...STEPS, SPACES, ['minus', withMinus]],
}

const KINDS: Readonly<Partial<Record<FieldName, Kind>>> = {
  presentation_resume: PROSE,
  presentation_detail: PROSE,
  pivot: NUMBER,
  code_postal: NUMBER,
  code_insee: NUMBER,
  telephone: NUMBER,
  latitude: DEGREES,
  longitude: DEGREES,
}

function kindOf(field: FieldName): Kind {
  return KINDS[field] ?? TEXT
}

/** Four digits at least before the point: « 22.000 » may mean thousands. */
function withoutDecimals(text: string): string {
  return /^\s*\+?\d{4,}[.,]0+\s*$/u.test(text) ? text.replace(/[.,]0+\s*$/u, '') : text
}

const [ZERO, SPACE, EQUALS, APOSTROPHE, CURLY] = [0x30, 0x20, 0x3d, 0x27, 0x2019]

/** Whether a value may be `22000.0`, by its last signs. */
function endsInZero(text: string): boolean {
  const last = text.charCodeAt(text.length - 1)
  return last === SPACE || (last === ZERO && /[.,]0+$/u.test(text))
}

/** Whether a value may be `="22000"` or `'22000`, by its first sign. */
function isFormula(text: string): boolean {
  const first = text.charCodeAt(0)
  return first === EQUALS || first === APOSTROPHE || first === CURLY
}

/** `="22000"` and `'22000`, with which a spreadsheet keeps a text from being taken for a number. */
function withoutFormula(text: string): string {
  const formula = /^\s*=\s*"((?:[^"]|"")*)"\s*$/u.exec(text)?.[1]
  if (formula !== undefined) return formula.replaceAll('""', '"')
  return /^['’][+\d][\dA-Z\s.,()+/-]*$/iu.test(text) ? text.slice(1) : text
}

/** The dashes that stand before a number in the place of a minus. */
function withMinus(text: string): string {
  return text.replace(new RegExp(`^(\\s*)[${DASHES}](?=\\s*\\d)\\s*`, 'u'), '$1-')
}
