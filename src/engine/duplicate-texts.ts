import { communeKey } from '../domain/completeness/commune-names.ts'
import { quoted } from '../domain/completeness/text.ts'
import type { NamedRecord } from '../domain/duplicates/duplicate-index.ts'
import { counted, typeset } from '../domain/typography.ts'
import type { StoredPair } from '../store/duplicates.ts'

type Twin = { readonly id: number; readonly record: NamedRecord; readonly pair: StoredPair }

/**
 * The text of each cell « Doublons possibles », one after the other: one line for each record that looks like its own, the
 * strongest first, at most `most`; none of a pair of which a person said that they are two. A record that is not `named`
 * has no line.
 */
export function* duplicateTexts(
  pairs: readonly StoredPair[],
  named: (id: number) => NamedRecord | undefined,
  most: number,
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
    if (record !== undefined && twins.length > 0) yield [id, cellText(record, twins, most)]
  }
}

function twinIn(pair: StoredPair, own: number, named: (id: number) => NamedRecord | undefined): Twin | null {
  const id = pair.one === own ? pair.other : pair.one
  const record = named(id)
  return record === undefined ? null : { id, record, pair }
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
