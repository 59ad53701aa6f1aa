import { calledBy, initialsOf } from './epci-initials.ts'
import { epciLikeness, SHOWN } from './epci-likeness.ts'
import { apart, coreOf, formOf, saysForm, spelled, withoutBrackets } from './epci-words.ts'
import type { Apart } from './epci-words.ts'

/** An EPCI by which a text may be recognised. */
export type NamedEpci = {
  readonly siren: string
  readonly name: string
  /** Those of its communes (`29`, `2A`, `974`); absent: not known. */
  readonly departments?: readonly string[]
}

/**
 * What a text says of an EPCI (a SIREN, of 9 digits): one; several that answer to it; those that it may mean, the likeliest
 * first, and nobody may take one without another witness; or none.
 */
export type EpciFound =
  | { readonly kind: 'found'; readonly siren: string }
  | { readonly kind: 'ambiguous'; readonly sirens: readonly string[] }
  | { readonly kind: 'doubtful'; readonly sirens: readonly string[] }
  | { readonly kind: 'unknown' }

/** What else helps to recognise them. */
export type FinderOptions = {
  /** The EPCI among which the records are: initials are looked for there alone; null: anywhere. */
  readonly home?: ReadonlySet<string> | null
  /** Initials that are those of other bodies (`ccas`), in plain letters. */
  readonly others?: ReadonlySet<string>
  /** By SIREN and whole names alone: what is only like a name, its initials included, is evidence against nothing. */
  readonly plainly?: boolean
}
const NOBODY: ReadonlySet<string> = new Set()

/** Whether a text names EPCI, be they several. */
export function isNamed({ kind }: EpciFound): boolean {
  return kind === 'found' || kind === 'ambiguous'
}

/**
 * Recognises EPCI by their SIREN or their name: the whole name, then the name without its legal form and small words
 * (« CC du Pays de X », « Pays de X Communauté », « X (29) »), its initials where one alone has them, a long name with one
 * letter mistyped. Two that answer to a text are no answer, nor is a name that is only like one.
 */
export function epciFinder(
  epcis: readonly NamedEpci[],
  options: FinderOptions = {},
): (text: string) => EpciFound {
  const index = indexOf(epcis)
  const likeness = epciLikeness(epcis)
  const known = new Map<string, EpciFound>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const found = options.plainly === true ? plainly(index, text) : findLike(index, text, options, likeness)
    if (known.size < MOST_KEPT) known.set(text, found)
    return found
  }
}

/** By its SIREN or its name. */
function plainly(index: Index, text: string): EpciFound {
  const siren = sirenIn(index, text)
  return siren ?? named(index, text, apart(text)) ?? { kind: 'unknown' }
}

/** A slip of the pen is one where nothing else that the text says speaks of another: its département, its legal form. */
function findLike(
  index: Index,
  text: string,
  options: FinderOptions,
  likeness: ReturnType<typeof epciLikeness>,
): EpciFound {
  const sure = look(index, text, options)
  if (sure !== null) return sure
  const like = likeness(text, options.home ?? null)
  if (like.kind !== 'found') return like
  const { department, text: bare } = apart(text)
  const [there, form] = [index.departments.get(like.siren), formOf(spelled(bare))]
  const elsewhere = department !== null && there !== undefined && !there.includes(department)
  const otherForm = form !== null && index.forms.get(like.siren) !== form
  return elsewhere || otherForm ? { kind: 'doubtful', sirens: [like.siren] } : like
}

/** A column names a few EPCI over and over; what it may hold else is no reason to keep it all. */
const MOST_KEPT = 5000

type Index = {
  readonly sirens: ReadonlySet<string>
  readonly departments: ReadonlyMap<string, readonly string[]>
  readonly forms: ReadonlyMap<string, ReturnType<typeof formOf>>
  readonly whole: Keys
  readonly core: Keys
  /** Without « Pays » in the name. */
  readonly land: Keys
  readonly initials: Keys
  /** The EPCI that have all these words in their names. */
  readonly holders: (words: readonly string[]) => readonly string[]
  /** Every word of every name: in capitals it is no initials. */
  readonly words: ReadonlySet<string>
}
type Keys = ReadonlyMap<string, ReadonlySet<string>>

