import { letters } from '../completeness/text.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import type { ComparisonRecord } from './comparison-record.ts'
import { metresBetween } from './metres.ts'
import type { Word } from './words.ts'
import { type Weigh, type WordLikeness, wordLikeness } from './word-likeness.ts'

/** One thing that two records have in common or that sets them apart, and the points it gives or takes. */
export type Feature = { readonly points: number } & (
  | {
      readonly feature: 'name'
      /** 0–1 */ readonly likeness: number
      readonly written: 'alike' | 'otherwise'
    }
  | { readonly feature: 'pivot'; readonly rna: boolean }
  | { readonly feature: 'distance'; readonly metres: number }
  | { readonly feature: 'address' | 'street' | 'number' | 'otherAddress' }
  | { readonly feature: 'body' | 'otherPivot' | 'phone' | 'email' | 'identifier' }
  | { readonly feature: 'commune' | 'postalCode' | 'elsewhere' | 'far' }
  | { readonly feature: 'kind' | 'only' | 'otherKind' | 'host' }
  | { readonly feature: 'itinerant' | 'branch' | 'words' | 'numbers' }
)

/**
 * Compiles the comparison of two records. The sum of the points says how likely they are one place, after the model of
 * Fellegi and Sunter (« A Theory for Record Linkage », 1969): each agreement gives, each contradiction takes, and what
 * is not said by both does neither. The order of the two changes nothing. null: below the threshold, wherever they are.
 */
export function comparison(
  rules: DuplicateRules,
): (one: ComparisonRecord, other: ComparisonRecord) => readonly Feature[] | null {
  const words = wordLikeness(rules.likeness, [...rules.names.kinds, ...rules.names.bodies])
  const { points, threshold } = rules
  const nearest = Math.max(0, ...points.distance.map((line) => line.points))
  const { same, street, number } = points.address
  const most = Math.max(same, street + nearest, number + nearest, nearest) + points.only
  return (one, other) => {
    const features: Feature[] = []
    shareNumbers(one, other, points, features)
    features.push(placeOf(one, other, points))
    contradict(one, other, points, features)
    if (scoreOf(features) + points.name.same + most < threshold) return null
    compareNames(one, other, words, rules, features)
    const forgiven = namesForgiven(one, other, features)
    if (scoreOf(forgiven) + most < threshold) return null
    const address = addressOf(one, other, words, rules)
    const isOneHouse = address?.feature === 'address'
    const found = isOneHouse ? [...forgiven] : features
    if (address !== null) found.push(address)
    if (share(one.only, other.only) && isFiledElsewhere(one, other, found))
      found.push({ feature: 'only', points: points.only })
    if (!isOneHouse) measure(one, other, points, found)
    return isElsewhere(found, rules) ? found.filter(({ feature }) => feature !== 'only') : found
  }
}

/**
 * What two have in common at one address, where their names say less against it than elsewhere: of a kind of which a
 * commune has one, one house has no two (« Bus France services du Kreiz Breizh », « Camping-car France services »); and one
 * SIRET of no public body is one establishment, under its legal and its usual name.
 */
function namesForgiven(
  one: ComparisonRecord,
  other: ComparisonRecord,
  features: readonly Feature[],
): readonly Feature[] {
  const isEstablishment = one.pivot === other.pivot && /^[03-9]\d{13}$/u.test(one.pivot)
  const isOneOfAKind = share(one.only, other.only) && areAlike(one.kinds, other.kinds)
  if (!isEstablishment && !isOneOfAKind) return features
  return features
    .filter(({ feature }) => feature !== 'words')
    .map((one) =>
      isEstablishment && one.feature === 'name' ? { ...one, points: Math.max(0, one.points) } : one,
    )
}

/**
 * Whether two of a kind of which a commune has one stand in one postal code and are no two, though one is filed under
 * another commune of it, as lists do that know the postal code alone: at one address, or where the name of one says the
 * commune of the other.
 */
function isFiledElsewhere(
  one: ComparisonRecord,
  other: ComparisonRecord,
  features: readonly Feature[],
): boolean {
  if (!features.some(({ feature }) => feature === 'postalCode')) return false
  const says = (name: readonly Word[], commune: ReadonlySet<string>) =>
    commune.size > 0 && [...commune].every((word) => name.some(({ text }) => text === word))
  return features.some(
    (each) =>
      each.feature === 'address' ||
      (each.feature === 'name' &&
        each.likeness === 1 &&
        (says(one.name, other.communeWords) || says(other.name, one.communeWords))),
  )
}

