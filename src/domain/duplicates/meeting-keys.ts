import { memo } from '../completeness/memo.ts'
import { hash } from '../hash.ts'
import type { Card } from './card.ts'
import { KEYS } from './meetings.ts'
import { phonetic } from './phonetic.ts'
import type { Word } from './words.ts'

/** What two records may meet under; told where so many meet that they are not compared. */
export type MeetingKind =
  | 'identifier'
  | 'phone'
  | 'email'
  | 'pivot'
  | 'body'
  | 'name'
  | 'street'
  | 'neighbourhood'

/** A key: a number below `KEYS` that stands for a text. */
export type MeetingKey = { readonly kind: MeetingKind; readonly key: number }

/** Words of a name that are keys: the most telling ones. */
const TELLING = 2
const sounds = memo(phonetic)
/** Degrees: about 2 km; two grids half a side apart, so that few neighbours fall on both sides of both. */
const CELL = 0.02

/**
 * A record meets those that share its identifier, telephone, e-mail, SIRET, SIREN and postal code, or the sound of a
 * telling word of its name or street in the same town or neighbourhood: never all against all.
 */
export function meetingKeys(card: Card): readonly MeetingKey[] {
  const keys: MeetingKey[] = []
  const say = (kind: MeetingKind, text: string) => keys.push({ kind, key: hash(`${kind}|${text}`) % KEYS })
  if (card.identifier !== '') say('identifier', card.identifier)
  for (const phone of card.phones) say('phone', phone)
  for (const email of card.emails) say('email', email)
  if (card.pivot !== '') {
    say('pivot', card.pivot)
    say('body', `${card.pivot.slice(0, 9)}|${card.postalCode}`)
  }
  const names = tellingWords(card)
  for (const name of names) {
    if (card.postalCode !== '') say('name', `${name}|${card.postalCode}`)
    if (card.commune !== '') say('name', `${name}|${card.commune}`)
  }
  const [street] = byWeight(card.street)
  if (street !== undefined && street.weight === 1)
    say('street', `${sounds(street.text)}|${card.postalCode || card.commune}`)
  const [first] = names
  if (card.point !== null && first !== undefined)
    for (const cell of cells(card.point)) say('neighbourhood', `${first}|${cell}`)
  return keys
}

/** The words that say most of a name, as they sound; those of the commune only where there is nothing else. */
function tellingWords({ name, communeWords }: Card): readonly string[] {
  const own = name.filter(({ text }) => !communeWords.has(text))
  const words = byWeight(own.length === 0 ? name : own).slice(0, TELLING)
  return words.map(({ text }) => sounds(text))
}

/** The heaviest words first, the longest of them, then in the order of the alphabet. */
function byWeight(words: readonly Word[]): readonly Word[] {
  if (words.length < 2) return words
  return words.toSorted(
    (one, other) =>
      other.weight - one.weight || other.text.length - one.text.length || (one.text < other.text ? -1 : 1),
  )
}

function cells([north, east]: readonly [number, number]): readonly string[] {
  return [0, 0.5].map(
    (shift) => `${shift}|${Math.floor(north / CELL + shift)}|${Math.floor(east / CELL + shift)}`,
  )
}
