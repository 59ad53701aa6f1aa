import { memo } from '../completeness/memo.ts'
import { hash } from '../hash.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import type { ComparisonRecord } from './comparison-record.ts'
import { KEYS } from './candidate-pairs.ts'
import { phonetic } from './phonetic.ts'
import type { Word } from './words.ts'

/** what two records may share; told where so many meet that they are not compared. */
export type BlockingKind = 'identifier' | 'phone' | 'email' | 'pivot' | 'street' | 'neighbourhood' | 'name'

/** A key: a number below `KEYS` that stands for a text. */
export type BlockingKey = { readonly kind: BlockingKind; readonly key: number }

/** Words of a name or a street that are keys: the most telling ones. */
const TELLING = 2
/** Degrees: about 2 km; two grids half a side apart, so that few neighbours fall on both sides of both. */
const CELL = 0.02

/**
 * Compiles the keys under which a record meets others: its identifier, telephones, e-mails and SIRET; the sound of a
 * telling word of its street in its town; of its name within its neighbourhood. Two that have nothing of this in common
 * share a name and a town at most: they meet under these only where the rules let that be enough for a proposal, if need
 * be for kinds alone of which a commune has one. `salt` stands before each text.
 */
export function blockingKeys(
  { points, threshold }: DuplicateRules,
  salt = '',
): (record: ComparisonRecord) => readonly BlockingKey[] {
  const nameSuffices = points.name.same + points.place.commune + points.kind >= threshold
  const onlySuffices = points.name.same + points.place.commune + points.kind + points.only >= threshold
  const sound = memo(phonetic)
  const sounds = (words: readonly Word[]) =>
    byWeight(words)
      .slice(0, TELLING)
      .map(({ text }) => sound(text))
  return (record) => {
    const keys: BlockingKey[] = []
    const say = (kind: BlockingKind, text: string) =>
      keys.push({ kind, key: hash(`${salt}${kind}|${text}`) % KEYS })
    const towns = [record.postalCode, record.commune].filter((town) => town !== '')
    const names = sounds(namesOf(record))
    if (record.identifier !== '') say('identifier', record.identifier)
    for (const phone of record.phones) say('phone', phone)
    for (const email of record.emails) say('email', email)
    if (record.pivot !== '') say('pivot', record.pivot)
    for (const street of streetsOf(record, sounds))
      for (const town of towns) say('street', `${street}|${town}`)
    for (const cell of cellsOf(record.point)) say('neighbourhood', `${names[0]}|${cell}`)
    if (onlySuffices)
      for (const kind of record.only) for (const town of towns) say('name', `only ${kind}|${town}`)
    if (nameSuffices) for (const name of names) for (const town of towns) say('name', `${name}|${town}`)
    return keys
  }
}

/** The words of a name; those of the commune only where there is nothing else. */
function namesOf({ name, communeWords }: ComparisonRecord): readonly Word[] {
  const own = name.filter(({ text }) => !communeWords.has(text))
  return own.length === 0 ? name : own
}

/** The telling words of a street; all of it where there is none (« place de la Mairie »). */
function streetsOf(
  { street }: ComparisonRecord,
  sounds: (words: readonly Word[]) => readonly string[],
): readonly string[] {
  const telling = street.filter(({ weight }) => weight === 1)
  if (telling.length > 0) return sounds(telling)
  return street.length === 0 ? [] : [street.map(({ text }) => text).join(' ')]
}

/** The heaviest words first, the longest of them, then in the order of the alphabet. */
function byWeight(words: readonly Word[]): readonly Word[] {
  if (words.length < 2) return words
  return words.toSorted(
    (one, other) =>
      other.weight - one.weight || other.text.length - one.text.length || (one.text < other.text ? -1 : 1),
  )
}

function cellsOf(point: ComparisonRecord['point']): readonly string[] {
  if (point === null) return []
  return [0, 0.5].map((shift) =>
    [shift, ...point.map((degrees) => Math.floor(degrees / CELL + shift))].join('|'),
  )
}