/**
 * Whether the two are at two addresses and not called alike: a commune then has two, even of what it has one of as a rule.
 * Under one name they are more often one, of which a list has another address.
 */
export function isElsewhere(features: readonly Feature[], { likeness }: DuplicateRules): boolean {
  return (
    features.some(({ feature }) => feature === 'otherAddress' || feature === 'number' || feature === 'far') &&
    isLess(features, likeness)
  )
}

/** Whether one name says no more than a part of the other, or they say two things. */
export function isLess(features: readonly Feature[], { contained }: DuplicateRules['likeness']): boolean {
  return features.some((one) => one.feature === 'name' && one.likeness <= contained)
}

/** The sum of the points. */
export function scoreOf(features: readonly Feature[]): number {
  let sum = 0
  for (const { points } of features) sum += points
  return sum
}

type Points = DuplicateRules['points']

/** The numbers and addresses that are somebody's own. */
function shareNumbers(one: ComparisonRecord, other: ComparisonRecord, points: Points, into: Feature[]): void {
  if (one.pivot !== '' && other.pivot !== '') into.push(pivotOf(one.pivot, other.pivot, points.pivot))
  if (share(one.phones, other.phones)) into.push({ feature: 'phone', points: points.phone })
  if (share(one.emails, other.emails)) into.push({ feature: 'email', points: points.email })
  if (one.identifier !== '' && one.identifier === other.identifier)
    into.push({ feature: 'identifier', points: points.identifier })
}

function pivotOf(one: string, other: string, points: Points['pivot']): Feature {
  if (one === other && one.length !== SIREN) {
    const same = /^[12]/u.test(one) ? points.public : points.same
    return { feature: 'pivot', points: same, rna: one.startsWith('W') }
  }
  const body = !one.startsWith('W') && one.slice(0, SIREN) === other.slice(0, SIREN)
  return body ? { feature: 'body', points: points.body } : { feature: 'otherPivot', points: points.other }
}

/** Digits that name a body; five more name its establishment. */
const SIREN = 9

function placeOf(one: ComparisonRecord, other: ComparisonRecord, { place }: Points): Feature {
  if (one.commune !== '' && one.commune === other.commune)
    return { feature: 'commune', points: place.commune }
  if (one.postalCode !== '' && one.postalCode === other.postalCode)
    return { feature: 'postalCode', points: place.postalCode }
  return { feature: 'elsewhere', points: place.elsewhere }
}

function contradict(one: ComparisonRecord, other: ComparisonRecord, points: Points, into: Feature[]): void {
  if (one.kinds.length > 0 && other.kinds.length > 0) compareKinds(one, other, points, into)
  const { against } = points
  if (one.itinerant !== other.itinerant) into.push({ feature: 'itinerant', points: against.itinerant })
  if (one.branch !== other.branch) into.push({ feature: 'branch', points: against.branch })
  if (one.numbers.length > 0 && other.numbers.length > 0 && !share(one.numbers, other.numbers))
    into.push({ feature: 'numbers', points: against.number })
}

function compareKinds(
  one: ComparisonRecord,
  other: ComparisonRecord,
  { kind, only, against }: Points,
  into: Feature[],
): void {
  if (share(one.kinds, other.kinds)) {
    into.push({ feature: 'kind', points: kind })
    if (share(one.only, other.only) && inOneTown(one, other)) into.push({ feature: 'only', points: only })
  } else if (isHost(one, other)) into.push({ feature: 'host', points: against.host })
  else into.push({ feature: 'otherKind', points: against.kind })
}

/** In one commune, and in no two postal codes of it, as the quarters of a big one have. */
function inOneTown(one: ComparisonRecord, other: ComparisonRecord): boolean {
  const quarters = one.postalCode !== '' && other.postalCode !== '' && one.postalCode !== other.postalCode
  return one.commune !== '' && one.commune === other.commune && !quarters
}

