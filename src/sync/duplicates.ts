import type { Columns } from '../config/columns-file.ts'
import type { Rules } from '../config/rules-file.ts'
import { communeKey } from '../domain/completeness/commune-names.ts'
import { duplicateIndex } from '../domain/duplicates/duplicate-index.ts'
import type { DuplicatePair, Duplicates, NamedRecord } from '../domain/duplicates/duplicate-index.ts'
import { isDenied } from '../domain/indicators/counted-once.ts'
import { quoted } from '../domain/completeness/text.ts'
import type { Steps } from '../domain/steps.ts'
import { counted, typeset } from '../domain/typography.ts'
import type { ActorRow } from '../nocodb/read-actors.ts'
import type { Change } from '../nocodb/write-rows.ts'
import type { reportedList } from './reported.ts'

/** Gathers the records of a reading, then tells which cells « Doublons possibles » change. */
export type DuplicateCells = {
  add(row: ActorRow, epci: string | null): void
  /** Once all are in: changes of the rows that may be written; a person's « pas un doublon » is final. */
  changes(): Steps<Change[]>
}

type Parts = {
  readonly rules: Rules
  readonly columns: Columns
  readonly reported: ReturnType<typeof reportedList>
  readonly written: (epci: string | null) => boolean
}

/** Keeps of each record what is compared, and of few its cell and the person's word. */
export function duplicateCells({ rules, columns, reported, written }: Parts): DuplicateCells {
  const { possibleDuplicates } = columns.actors.columns
  const index = duplicateIndex(rules)
  const shown = new Map<number, string>()
  const words = new Map<string, string>()
  const kept = new Set<number>()
  return {
    add(row, epci) {
      index.add(row.actor)
      const text = row.row[possibleDuplicates.title]
      if (typeof text === 'string') shown.set(row.id, text)
      const { notDuplicateOf } = row.actor
      if (notDuplicateOf != null) words.set(row.actor.id, notDuplicateOf)
      if (!written(epci)) kept.add(row.id)
    },
    *changes() {
      const found = yield* index.find()
      for (const { id } of found.crowds) reported.add('duplicates.crowd', Number(id))
      const wanted = yield* cellTexts(found, words, rules.duplicates.shown)
      const rows = [...new Set([...wanted.keys(), ...shown.keys()])].filter((id) => !kept.has(id))
      return rows
        .filter((id) => wanted.get(id) !== shown.get(id))
        .map((id) => ({ id, cells: { [possibleDuplicates.title]: wanted.get(id) ?? null } }))
    },
  }
}

type Twin = { readonly id: number; readonly record: NamedRecord; readonly pair: DuplicatePair }

/** The text of each cell: one line for each record that looks like its own, the strongest first, at most `most`. */
function* cellTexts(
  { pairs, records }: Duplicates,
  words: ReadonlyMap<string, string>,
  most: number,
): Steps<ReadonlyMap<number, string>> {
  const twins = new Map<number, Twin[]>()
  const recordOf = (id: string) => records.get(id) as NamedRecord
  const names = (id: string) => [id, recordOf(id).identifier]
  const note = (own: string, other: string, pair: DuplicatePair) => {
    const twin = { id: Number(other), record: recordOf(other), pair }
    const known = twins.get(Number(own))
    if (known === undefined) twins.set(Number(own), [twin])
    else known.push(twin)
  }
  for (const pair of pairs) {
    const { one, other } = pair
    if (isDenied(pair, words, names)) continue
    note(one, other, pair)
    note(other, one, pair)
  }
  const texts = new Map<number, string>()
  for (const [id, found] of twins) {
    texts.set(id, cellText(recordOf(String(id)), found, most))
    yield
  }
  return texts
}

function cellText(own: NamedRecord, twins: readonly Twin[], most: number): string {
  const sorted = twins.toSorted((one, other) => other.pair.score - one.pair.score || one.id - other.id)
  const lines = sorted.slice(0, most).map((twin) => line(own, twin))
  const left = sorted.length - lines.length
  return typeset(
    [...lines, ...(left > 0 ? [`… et ${counted(left, 'autre fiche', 'autres fiches')}.`] : [])].join('\n'),
  )
}

/** « Médiathèque » (Lannion, structure-12) : même SIRET, nom proche à 92 %. */
function line(own: NamedRecord, { id, record, pair }: Twin): string {
  const elsewhere = communeKey(own.commune ?? '') !== communeKey(record.commune ?? '')
  const facts = [
    ...(elsewhere && record.commune !== null ? [record.commune] : []),
    ...reference(own, record, id),
  ]
  return `« ${quoted(record.name)} » (${facts.map((fact) => quoted(fact)).join(', ')}) : ${pair.reason}.`
}

/** What a person finds the record by: its « Identifiant »; its Id too where the two have the same one, or none. */
function reference(own: NamedRecord, { identifier }: NamedRecord, id: number): readonly string[] {
  if (identifier === null) return [`fiche n° ${id}`]
  return identifier === own.identifier ? [identifier, `fiche n° ${id}`] : [identifier]
}
