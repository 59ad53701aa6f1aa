import { type CheckKind, found, NOTHING } from './check.ts'
import { fold } from './text.ts'

/**
 * `keep`: acronyms that stay in capitals; `accents`: words that capitals wrote without their accents; `plain`: words that
 * have none; `short`: words of four letters at most that are no acronyms; `mute` and `aspirated`: words in h before which
 * « de » is cut short, or is not.
 */
export type CapitalsParams = {
  readonly keep: readonly string[]
  readonly accents: readonly string[]
  readonly plain: readonly string[]
  readonly short: readonly string[]
  readonly mute: readonly string[]
  readonly aspirated: readonly string[]
}

const SMALL = new Set(
  'au aux avec chez dans de des du en et le la les ou par pour sans sous sur un une'.split(' '),
)
const ARTICLES = new Set(['le', 'la', 'les', 'l'])
/** A word so short in capitals may be an acronym. */
const SHORT = 4
/** A single short word in capitals is taken for an acronym that nobody told us of. */
const ACRONYM = 6

/** A name all in capitals: right, but tiring to read and lost on a map. */
export const capitals: CheckKind<CapitalsParams> = {
  reasons: () => ({ capitals: [] }),
  remember: false,
  make: ({ params }) => {
    const vocabulary = readVocabulary(params)
    return (value, { place }) => {
      if (value.length > LONGEST || /\p{Ll}/u.test(value) || !/\p{Lu}{2}/u.test(value)) return NOTHING
      const written = value.match(/\p{L}+/gu) ?? []
      if (written.length === 1 && written.join('').length <= ACRONYM) return NOTHING
      const elided = withElisions(value, vocabulary)
      if (elided === null) return NOTHING
      const suggestion = withCommune(frenchTitle(elided, vocabulary), place.commune?.name ?? '')
      return suggestion === value || !/\p{Ll}/u.test(suggestion) ? NOTHING : found('capitals', suggestion)
    }
  },
}

/** No name is longer; what is, is a text in the wrong field. */
const LONGEST = 300

type Vocabulary = {
  readonly keep: ReadonlySet<string>
  /** Folded → with its accents. */
  readonly words: ReadonlyMap<string, string>
  readonly mute: ReadonlySet<string>
  readonly aspirated: ReadonlySet<string>
}

function readVocabulary({ keep, accents, plain, short, mute, aspirated }: CapitalsParams): Vocabulary {
  return {
    keep: new Set(keep.map((word) => word.toUpperCase())),
    words: new Map([...accents, ...plain, ...short, ...mute, ...aspirated].map((word) => [fold(word), word])),
    mute: new Set(mute.map(fold)),
    aspirated: new Set(aspirated.map(fold)),
  }
}

const VOWEL = 'AEIOUÀÂÄÉÈÊËÎÏÔÖÙÛÜŒ'
/** Before these « de » stays whole, though a vowel begins them. */
const WHOLE = new Set(['onze', 'onzieme', 'oui', 'un', 'ouistiti'])

/**
 * « D ACTION » → « D'ACTION », « DE AURAY » → « D'AURAY »; null where an h may be mute or not: better silent than wrong.
 */
function withElisions(text: string, { mute, aspirated }: Vocabulary): string | null {
  const cut = text.replace(new RegExp(`(?<!\\p{L})([DL])(?: |['’] ?)(?=[${VOWEL}YH]\\p{L})`, 'gu'), "$1'")
  let unsure = false
  const elided = cut.replace(/(?<!\p{L})DE (?=(\p{L}{2,}))/gu, (whole, next: string) => {
    const word = fold(next)
    if (next.startsWith('H')) {
      if (!mute.has(word) && !aspirated.has(word)) unsure = true
      return mute.has(word) ? "D'" : whole
    }
    const vowel = VOWEL.includes(next.charAt(0)) || /^Y[^AEIOUY]/u.test(next)
    return vowel && !WHOLE.has(word) ? "D'" : whole
  })
  return unsure ? null : elided
}

/** « CENTRE COMMUNAL D'ACTION SOCIALE » → « Centre Communal d'Action Sociale »; a word that nobody knows stays as it is. */
function frenchTitle(text: string, { keep, words }: Vocabulary): string {
  let before = ''
  // Who writes one accent in capitals writes them all.
  const told = /\p{Lu}/u.test(text.normalize('NFC').replace(/[A-Z]/gu, ''))
  return text.replace(/\p{L}+/gu, (word, at: number) => {
    const lower = word.toLowerCase()
    const [previous, after] = [before, text.slice(at + word.length)]
    before = lower
    if (keep.has(word)) return word
    if (word.length === 1) return letterAlone(word, after, previous)
    if (SMALL.has(lower)) return isSmallHere(lower, previous) ? lower : capitalised(lower)
    if (lower === 'st' || lower === 'ste') return lower === 'st' ? 'Saint' : 'Sainte'
    const known = /^[A-Z]+$/u.test(word) ? words.get(lower) : words.get(fold(word)) && lower
    if (known !== undefined) return capitalised(known)
    return told && word.length > SHORT ? capitalised(lower) : word
  })
}

/** A letter alone is a name, unless it is what an apostrophe left of « de » or « le », or « à » before an article. */
function letterAlone(letter: string, after: string, previous: string): string {
  if (/^['’]/u.test(after))
    return previous === '' || (letter === 'L' && !isSmallHere('l', previous)) ? letter : letter.toLowerCase()
  return letter === 'A' && previous !== '' && /^ (?:L['’]|LA |LE |LES |DES )/u.test(after) ? 'à' : letter
}

/** An article begins a name of its own (« Médiathèque L'Odyssée »), unless a preposition leads to it. */
function isSmallHere(lower: string, previous: string): boolean {
  if (previous === '') return false
  return !ARTICLES.has(lower) || SMALL.has(previous) || previous === 'a'
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** The record's commune as the official list writes it, where the name holds it: « Le Mene » → « Le Mené ». */
function withCommune(name: string, commune: string): string {
  const plain = (text: string): string => fold(text).replace(/[-']/gu, ' ')
  const [within, searched] = [plain(name), plain(commune)]
  const at =
    searched.length < 3 || within.length !== name.length ? -1 : ` ${within} `.indexOf(` ${searched} `)
  if (at < 0) return name
  const whole = name.slice(0, at) + commune + name.slice(at + searched.length)
  return whole.replace(/\bde Les? (?=\p{Lu})/gu, (article) => (article === 'de Le ' ? 'du ' : 'des '))
}