/** Whether one is a label and the other a body, under one SIRET: then the body bears it. */
function isHost(one: ComparisonRecord, other: ComparisonRecord): boolean {
  if (one.pivot === '' || one.pivot !== other.pivot) return false
  return (one.host === 'label' && other.host === 'body') || (one.host === 'body' && other.host === 'label')
}

/** The name of the commune says little where both bear it, and nothing where one leaves it out. */
function compareNames(
  one: ComparisonRecord,
  other: ComparisonRecord,
  words: WordLikeness,
  { points, names, likeness: { contained } }: DuplicateRules,
  into: Feature[],
): void {
  const weighBeside =
    (beside: ComparisonRecord): Weigh =>
    ({ text, weight }, met) => {
      if (!beside.communeWords.has(text)) return weight
      return met ? Math.min(weight, names.weights.commune) : 0
    }
  const [left, right] = isHost(one, other) ? [bareName(one), bareName(other)] : [one.name, other.name]
  if (left.length === 0 || right.length === 0) {
    into.push({ feature: 'name', points: 0, likeness: 0, written: 'otherwise' })
    return
  }
  const found = words.names(left, right, weighBeside(other), weighBeside(one))
  const short = isAcronymIn(left, other) || isAcronymIn(right, one)
  const likeness = short ? Math.max(found.likeness, contained) : found.likeness
  const { same, from, unlike } = points.name
  const beyond = likeness - from
  const gained = beyond < 0 ? (-unlike * beyond) / from : (same * beyond) / (1 - from)
  const written = likeness === 1 && letters(one.title) === letters(other.title) ? 'alike' : 'otherwise'
  into.push({ feature: 'name', points: gained, likeness, written })
  if (found.rivals && !short) into.push({ feature: 'words', points: points.against.words })
}

/** Whether a telling word is made of the first letters of what the other record is called: « LAC » of Leff Armor communauté. */
function isAcronymIn(words: readonly Word[], { name, initials }: ComparisonRecord): boolean {
  return words.some(
    ({ text, weight }) =>
      weight === 1 &&
      text.length >= ACRONYM &&
      initials.includes(text) &&
      !name.some((word) => word.text === text),
  )
}

/** Letters: two stand side by side by chance. */
const ACRONYM = 3

/** What a label or a body is called beside its kind and its commune; they may have nothing more. */
function bareName({ name, kinds, communeWords }: ComparisonRecord): readonly Word[] {
  return name.filter(({ text }) => !kinds.includes(text) && !communeWords.has(text))
}

function addressOf(
  one: ComparisonRecord,
  other: ComparisonRecord,
  words: WordLikeness,
  rules: DuplicateRules,
): Feature | null {
  if (one.street.length === 0 || other.street.length === 0) return null
  const { same, street, number, other: apart } = rules.points.address
  const shared = words.streets(one.street, other.street)
  if (shared === null) return null
  if (shared < rules.likeness.street) return { feature: 'otherAddress', points: apart }
  const [numbers, others] = [one.houseNumbers, other.houseNumbers]
  if (share(numbers, others) || numbers.length + others.length === 0)
    return { feature: 'address', points: same }
  return numbers.length === 0 || others.length === 0
    ? { feature: 'street', points: street }
    : { feature: 'number', points: number }
}

/** By their coordinates, where the addresses are not one already. */
function measure(
  one: ComparisonRecord,
  other: ComparisonRecord,
  { distance, far }: Points,
  into: Feature[],
): void {
  if (one.point === null || other.point === null) return
  const metres = metresBetween(one.point, other.point)
  const near = distance.find(({ within }) => metres <= within)
  if (near !== undefined) into.push({ feature: 'distance', points: near.points, metres })
  else if (metres > far.beyond && arePlaced(one, other)) into.push({ feature: 'far', points: far.points })
}

/** Whether the points of two say where they are: in one commune, that of an address without a number is the commune's. */
function arePlaced(one: ComparisonRecord, other: ComparisonRecord): boolean {
  if (one.commune === '' || one.commune !== other.commune) return true
  return [one, other].every(({ street, houseNumbers }) => street.length === 0 || houseNumbers.length > 0)
}

function areAlike(one: readonly string[], other: readonly string[]): boolean {
  return one.every((value) => other.includes(value)) && other.every((value) => one.includes(value))
}

function share(one: readonly string[], other: readonly string[]): boolean {
  for (const value of one) if (other.includes(value)) return true
  return false
}
