import { letters } from '../completeness/text.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import type { Card } from './card.ts'
import { metresBetween } from './metres.ts'
import { type Weigh, type WordLikeness, wordLikeness } from './word-likeness.ts'

/** One thing that two records have in common or that sets them apart, and the points it gives or takes. */
export type Trait = { readonly points: number } & (
  | { readonly trait: 'name'; /** 0–1 */ readonly likeness: number; readonly written: 'alike' | 'otherwise' }
  | { readonly trait: 'pivot'; readonly rna: boolean }
  | { readonly trait: 'distance'; readonly metres: number }
  | { readonly trait: 'address' | 'street' | 'number' | 'otherAddress' }
  | { readonly trait: 'body' | 'otherPivot' | 'phone' | 'email' | 'identifier' }
  | { readonly trait: 'commune' | 'postalCode' | 'elsewhere' | 'far' }
  | { readonly trait: 'kind' | 'otherKind' | 'itinerant' | 'words' | 'numbers' }
)

/**
 * Compiles the comparison of two records. The sum of the points says how likely they are one place, after the model of
 * Fellegi and Sunter (« A Theory for Record Linkage », 1969): each agreement gives, each contradiction takes, and what
 * is not said by both does neither. The order of the two changes nothing. null: below the threshold, wherever they are.
 */
export function comparison(rules: DuplicateRules): (one: Card, other: Card) => readonly Trait[] | null {
  const words = wordLikeness(rules.likeness)
  const { points, threshold } = rules
  const nearest = Math.max(0, ...points.distance.map((line) => line.points))
  const { same, street, number } = points.address
  const most = Math.max(same, street + nearest, number + nearest, nearest)
  return (one, other) => {
    const traits: Trait[] = []
    shareNumbers(one, other, points, traits)
    traits.push(placeOf(one, other, points))
    contradict(one, other, points, traits)
    if (scoreOf(traits) + points.name.same + most < threshold) return null
    compareNames(one, other, words, rules, traits)
    if (scoreOf(traits) + most < threshold) return null
    const address = addressOf(one, other, words, rules)
    if (address !== null) traits.push(address)
    if (address?.trait !== 'address') measure(one, other, points, traits)
    return traits
  }
}

/** The sum of the points. */
export function scoreOf(traits: readonly Trait[]): number {
  let sum = 0
  for (const { points } of traits) sum += points
  return sum
}

type Points = DuplicateRules['points']

/** The numbers and addresses that are somebody's own. */
function shareNumbers(one: Card, other: Card, points: Points, into: Trait[]): void {
  if (one.pivot !== '' && other.pivot !== '') into.push(pivotOf(one.pivot, other.pivot, points.pivot))
  if (meet(one.phones, other.phones)) into.push({ trait: 'phone', points: points.phone })
  if (meet(one.emails, other.emails)) into.push({ trait: 'email', points: points.email })
  if (one.identifier !== '' && one.identifier === other.identifier)
    into.push({ trait: 'identifier', points: points.identifier })
}

function pivotOf(one: string, other: string, points: Points['pivot']): Trait {
  if (one === other && one.length !== SIREN)
    return { trait: 'pivot', points: points.same, rna: one.startsWith('W') }
  const body = !one.startsWith('W') && one.slice(0, SIREN) === other.slice(0, SIREN)
  return body ? { trait: 'body', points: points.body } : { trait: 'otherPivot', points: points.other }
}

/** Digits that name a body; five more name its establishment. */
const SIREN = 9

function placeOf(one: Card, other: Card, { place }: Points): Trait {
  if (one.commune !== '' && one.commune === other.commune) return { trait: 'commune', points: place.commune }
  if (one.postalCode !== '' && one.postalCode === other.postalCode)
    return { trait: 'postalCode', points: place.postalCode }
  return { trait: 'elsewhere', points: place.elsewhere }
}

function contradict(one: Card, other: Card, { kind, against }: Points, into: Trait[]): void {
  if (one.kinds.length > 0 && other.kinds.length > 0)
    into.push(
      meet(one.kinds, other.kinds)
        ? { trait: 'kind', points: kind }
        : { trait: 'otherKind', points: against.kind },
    )
  if (one.itinerant !== other.itinerant) into.push({ trait: 'itinerant', points: against.itinerant })
  if (one.numbers.length > 0 && other.numbers.length > 0 && !meet(one.numbers, other.numbers))
    into.push({ trait: 'numbers', points: against.number })
}

/** The name of the commune says little where both bear it, and nothing where one leaves it out. */
function compareNames(
  one: Card,
  other: Card,
  words: WordLikeness,
  { points, names }: DuplicateRules,
  into: Trait[],
): void {
  const weighBeside =
    (beside: Card): Weigh =>
    ({ text, weight }, met) => {
      if (!beside.communeWords.has(text)) return weight
      return met ? Math.min(weight, names.weights.commune) : 0
    }
  const { likeness, rivals } = words.names(one.name, other.name, weighBeside(other), weighBeside(one))
  const { same, from, unlike } = points.name
  const beyond = likeness - from
  const gained = beyond < 0 ? (-unlike * beyond) / from : (same * beyond) / (1 - from)
  const written = likeness === 1 && letters(one.title) === letters(other.title) ? 'alike' : 'otherwise'
  into.push({ trait: 'name', points: gained, likeness, written })
  if (rivals) into.push({ trait: 'words', points: points.against.words })
}

function addressOf(one: Card, other: Card, words: WordLikeness, rules: DuplicateRules): Trait | null {
  if (one.street.length === 0 || other.street.length === 0) return null
  const { same, street, number, other: apart } = rules.points.address
  const shared = words.streets(one.street, other.street)
  if (shared === null) return null
  if (shared < rules.likeness.street) return { trait: 'otherAddress', points: apart }
  const [numbers, others] = [one.houseNumbers, other.houseNumbers]
  if (meet(numbers, others) || numbers.length + others.length === 0) return { trait: 'address', points: same }
  return numbers.length === 0 || others.length === 0
    ? { trait: 'street', points: street }
    : { trait: 'number', points: number }
}

/** By their coordinates, where the addresses are not one already. */
function measure(one: Card, other: Card, { distance, far }: Points, into: Trait[]): void {
  if (one.point === null || other.point === null) return
  const metres = metresBetween(one.point, other.point)
  const near = distance.find(({ within }) => metres <= within)
  if (near !== undefined) into.push({ trait: 'distance', points: near.points, metres })
  else if (metres > far.beyond) into.push({ trait: 'far', points: far.points })
}

function meet(one: readonly string[], other: readonly string[]): boolean {
  for (const value of one) if (other.includes(value)) return true
  return false
}
