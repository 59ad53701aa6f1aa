import type { Columns } from '../config/columns-file.ts'
import { duplicateIndex } from '../domain/duplicates.ts'
import { typeset } from '../domain/typography.ts'
import type { ActorRow } from '../nocodb/read-actors.ts'
import type { Change } from '../nocodb/write-rows.ts'

/** Gathers the records of a reading, then tells which cells « Doublons possibles » change. */
export type DuplicateCells = {
  add(row: ActorRow, epci: string | null): void
  /** Changes of the rows that may be written; a person's « pas un doublon » is final. */
  changes(): Change[]
}

/** Keeps of each record its comparison keys, and of few its cell and the person's word. */
export function duplicateCells(
  { actors }: Columns,
  written: (epci: string | null) => boolean,
): DuplicateCells {
  const { possibleDuplicates, notDuplicateOf } = actors.columns
  const index = duplicateIndex()
  const shown = new Map<number, string>()
  const denied = new Map<number, ReadonlySet<string>>()
  const kept = new Set<number>()
  return {
    add(row, epci) {
      index.add(row.actor, epci)
      const text = row.row[possibleDuplicates.title]
      if (typeof text === 'string') shown.set(row.id, text)
      const word = row.row[notDuplicateOf.title]
      if (typeof word === 'string') denied.set(row.id, new Set(word.split(/[|,;\s]+/)))
      if (!written(epci)) kept.add(row.id)
    },
    changes() {
      const wanted = wantedTexts(index.pairs(), (one, other) => denied.get(one)?.has(String(other)) ?? false)
      const rows = [...new Set([...wanted.keys(), ...shown.keys()])].filter((id) => !kept.has(id))
      return rows
        .filter((id) => wanted.get(id) !== shown.get(id))
        .map((id) => ({ id, cells: { [possibleDuplicates.title]: wanted.get(id) ?? null } }))
    },
  }
}

type Pairs = ReturnType<ReturnType<typeof duplicateIndex>['pairs']>

function wantedTexts(pairs: Pairs, denied: (one: number, other: number) => boolean): Map<number, string> {
  const lines = new Map<number, string[]>()
  for (const { one, other, reason } of pairs) {
    const [left, right] = [Number(one), Number(other)]
    if (denied(left, right) || denied(right, left)) continue
    for (const [id, twin] of [
      [left, right],
      [right, left],
    ] as const)
      lines.set(id, [...(lines.get(id) ?? []), `Fiche n° ${twin} : ${reason}.`])
  }
  return new Map([...lines].map(([id, texts]) => [id, typeset(texts.join('\n'))]))
}
