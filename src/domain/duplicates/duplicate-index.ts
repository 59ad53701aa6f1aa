import type { Actor } from '../actor.ts'
import type { Steps } from '../steps.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import { typeset } from '../typography.ts'
import { type ComparisonRecord, cardReader } from './comparison-record.ts'
import { comparison, scoreOf } from './comparison.ts'
import { candidatePairs } from './candidate-pairs.ts'
import { blockingKeys, type BlockingKind } from './blocking-keys.ts'
import { reasonOf } from './reason.ts'
import { textColumn } from './text-column.ts'
import {
  fieldsIn,
  packed,
  packedFields,
  type NormalizedFields,
  normalizedFieldsOf,
  unpacked,
} from './normalized-fields.ts'

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
  readonly kind: BlockingKind
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
  add(actor: Actor): void
  /** Once all are in, and once only. */
  find(): Steps<Duplicates>
}

/** A record made ready to be held against others: what it says, as one text, and the keys under which it meets them. */
export type Comparable = {
  readonly id: string
  readonly said: string
  /** Each once. */
  readonly keys: readonly number[]
}

/** The rules on which records may be one place. */
export type Pairing = {
  /** null: a record without a name, which is not compared. */
  comparable(actor: Actor): Comparable | null
  /** What two say together; null: too little. */
  pairOf(one: Comparable, other: Comparable): DuplicatePair | null
  named(one: Comparable): NamedRecord
  /** What a key of a record is made of. */
  kindOf(one: Comparable, key: number): BlockingKind
  index(): { add(one: Comparable): void; find(): Steps<Duplicates> }
}

/**
 * Proposes few pairs, and rarely a wrong one. Records meet under keys (telephone, SIRET, the sound of a word of their
 * name in the same town …), never all against all; of each the index keeps what it says, as bytes, and its keys: two
 * hundred bytes, in memory only. A record without a name is not compared. Neither the order of the records nor
 * those that a pair has nothing in common with change what is found.
 */
export function duplicateIndex(rules: Rules): DuplicateIndex {
  return compileDuplicates(rules)()
}

type Rules = { readonly duplicates: DuplicateRules; readonly completeness: CompletenessRules }

/** The same for many lists of records: the rules are compiled once. */
export function compileDuplicates(rules: Rules): () => DuplicateIndex {
  const { comparable, index } = compilePairing(rules)
  return () => {
    const made = index()
    return {
      add(actor) {
        const one = comparable(actor)
        if (one !== null) made.add(one)
      },
      find: () => made.find(),
    }
  }
}

/** Compiles the rules; `salt` stands before each text that is made a key. */
export function compilePairing(rules: Rules, salt = ''): Pairing {
  const { threshold, crowd, says } = rules.duplicates
  const normalized = normalizedFieldsOf(rules)
  const readComparisonRecord = cardReader(rules.duplicates)
  const compare = comparison(rules.duplicates)
  const keysOf = blockingKeys(rules.duplicates, salt)
  const comparisonRecordOf = ({ said }: Comparable) => readComparisonRecord(unpacked(said))
  const pair: Parts['pair'] = (comparisonRecords, ids) => {
    const features = compare(...comparisonRecords)
    const score = features === null ? 0 : scoreOf(features)
    if (features === null || score < threshold) return null
    const [lesser, greater] = [...ids()].sort() as [string, string]
    return { one: lesser, other: greater, score, reason: typeset(reasonOf(features, says)) }
  }
  const pairing: Omit<Pairing, 'index'> = {
    comparable(actor) {
      if (actor.fields.nom === null) return null
      const said = normalized(fieldsIn(packedFields(actor.fields)))
      const comparisonRecord = readComparisonRecord(said)
      const keys =
        comparisonRecord.name.length === 0 ? [] : [...new Set(keysOf(comparisonRecord).map(({ key }) => key))]
      return { id: actor.id, said: packed(said), keys }
    },
    pairOf: (one, other) =>
      pair([comparisonRecordOf(one), comparisonRecordOf(other)], () => [one.id, other.id]),
    named: ({ said }) => namedRecord(unpacked(said)),
    kindOf: (one, key) => keysOf(comparisonRecordOf(one)).find((met) => met.key === key)?.kind ?? 'name',
  }
  return {
    ...pairing,
    index: () => indexOf({ ...pairing, crowd, comparisonRecordOf, pair }),
  }
}

type Parts = Omit<Pairing, 'index'> & {
  readonly crowd: number
  readonly comparisonRecordOf: (one: Comparable) => ComparisonRecord
  /** What two say together; their ids are asked for where it is enough. */
  readonly pair: (
    comparisonRecords: readonly [ComparisonRecord, ComparisonRecord],
    ids: () => readonly [string, string],
  ) => DuplicatePair | null
}

function indexOf({ crowd, comparisonRecordOf, pair, named, kindOf }: Parts): ReturnType<Pairing['index']> {
  const met = candidatePairs(crowd)
  const [ids, texts] = [textColumn(), textColumn()]
  const at = (record: number): Comparable => ({ id: ids.at(record), said: texts.at(record), keys: [] })
  return {
    add({ id, said, keys }) {
      ids.push(id)
      texts.push(said)
      met.add(keys)
    },
    *find() {
      const pairs: DuplicatePair[] = []
      const records = new Map<string, NamedRecord>()
      const comparisonRecord = remembered((record) => comparisonRecordOf(at(record)))
      const crowds = yield* met.each((left, right) => {
        const both = [comparisonRecord(left), comparisonRecord(right)] as const
        const found = pair(both, () => [ids.at(left), ids.at(right)])
        if (found === null) return
        for (const record of [left, right]) records.set(ids.at(record), named(at(record)))
        pairs.push(found)
      })
      return {
        pairs: pairs.sort((one, other) => inOrder(one.one, other.one) || inOrder(one.other, other.other)),
        records,
        crowds: crowds.map(({ key, records: count, first }) => ({
          kind: kindOf(at(first), key),
          records: count,
          id: ids.at(first),
        })),
      }
    },
  }
}

/** Cards held while pairs are compared, about a kilobyte each. */
const CARDS = 1024

function remembered(read: (record: number) => ComparisonRecord): (record: number) => ComparisonRecord {
  const comparisonRecords = new Map<number, ComparisonRecord>()
  return (record) => {
    const known = comparisonRecords.get(record)
    if (known !== undefined) return known
    if (comparisonRecords.size === CARDS) comparisonRecords.clear()
    const comparisonRecord = read(record)
    comparisonRecords.set(record, comparisonRecord)
    return comparisonRecord
  }
}

function namedRecord([identifier, name, commune]: NormalizedFields): NamedRecord {
  return { name, commune: commune || null, identifier: identifier || null }
}

function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
