import { letters } from '../completeness/text.ts'

/** The legal form that a name tells: of communes, of an agglomération, urban, a métropole. */
export type LegalForm = 'cc' | 'ca' | 'cu' | 'm'

const FORMS: readonly (readonly [LegalForm, RegExp])[] = [
  [
    'cc',
    /\b(?:communautes? (?:de |des )?communes?|com(?:m|munaute)? (?:de |des )?com(?:m|munes?)?|cte (?:de )?communes?|comcom|comdecom|cdc|cc)\b|^c c\b/gu,
  ],
  ['ca', /\b(?:(?:communautes?|com) (?:d )?agglo(?:merations?)?|agglomerations?|agglo|ca)\b|^c a\b/gu],
  ['cu', /\b(?:communautes? urbaines?|cu)\b|^c u\b/gu],
  ['m', /\b(?:euro)?metropoles?\b/gu],
]
/** What says that it is one, and not of which form. */
const ANY_FORM = /\b(?:communautes?|epci|interco(?:mmunalite)?|com)\b/gu
const SMALL = new Set([
  'd',
  'de',
  'des',
  'du',
  'l',
  'la',
  'le',
  'les',
  'et',
  'en',
  'a',
  'au',
  'aux',
  'sur',
  'sous',
])
const SHORT: Readonly<Record<string, string>> = { st: 'saint', ste: 'sainte', sts: 'saints', stes: 'saintes' }

/** A name made ready to be compared, in words of plain letters: « St » is « Saint ». */
export function spelled(text: string): readonly string[] {
  return letters(text.replaceAll('&', ' et '))
    .split(' ')
    .flatMap((word) => (word === '' ? [] : [SHORT[word] ?? word]))
}

/** The legal form that it tells; null: none, or « Communauté » alone. */
export function formOf(name: readonly string[]): LegalForm | null {
  const text = name.join(' ')
  return FORMS.find(([, pattern]) => text.search(pattern) >= 0)?.[0] ?? null
}

/** Its telling words: without its legal form and the small ones. */
export function coreOf(name: readonly string[]): readonly string[] {
  const text = FORMS.reduce((left, [, pattern]) => left.replaceAll(pattern, ' '), name.join(' '))
  return withoutSmall(text.replaceAll(ANY_FORM, ' ').split(' '))
}

/** Without « de », « la », « et »… */
export function withoutSmall(name: readonly string[]): readonly string[] {
  return name.filter((word) => word !== '' && !SMALL.has(word))
}

/** The words of the name of an EPCI: all but the small ones, those without its legal form, and all its letters as one. */
export function words(name: string): {
  readonly whole: readonly string[]
  readonly core: readonly string[]
  readonly glued: string
} {
  const all = spelled(name)
  return { whole: withoutSmall(all), core: coreOf(all), glued: all.join('') }
}

/** Whether something in it says that it is an EPCI, of whatever form. */
export function saysForm(name: readonly string[]): boolean {
  return coreOf(name).length < withoutSmall(name).length
}

/** A name without what stands in brackets. */
export function withoutBrackets(name: string): string {
  return name.replaceAll(BRACKETS, ' ').trim()
}

/** A text with what stands in brackets and the number of a département beside it taken apart. */
export type Apart = {
  readonly text: string
  readonly brackets: readonly string[]
  readonly department: string | null
}

const DEPARTMENT = '0[1-9]|[1-8]\\d|9[0-5]|2[ABab]|97[1-6]'
const BRACKETS = /[([]([^()[\]]*)[)\]]/gu
const AT_AN_END = new RegExp(
  `^\\s*(${DEPARTMENT})(?:\\s*[-–—:/]\\s*|\\s+)(?=\\D)|(?<=\\D)(?:\\s*[-–—,:/]\\s*|\\s+)(${DEPARTMENT})\\s*$`,
  'u',
)

/** « Pays de Landerneau (29) », « 29 - CC du Pays d’Iroise », « CC du Kreiz-Breizh (CCKB) ». */
export function apart(text: string): Apart {
  const inside = [...text.matchAll(BRACKETS)].map(([, content = '']) => content.trim())
  const outside = withoutBrackets(text)
  const number = inside.find((content) => new RegExp(`^(?:${DEPARTMENT})$`, 'u').test(content))
  const end = AT_AN_END.exec(outside)
  return {
    text: outside.replace(AT_AN_END, '').trim(),
    brackets: inside.filter((content) => content !== number && content !== ''),
    department: (number ?? end?.[1] ?? end?.[2] ?? null)?.toUpperCase() ?? null,
  }
}