function indexOf(epcis: readonly NamedEpci[]): Index {
  const land = ({ name }: NamedEpci) => {
    const core = coreOf(spelled(name))
    return core.includes('pays') ? [glue(withoutLand(core))] : []
  }
  const names = (name: string) => [...new Set([name, withoutBrackets(name)])]
  return {
    sirens: new Set(epcis.map(({ siren }) => siren)),
    departments: new Map(
      epcis.flatMap(({ siren, departments }) => (departments ? [[siren, departments]] : [])),
    ),
    forms: new Map(epcis.map(({ siren, name }) => [siren, formOf(spelled(name))])),
    whole: indexBy(epcis, ({ name }) => names(name).map(wholeKey)),
    core: indexBy(epcis, ({ name }) => names(name).map(coreKey)),
    land: indexBy(epcis, land),
    initials: indexBy(epcis, ({ name }) => [...initialsOf(name).own]),
    holders: holdersIn(epcis),
    words: new Set(epcis.flatMap(({ name }) => coreOf(spelled(withoutBrackets(name))))),
  }
}

function holdersIn(epcis: readonly NamedEpci[]): Index['holders'] {
  const byWord = indexBy(epcis, ({ name }) => coreOf(spelled(withoutBrackets(name))))
  return (words) => {
    const [first, ...others] = words.map((word) => byWord.get(word) ?? NOBODY)
    return [...(first ?? NOBODY)].filter((siren) => others.every((holders) => holders.has(siren)))
  }
}

/** What the text names for sure, or several that bear the name; null: nothing of the kind. */
function look(index: Index, text: string, options: FinderOptions): EpciFound | null {
  const byNumber = sirenIn(index, text)
  if (byNumber !== null) return byNumber
  const parts = apart(text)
  const whole =
    named(index, text, parts) ?? named(index, parts.text, parts) ?? called(index, parts.text, options)
  if (whole !== null) return whole
  const aside = parts.brackets.map((one) => named(index, one, parts) ?? called(index, one, options))
  return aside.find((one) => one !== null) ?? null
}

function sirenIn({ sirens }: Index, text: string): EpciFound | null {
  const siren = /(?<!\d)\d{3}\s?\d{3}\s?\d{3}(?!\d)/u.exec(text)?.[0].replaceAll(/\s/gu, '')
  return siren !== undefined && sirens.has(siren) ? { kind: 'found', siren } : null
}

function named(index: Index, text: string, { department }: Apart): EpciFound | null {
  const all =
    index.whole.get(wholeKey(text)) ?? index.core.get(coreKey(text)) ?? index.land.get(coreKey(text))
  if (all === undefined) return null
  const here = [...all].filter(
    (siren) => department === null || (index.departments.get(siren)?.includes(department) ?? true),
  )
  if (here.length === 0) return { kind: 'doubtful', sirens: [...all] } // its number says that it is another
  const words = spelled(text)
  // « Perche » alone is one EPCI and the beginning of two others.
  const others = saysForm(words) || department !== null ? [] : index.holders(coreOf(words))
  if (others.some((siren) => !all.has(siren)))
    return { kind: 'doubtful', sirens: [...new Set([...all, ...others])].slice(0, SHOWN) }
  const form = formOf(words)
  const same = form === null ? [] : here.filter((siren) => index.forms.get(siren) === form)
  return answer(same.length > 0 ? same : here)
}

/** Fewer initials are those of many things. */
const TELLING = 4

/** By its initials; a word that is written small, or that stands in a name, is no initials for sure. */
function called(
  index: Index,
  text: string,
  { home = null, others = NOBODY }: FinderOptions,
): EpciFound | null {
  const initials = calledBy(text)
  const all = initials === null ? undefined : index.initials.get(initials)
  if (initials === null || all === undefined) return null
  const here = home === null ? [...all] : [...all].filter((siren) => home.has(siren))
  const isTelling = initials.length >= TELLING && here.length > 0
  const isWord = text !== text.toUpperCase() || index.words.has(initials) || others.has(initials)
  if (isTelling && !isWord) return answer(here)
  return here.length > 0 ? { kind: 'doubtful', sirens: here } : null
}

function answer(sirens: readonly string[]): EpciFound {
  const [only, ...others] = sirens
  if (only === undefined) return { kind: 'unknown' }
  return others.length === 0 ? { kind: 'found', siren: only } : { kind: 'ambiguous', sirens }
}

function wholeKey(text: string): string {
  return glue(spelled(text))
}

function coreKey(text: string): string {
  return glue(coreOf(spelled(text))) || wholeKey(text)
}

function withoutLand(core: readonly string[]): readonly string[] {
  return core.filter((word) => word !== 'pays')
}

function glue(words: readonly string[]): string {
  return words.join('')
}

function indexBy(epcis: readonly NamedEpci[], keysOf: (epci: NamedEpci) => readonly string[]): Keys {
  const index = new Map<string, Set<string>>()
  for (const epci of epcis)
    for (const key of new Set(keysOf(epci))) {
      if (key === '') continue
      index.set(key, (index.get(key) ?? new Set()).add(epci.siren))
    }
  return index
}
