import { type CheckKind, type Found, found, NOTHING } from './check.ts'
import { decodedList } from './encoded-list.ts'
import { distance } from './distance.ts'
import { letters } from './text.ts'

/** Several values of a closed list, `|` between them, each held against the list by itself. */
export const enumeration: CheckKind = {
  reasons: () => ({
    separator: [],
    spelling: [],
    repeated: [],
    near: ['one'],
    partly_unknown: ['one'],
    unknown: ['one'],
  }),
  remember: true,
  make: ({ accepted }) => {
    const values = new Set(Object.keys(accepted))
    const wordings = new Map(
      Object.entries(accepted).flatMap(([value, others]) =>
        [value, ...others].map((one) => [letters(one), value]),
      ),
    )
    return (value) => {
      if (values.has(value)) return NOTHING
      if (value.length > LONGEST) return found('unknown', null, { one: `${value.slice(0, 60)}…` })
      const parts = splitList(decodedList(value), wordings)
      const read = parts.map((part) => readPart(part, values, wordings))
      return judge(value, parts, read)
    }
  },
}

/** The whole of the longest list several times over. */
const LONGEST = 5000

type Read = {
  readonly part: string
  readonly value: string | null
  readonly how: 'exact' | 'spelling' | 'near' | 'unknown'
}

/** Pieces between `|` and `;`; a comma, or a stroke between spaces, parts two values only where the piece is not one with it. */
function splitList(value: string, wordings: ReadonlyMap<string, string>): readonly string[] {
  return value
    .split(/[|;\n]/u)
    .flatMap((piece) => (lookUp(piece, wordings) === undefined ? piece.split(/,|\s\/\s/u) : [piece]))
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
}

/** A known wording, or one that an explanation follows: « Gratuit : Je peux accéder gratuitement … ». */
function lookUp(piece: string, wordings: ReadonlyMap<string, string>): string | undefined {
  const [before = '', after] = piece.split(' : ')
  return wordings.get(letters(piece)) ?? (after === undefined ? undefined : wordings.get(letters(before)))
}

function readPart(part: string, values: ReadonlySet<string>, wordings: ReadonlyMap<string, string>): Read {
  if (values.has(part)) return { part, value: part, how: 'exact' }
  const known = lookUp(part, wordings)
  if (known !== undefined) return { part, value: known, how: 'spelling' }
  const near = nearest(letters(part), wordings) ?? withoutAges(part, wordings)
  return near === null ? { part, value: null, how: 'unknown' } : { part, value: near, how: 'near' }
}

/** « Jeunes 16-25 », « Public jeune (16/25 ans) », « Séniors 60+ »: a known wording, and ages alone behind it. */
function withoutAges(part: string, wordings: ReadonlyMap<string, string>): string | null {
  const words = letters(part).split(' ')
  const end = words.findLastIndex((word) => !/^\d+$/u.test(word) && !OF_AGES.has(word)) + 1
  const isAged = words.slice(end).some((word) => /^\d+$/u.test(word))
  const start = words[0] === 'public' || words[0] === 'publics' ? 1 : 0
  if ((!isAged && start === 0) || end <= start) return null
  const key = bare(words.slice(start, end))
  const found = new Set(
    [...wordings].filter(([one]) => bare(one.split(' ')) === key).map(([, value]) => value),
  )
  return found.size === 1 ? ([...found][0] ?? null) : null
}
const OF_AGES = new Set(['ans', 'an', 'et', 'de', 'a', 'plus', 'moins', 'entre', 'des', 'partir', 'd'])

function bare(words: readonly string[]): string {
  return words.map((word) => word.replace(/s$/u, '')).join(' ')
}

/** The worst that was read decides the reason; the suggestion writes the whole value again. */
function judge(value: string, parts: readonly string[], read: readonly Read[]): readonly Found[] {
  const suggestion = [...new Set(read.map((one) => one.value).filter((one) => one !== null))].join('|')
  const offered = suggestion === '' ? null : suggestion
  if (read.length === 0) return found('unknown', null, { one: value })
  const unknown = read.filter(({ how }) => how === 'unknown')
  if (unknown.length > 0)
    return found(unknown.length === read.length ? 'unknown' : 'partly_unknown', offered, {
      one: named(unknown),
    })
  const near = read.filter(({ how }) => how === 'near')
  if (near.length > 0) return found('near', offered, { one: named(near) })
  if (read.some(({ how }) => how === 'spelling')) return found('spelling', offered)
  if (parts.join('|') !== value) return found('separator', offered)
  return suggestion === value ? NOTHING : found('repeated', offered)
}

function named(read: readonly Read[]): string {
  return read.map(({ part }) => part).join(', ')
}

/** The value that one slip of the keyboard in six signs would make of it, where there is one only. */
function nearest(key: string, wordings: ReadonlyMap<string, string>): string | null {
  const most = Math.floor(key.length / 6)
  if (most === 0) return null
  const close = new Set(
    [...wordings].filter(([wording]) => distance(key, wording, most) <= most).map(([, value]) => value),
  )
  return close.size === 1 ? ([...close][0] ?? null) : null
}
