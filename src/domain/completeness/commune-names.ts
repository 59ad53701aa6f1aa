import type { Commune } from '../geography.ts'
import { letters } from './text.ts'

/** A commune's name as people write it in many ways: no CEDEX, no « 3e arrondissement », Saint for St, no spaces. */
export function communeKey(name: string): string {
  return communeWords(name).replaceAll(' ', '')
}

/** The same with a space between its words. */
export function communeWords(name: string): string {
  return letters(name)
    .replace(/ (?:cedex.*|commune nouvelle)$/u, '')
    .replace(/ \d+(?:er|e|eme|nd)?(?: arrondissement| arr)?$/u, '')
    .replace(/\bst\b/gu, 'saint')
    .replace(/\bste\b/gu, 'sainte')
    .replace(/ s (?=\S)/gu, ' sur ')
}

/** The one commune among `candidates` that bears this name, or bore it before a merger; null: none, or several. */
export function communeNamed(
  name: string,
  candidates: readonly Commune[],
  keyOf = communeKey,
): Commune | null {
  const key = keyOf(name)
  const today = candidates.filter((commune) => keyOf(commune.name) === key)
  if (today.length === 1) return today[0] ?? null
  const former = candidates.filter((commune) => commune.formerNames?.some((old) => keyOf(old) === key))
  return today.length === 0 && former.length === 1 ? (former[0] ?? null) : null
}

/**
 * The names in a cell that holds more than one: « Le Palais (Belle-Île) », « Saint-Malo / Paramé », « Kérity, commune
 * déléguée de Paimpol »; none where it holds one only.
 */
function namesIn(value: string): readonly string[] {
  if (value.length > LONGEST) return []
  const names = value
    .split(/[()[\],;/|]|\s[-–—]\s/u)
    .map((part) => part.replace(KIND, '').trim())
    .filter((part) => part !== '')
  return names.length > 1 || (names.length === 1 && names[0] !== value.trim()) ? names : []
}

const LONGEST = 120
/** What a place is said to be, before its name. */
const KIND =
  /^\s*(?:commune|ville)\s+(?:déléguée|deleguee|associée|associee|nouvelle)?\s*(?:d['’]|d[eu]s?\s)?\s*/iu

/**
 * Which of the names in a cell is one of these communes: the first before all; another only where none is the name of a
 * commune around that is another. null: the cell holds one name only, or they tell nothing sure.
 */
export function communeAmongNames(
  value: string,
  candidates: readonly Commune[],
  around: readonly Commune[],
): Commune | null {
  const names = namesIn(value)
  const [first, ...others] = names.map((name) => communeNamed(name, candidates))
  if (first !== undefined && first !== null) return first
  const [found, ...more] = [...new Set(others.filter((commune) => commune !== null))]
  if (found === undefined || more.length > 0) return null
  const elsewhere = names.map((name) => communeNamed(name, around)).filter((commune) => commune !== null)
  return elsewhere.every(({ code }) => code === found.code) ? found : null
}

/**
 * The one commune among `candidates` of whose name this is a part: its beginning (« Chaumes » for Chaumes-en-Retz), or,
 * after a merger of which no list keeps the old names, any of the names that were put together (« Noyalo » for
 * Theix-Noyalo); the article may be missing. null: none, or several.
 */
export function communeInPart(name: string, candidates: readonly Commune[]): Commune | null {
  const part = withoutArticle(communeWords(name))
  if (part.length < 3 || VAGUE.test(part)) return null
  const [first, ...others] = candidates.filter((commune) => isPart(part, commune))
  return others.length === 0 ? (first ?? null) : null
}

function isPart(part: string, { name, merged }: Commune): boolean {
  const whole = withoutArticle(communeWords(name))
  if (whole === part || whole.startsWith(`${part} `)) return true
  if (merged !== true || !` ${whole} `.includes(` ${part} `)) return false
  const before = whole.slice(0, whole.indexOf(part)).trim()
  return !LINKED.test(before)
}

/** After these words stands no name of its own: « en Retz », « sur Mer ». */
const LINKED = /(?:^| )(?:a|au|aux|d|de|des|du|en|et|l|la|le|les|lez|pres|saint|sainte|sous|sur)$/u
/** Too many names begin so. */
const VAGUE = /^(?:saint|sainte|notre dame|pont|mont|ville|villers|val|bois|bourg|haut|haute|port)$/u

function withoutArticle(words: string): string {
  return words.replace(/^(?:l|la|le|les) (?=\S)/u, '')
}
