/** How a spreadsheet shows a number: as a day, as an hour, with zeros and signs of its own, or as it is. */
export type NumberFormat = {
  readonly isDay: boolean
  readonly isTime: boolean
  /** Its digits and the signs between them, « 0# ## ## ## ## »; null: none. */
  readonly digits: readonly DigitSlot[] | null
}
type DigitSlot = { readonly kind: 'zero' | 'any' } | { readonly kind: 'sign'; readonly sign: string }

const PLAIN: NumberFormat = { isDay: false, isTime: false, digits: null }
const DAY: NumberFormat = { ...PLAIN, isDay: true }
const TIME: NumberFormat = { ...PLAIN, isTime: true }

/** The formats that have a number and no text in the file. */
const BUILT_IN = new Map<number, NumberFormat>([
  ...[14, 15, 16, 17, ...range(27, 31), 34, 35, 36, ...range(50, 54), 57, 58].map((id) => [id, DAY] as const),
  ...[18, 19, 20, 21, 32, 33, 45, 46, 47, 55, 56].map((id) => [id, TIME] as const),
  [22, { ...PLAIN, isDay: true, isTime: true }],
])

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}

/** The format of that number; `code`: its text, where the file has one. */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  return code === undefined ? (BUILT_IN.get(id) ?? PLAIN) : readCode(code)
}

function readCode(code: string): NumberFormat {
  const first = /^(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"[\\])*/u.exec(code)?.[0] ?? ''
  const plain = first.replace(/"[^"]*"|\\.|[_*]./gu, '')
  const letters = plain.replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/giu, '').toLowerCase()
  if (/general|standard/u.test(letters)) return PLAIN
  const isTime = /[hs]/u.test(letters)
  const isDay = /[dyj]|aa/u.test(letters) || (/m/u.test(letters) && !isTime)
  return isDay || isTime ? { isDay, isTime, digits: null } : { ...PLAIN, digits: digitsOf(first) }
}

/** Of a format that is only digits and signs between them; a comma, a point, a condition … make it a quantity. */
function digitsOf(code: string): readonly DigitSlot[] | null {
  const slots: DigitSlot[] = []
  for (const [token] of code.matchAll(/"[^"]*"|\\.|[_*].|./gsu)) {
    if (token === '0') slots.push({ kind: 'zero' })
    else if (token === '#') slots.push({ kind: 'any' })
    else if (token.startsWith('"')) slots.push({ kind: 'sign', sign: token.slice(1, -1) })
    else if (token.startsWith('\\')) slots.push({ kind: 'sign', sign: token.slice(1) })
    else if (/^[ \u00a0/()+-]$/u.test(token)) slots.push({ kind: 'sign', sign: token })
    else return null
  }
  return slots.filter(({ kind }) => kind !== 'sign').length > 1 ? slots : null
}

/** A number as people see it: a day as 2026-03-01, an hour as 09:30, else the number, or its digits as they are laid out. */
export function shownNumber(value: number, format: NumberFormat, is1904: boolean): number | string {
  if (format.isDay || format.isTime) return shownDate(value, format, is1904)
  const exact = Number(value.toPrecision(15))
  if (format.digits === null || !Number.isSafeInteger(exact) || exact < 0) return exact
  return laidOut(String(exact), format.digits)
}

function laidOut(digits: string, slots: readonly DigitSlot[]): string {
  const places = slots.filter(({ kind }) => kind !== 'sign').length
  let left = digits.length - places
  let shown = ''
  let taken = 0
  for (const slot of slots) {
    if (slot.kind === 'sign') shown += slot.sign
    else if (left < 0) {
      shown += slot.kind === 'zero' ? '0' : ''
      left += 1
    } else {
      const count = taken === 0 ? left + 1 : 1
      shown += digits.slice(taken, taken + count)
      taken += count
    }
  }
  return shown.trim()
}

const DAY_MS = 86_400_000

function shownDate(serial: number, { isDay, isTime }: NumberFormat, is1904: boolean): number | string {
  // What a spreadsheet itself shows as ###.
  if (serial < 0 || serial > 2_958_466) return serial
  const minutes = Math.round((serial % 1) * 1440)
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  if (!isDay)
    return serial < 1 ? clock : `${Math.floor(serial) * 24 + Math.floor(minutes / 60)}:${clock.slice(3)}`
  const whole = Math.floor(serial)
  if (isTime && whole === 0 && !is1904) return clock
  // Excel has a 29 February 1900, which never was: the days before it are one later.
  const first = is1904 ? Date.UTC(1904, 0, 1) : whole < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30)
  const day =
    whole === 60 && !is1904 ? '1900-02-29' : new Date(first + whole * DAY_MS).toISOString().slice(0, 10)
  return isTime && minutes > 0 && minutes < 1440 ? `${day} ${clock}` : day
}
