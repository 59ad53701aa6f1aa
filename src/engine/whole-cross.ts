import type { NamedRecord } from '../domain/duplicates/duplicate-index.ts'
import { hash } from '../domain/hash.ts'
import { isDenied } from '../domain/indicators/counted-once.ts'
import type { Steps } from '../domain/steps.ts'
import type { RecordNames } from '../nocodb/record-names.ts'
import type { Change } from '../nocodb/write-rows.ts'
import type { StoredPair } from '../store/duplicates.ts'
import type { ToldByOthers } from '../store/record-rows.ts'
import type { AssessedRecord } from './assess-records.ts'
import type { DayRules } from './day-rules.ts'
import { duplicateTexts } from './duplicate-texts.ts'

/**
 * What all the records of a base tell of each other, where all of them are read: of each are kept numbers, and what it
 * says as a place; nothing is asked of the store. The same is found record by record as they change (`crossMarks`,
 * `crossPairs`).
 */
export type WholeCross = {
  add(one: AssessedRecord): void
  /**
   * Once all are in: of those of which others tell something else than `told` said when they were added, all that they
   * tell. Null: nothing of this one, for whoever lets others in now and then.
   */
  told(): Generator<{ readonly id: number; readonly told: ToldByOthers } | null>
  /** Once all are in, and once only: the pairs, and who is named in them. */
  pairs(): Steps<WholePairs>
}

/** The pairs of a whole base. */
export type WholePairs = {
  readonly pairs: readonly StoredPair[]
  readonly named: ReadonlyMap<number, NamedRecord>
}

/** Begins it. */
export function wholeCross({ cross, pairing }: DayRules, called: RecordNames): WholeCross {
  const marks = cross.index()
  const used = new Map<number, number>()
  let count = 0
  const places = pairing.index()
  const words = new Map<string, string>()
  return {
    add({ row, state, comparable }) {
      if (state.marks !== null) {
        marks.add(row.id, state.epci, state.marks)
        const told = toldHash(state.told)
        if (told !== 0) used.set(count, told)
        count += 1
      }
      if (comparable === null) return
      places.add(comparable)
      const { notDuplicateOf } = row.actor
      if (notDuplicateOf != null) words.set(row.actor.id, notDuplicateOf)
    },
    *told() {
      let next = 0
      const bare = function* (to: number) {
        for (; next < to; next++) yield used.has(next) ? { id: marks.key(next), told: {} } : null
      }
      for (const { at, key, findings } of marks.findings()) {
        yield* bare(at)
        next = at + 1
        const told = Object.fromEntries(findings.map(({ code, message }) => [code, message]))
        yield (used.get(at) ?? 0) === toldHash(told) ? null : { id: key, told }
      }
      yield* bare(count)
    },
    *pairs() {
      const { pairs, records } = yield* places.find()
      const names = (id: string, speaker: string) => [
        ...called.references(Number(id), Number(speaker)),
        records.get(id)?.identifier ?? null,
      ]
      return {
        pairs: pairs.map((pair) => {
          const [one, other] = [Number(pair.one), Number(pair.other)].sort((a, b) => a - b) as [
            number,
            number,
          ]
          const { score, reason } = pair
          return { one, other, score, reason, denied: isDenied(pair, words, names) }
        }),
        named: new Map([...records].map(([id, record]) => [Number(id), record])),
      }
    },
  }
}

/** 0: nothing is told. */
function toldHash(told: ToldByOthers): number {
  const codes = Object.keys(told).toSorted()
  return codes.length === 0 ? 0 : hash(codes.map((code) => `${code} ${told[code]}`).join('\n'))
}

/** What stands in the cells « Doublons possibles » that hold something: of each, a number that stands for its text. */
export type ShownTexts = {
  add(id: number, text: string): void
  has(id: number, text: string): boolean
  ids(): Iterable<number>
}

/** Before any cell was read. */
export function shownTexts(): ShownTexts {
  const texts = new Map<number, number>()
  return {
    add: (id, text) => void texts.set(id, hash(text)),
    has: (id, text) => texts.get(id) === hash(text),
    ids: () => texts.keys(),
  }
}

/** The cells « Doublons possibles » that differ from what they are to be. */
export function* duplicateChanges(
  { pairs, named }: WholePairs,
  shown: ShownTexts,
  told: {
    /** The title of that column in the table of a record. */
    readonly titleOf: (id: number) => string | undefined
    readonly most: number
    readonly called: RecordNames
  },
): Generator<Change> {
  const { titleOf, most, called } = told
  const wanted = new Set<number>()
  const cell = (id: number, text: string | null) => ({ id, cells: { [titleOf(id) ?? '']: text } })
  for (const [id, text] of duplicateTexts(pairs, (one) => named.get(one), { most, called })) {
    wanted.add(id)
    if (!shown.has(id, text)) yield cell(id, text)
  }
  for (const id of shown.ids()) if (!wanted.has(id)) yield cell(id, null)
}
