import { communeKey } from '../domain/completeness/commune-names.ts'
import { quoted } from '../domain/completeness/text.ts'
import type { NamedRecord } from '../domain/duplicates/duplicate-index.ts'
import { counted, typeset } from '../domain/typography.ts'
import type { RecordNames } from '../nocodb/record-names.ts'
import type { StoredPair } from '../store/duplicates.ts'

/** How many lines there are at most, and what the records are called. */
type Told = { readonly most: number; readonly called: RecordNames }

type Twin = { readonly id: number; readonly record: NamedRecord; readonly pair: StoredPair }

/**
 * The text of each cell « Doublons possibles », one after the other: one line for each record that looks like its own, the
 * strongest first, at most `most`; none of a pair of which a person said that they are two. A record that is not `named`
 * has no line.
 */
export function* duplicateTexts(
  pairs: readonly StoredPair[],
  named: (id: number) => NamedRecord | undefined,
  told: Told,
): Generator<readonly [id: number, text: string]> {
  const pairsOf = new Map<number, StoredPair[]>()
  for (const pair of pairs) {
    if (pair.denied) continue
    for (const id of [pair.one, pair.other]) {
      const known = pairsOf.get(id)
      if (known === undefined) pairsOf.set(id, [pair])
      else known.push(pair)
    }
  }
  for (const [id, own] of pairsOf) {
    const record = named(id)
    const twins = own.flatMap((pair) => twinIn(pair, id, named) ?? [])
    if (record !== undefined && twins.length > 0) yield [id, cellText({ id, record }, twins, told)]
  }
}

function twinIn(pair: StoredPair, own: number, named: (id: number) => NamedRecord | undefined): Twin | null {
  const id = pair.one === own ? pair.other : pair.one
  const record = named(id)
  return record === undefined ? null : { id, record, pair }
}

type Own = Pick<Twin, 'id' | 'record'>

function cellText(own: Own, twins: readonly Twin[], { most, called }: Told): string {
  const sorted = twins.toSorted((one, other) => other.pair.score - one.pair.score || one.id - other.id)
  const lines = sorted.slice(0, most).map((twin) => line(own, twin, called))
  const left = sorted.length - lines.length
  return typeset(
    [...lines, ...(left > 0 ? [`… et ${counted(left, 'autre fiche', 'autres fiches')}.`] : [])].join('\n'),
  )
}

/** « Médiathèque » (Lannion, structure-12) : même SIRET, nom proche à 92 %. */
function line(own: Own, { id, record, pair }: Twin, called: RecordNames): string {
  const elsewhere = communeKey(own.record.commune ?? '') !== communeKey(record.commune ?? '')
  const facts = [
    ...(elsewhere && record.commune !== null ? [record.commune] : []),
    ...reference(own, { id, record }, called),
  ]
  return `« ${quoted(record.name)} » (${facts.map((fact) => quoted(fact)).join(', ')}) : ${pair.reason}.`
}

/** What a person finds the record by: its « Identifiant »; its Id too where the two have the same one, none, or are in two tables. */
function reference(own: Own, { id, record: { identifier } }: Own, called: RecordNames): readonly string[] {
  const number = called.shown(id, own.id)
  if (identifier === null) return [number]
  const clear = identifier !== own.record.identifier && called.elsewhere(id, own.id) === null
  return clear ? [identifier] : [identifier, number]
}
