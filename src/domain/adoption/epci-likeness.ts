import { distance } from '../completeness/distance.ts'
import { calledBy, initialsOf } from './epci-initials.ts'
import type { EpciFound, NamedEpci } from './epci-names.ts'
import { apart, coreOf, spelled, withoutBrackets } from './epci-words.ts'

/** A name as it is compared: its telling words, each with how much it tells. */
type Spelled = {
  readonly siren: string
  readonly core: readonly string[]
  readonly glued: string
  readonly formerly: ReadonlySet<string>
}

/** A name of so many letters is recognised with one of them mistyped, where no other is as near. */
const LONG = 9
/** Less than this share of words in common says nothing, and more than so many proposals help nobody. */
const LEAST = 0.5
export const SHOWN = 4
/** So much less likely than the best one says nothing either. */
const BESIDE_BEST = 0.6
/** Elsewhere than where the records are, a name is less likely. */
const ELSEWHERE = 0.75
/** All the words of the text are in the name: « Landerneau » for « Pays de Landerneau-Daoulas ». */
const WITHIN = 0.8
const MISTYPED = 0.8

/** What a text that names no EPCI may mean: one whose long name has a letter mistyped, or those that are like it. */
export function epciLikeness(
  epcis: readonly NamedEpci[],
): (text: string, home: ReadonlySet<string> | null) => EpciFound {
  const names = epcis.map(({ siren, name }): Spelled => {
    const core = coreOf(spelled(withoutBrackets(name)))
    return { siren, core, glued: core.join(''), formerly: initialsOf(name).formerly }
  })
  const weightOf = weights(names)
  return (text, home) => {
    const core = coreOf(spelled(apart(text).text))
    const slip = mistyped(core.join(''), names)
    if (slip !== null) return { kind: 'found', siren: slip }
    const initials = calledBy(text)
    const rated = new Map<string, number>()
    for (const name of names) {
      const isHere = home === null || home.has(name.siren)
      const byInitials = initials !== null && isHere && name.formerly.has(initials) ? 1 : 0
      const rate = Math.max(byInitials, likeness(core, name.core, weightOf)) * (isHere ? 1 : ELSEWHERE)
      if (rate >= LEAST && rate > (rated.get(name.siren) ?? 0)) rated.set(name.siren, rate)
    }
    const best = Math.max(...rated.values())
    const sirens = [...rated]
      .filter(([, rate]) => rate >= BESIDE_BEST * best)
      .sort(([one, rate], [other, next]) => next - rate || (one < other ? -1 : 1))
      .slice(0, SHOWN)
      .map(([siren]) => siren)
    return sirens.length === 0 ? { kind: 'unknown' } : { kind: 'doubtful', sirens }
  }
}

/** The one EPCI whose long name is one stroke away, where no other is within two; null: none, or several. */
function mistyped(glued: string, names: readonly Spelled[]): string | null {
  if (glued.length < LONG) return null
  const near = new Map<string, number>()
  for (const name of names) {
    if (name.glued.length < LONG) continue
    const apartBy = distance(glued, name.glued, 2, true)
    if (apartBy <= 2) near.set(name.siren, Math.min(apartBy, near.get(name.siren) ?? apartBy))
  }
  const [only, ...others] = near
  return only !== undefined && others.length === 0 && only[1] <= 1 ? only[0] : null
}

/** A word that many names have tells little: « Pays », « Val ». */
function weights(names: readonly Spelled[]): (word: string) => number {
  const counts = new Map<string, number>()
  for (const { core } of names)
    for (const word of new Set(core)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const most = Math.log(names.length + 1)
  return (word) => Math.max(0.1, 1 - Math.log(counts.get(word) ?? 1) / most)
}

/** Twice the words in common over all words (Dice), each by what it tells. */
function likeness(
  text: readonly string[],
  name: readonly string[],
  weightOf: (word: string) => number,
): number {
  const sum = (all: readonly string[]) => all.reduce((total, word) => total + weightOf(word), 0)
  const [mine, theirs] = [sum(text), sum(name)]
  if (mine === 0 || theirs === 0) return 0
  let common = 0
  let whole = true
  for (const word of text) {
    const found =
      name.find((one, at) => one === word || `${one}${name[at + 1] ?? ''}` === word) ??
      name.find((one) => isSlip(word, one))
    if (found === undefined) whole = whole && word === 'pays'
    else common += weightOf(found) * (word.startsWith(found) ? 1 : MISTYPED)
  }
  return Math.max((2 * common) / (mine + theirs), whole && common > 0 ? WITHIN : 0)
}

const LONG_WORD = 6

function isSlip(word: string, other: string): boolean {
  if (Math.min(word.length, other.length) < LONG_WORD) return false
  return other.startsWith(word) || distance(word, other, 1, true) <= 1
}
