import { communeKey } from '../domain/completeness/commune-names.ts'
import { quoted } from '../domain/completeness/text.ts'
import type { NamedRecord } from '../domain/duplicates/duplicate-index.ts'
import { counted, typeset } from '../domain/typography.ts'
import type { StoredPair } from '../store/duplicates.ts'

type Twin = { readonly id: number; readonly record: NamedRecord; readonly pair: StoredPair }

/**
 * The text of each cell « Doublons possibles »: one line for each record that looks like its own, the strongest first, at
 * most `most`; none of a pair of which a person said that they are two. A record that is not `named` has no line.
 */
export function duplicateTexts(
  pairs: readonly StoredPair[],
  named: (id: number) => NamedRecord | undefined,
  most: number,
): Map<number, string> {
  const twins = new Map<number, Twin[]>()
  const note = (own: number, other: number, pair: StoredPair) => {
    const record = named(other)
    if (record === undefined) return
    const twin = { id: other, record, pair }
    const known = twins.get(own)
    if (known === undefined) twins.set(own, [twin])
    else known.push(twin)
  }
  for (const pair of pairs) {
    if (pair.denied) continue
    note(pair.one, pair.other, pair)
    note(pair.other, pair.one, pair)
  }
  const texts = new Map<number, string>()
  for (const [id, found] of twins) {
    const own = named(id)
    if (own !== undefined) texts.set(id, cellText(own, found, most))
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
