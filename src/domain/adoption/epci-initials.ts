import { apart, coreOf, formOf, spelled, withoutBrackets, withoutSmall } from './epci-words.ts'

/** The initials by which an EPCI may be called: those of its name, and those that it would have under another legal form. */
export type Initials = { readonly own: ReadonlySet<string>; readonly formerly: ReadonlySet<string> }

/** Fewer letters say nothing. */
const LEAST = 3
const ABBREVIATED = new Set(['cc', 'ca', 'cu'])

/** « CC du Pays Bigouden Sud » → ccpbs; « CA Lannion-Trégor Communauté » → ltc, lt and calt; what its brackets tell too. */
export function initialsOf(name: string): Initials {
  const { brackets } = apart(name)
  const all = spelled(withoutBrackets(name))
  const rest = ABBREVIATED.has(all[0] ?? '') ? all.slice(1) : all
  const core = coreOf(all)
  const bodies = [withoutSmall(rest), core, rest].map(first)
  const form = formOf(all)
  const several = bodies.filter(({ length }) => length > 1)
  const under = (one: string) => several.map((body) => `${one}${body}`)
  const own = [
    ...bodies,
    ...(form === null || form === 'm' ? [] : under(form)),
    ...(all.includes('communaute') ? [`${first(core)}com`] : []),
    ...brackets.flatMap((content) => calledBy(content) ?? []),
  ]
  const formerly = [
    ...['cc', 'ca', 'cu', 'c'].flatMap(under),
    ...['c', 'a', 'm'].flatMap((one) => several.map((body) => `${body}${one}`)),
  ]
  return { own: longEnough(own), formerly: longEnough(formerly) }
}

/** The initials that a text is: one word of few letters, with dots or without; null: it is no such word. */
export function calledBy(text: string): string | null {
  const glued = text.trim().replaceAll(/(?<=\p{L})\.\s?/gu, '')
  return /^\p{L}{3,8}$/u.test(glued) ? spelled(glued).join('') : null
}

function first(name: readonly string[]): string {
  return name.map((word) => word.charAt(0)).join('')
}

function longEnough(all: readonly string[]): ReadonlySet<string> {
  return new Set(all.filter(({ length }) => length >= LEAST))
}
