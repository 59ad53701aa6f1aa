import { letters } from '../completeness/text.ts'

/** An EPCI by which a text may be recognised. */
export type NamedEpci = { readonly siren: string; readonly name: string }

/** What a text says of an EPCI: one, several that bear that name, or none (a SIREN, of 9 digits). */
export type EpciFound =
  | { readonly kind: 'found'; readonly siren: string }
  | { readonly kind: 'ambiguous'; readonly sirens: readonly string[] }
  | { readonly kind: 'unknown' }

/**
 * Recognises EPCI by their SIREN or their name: the whole name first, then the name without its legal form and small
 * words (« CC du Pays de X », « Pays de X Communauté »). Two that answer to a text are no answer.
 */
export function epciFinder(epcis: readonly NamedEpci[]): (text: string) => EpciFound {
  const sirens = new Set(epcis.map(({ siren }) => siren))
  const whole = indexBy(epcis, wholeKey)
  const core = indexBy(epcis, coreKey)
  return (text) => {
    const siren = /(?<!\d)\d{3}\s?\d{3}\s?\d{3}(?!\d)/u.exec(text)?.[0].replaceAll(/\s/gu, '')
    if (siren !== undefined && sirens.has(siren)) return { kind: 'found', siren }
    const named = whole.get(wholeKey(text)) ?? core.get(coreKey(text)) ?? new Set()
    const [only, ...others] = named
    if (only === undefined) return { kind: 'unknown' }
    return others.length > 0
      ? { kind: 'ambiguous', sirens: [only, ...others] }
      : { kind: 'found', siren: only }
  }
}

const FORMS =
  /\b(?:communaute de communes|communaute d agglomeration|communaute d agglo|communaute urbaine|communaute|agglomeration|agglo|metropole|com com|comcom|cc|ca|cu)\b/gu
const SMALL = /\b(?:d|de|des|du|l|la|le|les|et|en)\b/gu

function wholeKey(text: string): string {
  return letters(text).replaceAll(' ', '')
}

function coreKey(text: string): string {
  return coreOf(text).replaceAll(' ', '') || wholeKey(text)
}

function coreOf(text: string): string {
  return letters(text).replaceAll(FORMS, ' ').replaceAll(SMALL, ' ')
}

/** The words of the name of an EPCI: all but the small ones, those without its legal form, and all its letters as one. */
export function words(name: string): {
  readonly whole: readonly string[]
  readonly core: readonly string[]
  readonly glued: string
} {
  const of = (text: string) => text.split(' ').filter((word) => word !== '')
  return { whole: of(letters(name).replaceAll(SMALL, ' ')), core: of(coreOf(name)), glued: wholeKey(name) }
}

function indexBy(epcis: readonly NamedEpci[], keyOf: (name: string) => string): Map<string, Set<string>> {
  const index = new Map<string, Set<string>>()
  for (const { siren, name } of epcis) {
    const key = keyOf(name)
    if (key === '') continue
    index.set(key, (index.get(key) ?? new Set()).add(siren))
  }
  return index
}
