import type { Actor } from '../actor.ts'
import type { Steps } from '../steps.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import { typeset } from '../typography.ts'
import { type Card, cardReader } from './card.ts'
import { comparison, scoreOf } from './comparison.ts'
import { meetings } from './meetings.ts'
import { meetingKeys, type MeetingKind } from './meeting-keys.ts'
import { reasonOf } from './reason.ts'
import { fieldsIn, packed, packedFields, type Said, sayingsOf, unpacked } from './sayings.ts'

/** Two records that may be one place, for a person to judge. */
export type DuplicatePair = {
  /** The lesser id. */
  readonly one: string
  readonly other: string
  /** The sum of the points, at least the threshold; unrounded. */
  readonly score: number
  /** French, for a person: « même SIRET, nom proche à 92 % ». */
  readonly reason: string
}

/** What a person finds a record by; null: not said. */
export type NamedRecord = {
  readonly name: string
  readonly commune: string | null
  /** The « Identifiant » that people wrote. */
  readonly identifier: string | null
}

/** So many records under one key that they were not compared with one another; they may have met under another. */
export type Crowd = {
  readonly kind: MeetingKind
  readonly records: number
  /** One of them. */ readonly id: string
}

export type Duplicates = {
  /** In the order of their ids, each pair once. */
  readonly pairs: readonly DuplicatePair[]
  /** The records of the pairs, by their ids. */
  readonly records: ReadonlyMap<string, NamedRecord>
  readonly crowds: readonly Crowd[]
}

/** Gathers records, then tells the pairs that look alike. */
export type DuplicateIndex = {
  /** Takes next to no time: the record is only kept. */
  add(actor: Actor): void
  /** Once all are in, and once only: some forty microseconds a record. */
  find(): Steps<Duplicates>
}

/**
 * Proposes few pairs, and rarely a wrong one. Records meet under keys (telephone, SIRET, the sound of a word of their
 * name in the same town …), never all against all; of each the index keeps what it says, as one text, and its keys: two
 * or three hundred bytes, in memory only. A record without a name is not compared. Neither the order of the records nor
 * those that a pair has nothing in common with change what is found.
 */
export function duplicateIndex(rules: Rules): DuplicateIndex {
  return compileDuplicates(rules)()
}

type Rules = { readonly duplicates: DuplicateRules; readonly completeness: CompletenessRules }

/** The same for many lists of records: the rules are compiled once. */
export function compileDuplicates(rules: Rules): () => DuplicateIndex {
  const { threshold, crowd, says } = rules.duplicates
  const sayings = sayingsOf(rules)
  const readCard = cardReader(rules.duplicates)
  const compare = comparison(rules.duplicates)
  const keysOf = meetingKeys(rules.duplicates)
  const parts = { threshold, crowd, says, sayings, readCard, compare, keysOf }
  return () => indexOf(parts)
}

type Parts = Pick<DuplicateRules, 'threshold' | 'crowd' | 'says'> & {
  readonly sayings: ReturnType<typeof sayingsOf>
  readonly readCard: ReturnType<typeof cardReader>
  readonly compare: ReturnType<typeof comparison>
  readonly keysOf: ReturnType<typeof meetingKeys>
}

function indexOf(parts: Parts): DuplicateIndex {
  const { threshold, crowd, says, sayings, readCard, compare, keysOf } = parts
  const met = meetings(crowd)
  const ids: string[] = []
  const texts: string[] = []
  const saidBy = (record: number) => unpacked(texts[record] as string)
  return {
    add({ id, fields }) {
      if (fields.nom === null) return
      ids.push(id)
      texts.push(packedFields(fields))
    },
    *find() {
      const pairs: DuplicatePair[] = []
      const records = new Map<string, NamedRecord>()
      for (const [record, text] of texts.entries()) {
        const said = sayings(fieldsIn(text))
        const read = readCard(said)
        texts[record] = packed(said)
        met.add(read.name.length === 0 ? [] : keysOf(read).map(({ key }) => key))
        if (record % FEW === 0) yield
      }
      const card = remembered((record) => readCard(saidBy(record)))
      const crowds = yield* met.each((left, right) => {
        const traits = compare(card(left), card(right))
        const score = traits === null ? 0 : scoreOf(traits)
        if (traits === null || score < threshold) return
        for (const record of [left, right]) records.set(ids[record] as string, namedRecord(saidBy(record)))
        const [one, other] = [ids[left] as string, ids[right] as string].sort() as [string, string]
        pairs.push({ one, other, score, reason: typeset(reasonOf(traits, says)) })
      })
      return {
        pairs: pairs.sort((one, other) => inOrder(one.one, other.one) || inOrder(one.other, other.other)),
        records,
        crowds: crowds.map(({ key, records: count, first }) => ({
          kind: keysOf(card(first)).find((one) => one.key === key)?.kind ?? 'name',
          records: count,
          id: ids[first] as string,
        })),
      }
    },
  }
}

/** Records read in one step. */
const FEW = 16

/** Cards held while pairs are compared, about a kilobyte each. */
const CARDS = 1024

function remembered(read: (record: number) => Card): (record: number) => Card {
  const cards = new Map<number, Card>()
  return (record) => {
    const known = cards.get(record)
    if (known !== undefined) return known
    if (cards.size === CARDS) cards.clear()
    const card = read(record)
    cards.set(record, card)
    return card
  }
}

function namedRecord([identifier, name, commune]: Said): NamedRecord {
  return { name, commune: commune || null, identifier: identifier || null }
}

function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
