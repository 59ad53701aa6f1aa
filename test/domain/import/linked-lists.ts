import { existsSync, readFileSync } from 'node:fs'
import { seeded } from '../../../scripts/demo/random.ts'
import { readActorFile } from '../../../src/config/actor-file.ts'
import type { Actor } from '../../../src/domain/actor.ts'
import { hash } from '../../../src/domain/hash.ts'
import type { Match } from '../../../src/domain/import/match.ts'
import { matcher } from '../../../src/domain/import/matcher.ts'
import { rules } from '../../helpers/rules.ts'
import { geography, TODAY } from '../completeness/records.ts'
import { altered } from '../../../scripts/bench/altered-records.ts'

/** Real places, beside the project and not part of it. */
export const FOLDER = '../shared/data'
type Labels = Readonly<Record<string, Readonly<Record<'same' | 'doubtful' | 'distinct', readonly string[]>>>>
const labels = JSON.parse(
  readFileSync(new URL('../duplicates/labels.json', import.meta.url), 'utf8'),
) as Labels
export const FILES = Object.keys(labels)
/** Whether the files are there. */
export const present = FILES.every((file) => existsSync(`${FOLDER}/${file}`))

/** Two lists of one territory, and which records of the two are one place. */
export type TwoLists = {
  readonly base: readonly Actor[]
  readonly source: readonly Actor[]
  /** Whether a record of the source and one of the base are one place. */
  readonly isSame: (source: string, base: string) => boolean
}

/**
 * A file against itself: the source holds its records as they are, the base half of them as another list would write
 * them. Two records are one place where one is the altered form of the other, or of one that people labelled the same.
 */
export function alteredLists(file: string, seed: number): TwoLists {
  const { actors } = readActorFile(`${FOLDER}/${file}`)
  const random = seeded(seed)
  const base = actors.flatMap((actor) => {
    const other = altered(actor, random)
    return random.chance(0.5) ? [{ ...other, id: `base-${actor.id}` }] : []
  })
  const placeOf = places(labels[file]!.same)
  return { base, source: actors, isSame: (one, other) => placeOf(one) === placeOf(other.slice(5)) }
}

/** Two of the lists that one file is made of (by the beginning of their ids), as they are: France services and the others. */
export function realLists(file: string, begins: string): TwoLists {
  const { actors } = readActorFile(`${FOLDER}/${file}`)
  const placeOf = places(labels[file]!.same)
  return {
    base: actors.filter(({ id }) => !id.startsWith(begins)),
    source: actors.filter(({ id }) => id.startsWith(begins)),
    isSame: (one, other) => placeOf(one) === placeOf(other),
  }
}

/** The records that pairs join, by the first of them. */
function places(pairs: readonly string[]): (id: string) => string {
  const first = new Map<string, string>()
  const of = (id: string): string => {
    const next = first.get(id)
    return next === undefined ? id : of(next)
  }
  for (const pair of pairs) {
    const [one = '', other = ''] = pair.split(' ').map(of)
    if (one !== other) first.set(one, other)
  }
  return of
}

/** What came of the records of a source: how many are in the base, were said to be the same, and rightly so. */
export type Tally = {
  there: number
  said: number
  right: number
  shown: number
  unsure: number
  falseNew: number
}

/** Tells the matches of the records of a source that `counts` keeps. */
export function tallied(lists: TwoLists, counts: (id: string) => boolean, seen?: Seen): Tally {
  const held = matcher({ rules, geography, today: TODAY }, lists.base)
  const matches = new Map<string, Match>()
  for (const [at, actor] of lists.source.entries()) {
    const match = held.add({ key: actor.id, line: at + 2, actor })
    if (match !== null) matches.set(actor.id, match)
  }
  for (const { record, match } of held.rest()) matches.set(record.key, match)
  const tally: Tally = { there: 0, said: 0, right: 0, shown: 0, unsure: 0, falseNew: 0 }
  for (const { id } of lists.source) {
    if (!counts(id)) continue
    const match = matches.get(id)!
    const truth = lists.base.filter((one) => lists.isSame(id, one.id)).map((one) => one.id)
    if (truth.length > 0) tally.there++
    if (match.kind === 'same') {
      tally.said++
      if (truth.includes(match.record)) tally.right++
    } else if (match.kind === 'unsure') {
      tally.unsure++
      if (match.candidates.some(({ record }) => truth.includes(record))) tally.shown++
    } else if (truth.length > 0) tally.falseNew++
    seen?.(id, match, truth)
  }
  return tally
}

type Seen = (id: string, match: Match, truth: readonly string[]) => void

/** The half of the records that nothing was tuned on. */
export function heldOut(id: string): boolean {
  return hash(`held out ${id}`) % 2 === 0
}
