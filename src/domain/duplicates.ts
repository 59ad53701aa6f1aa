import type { Actor } from './actor.ts'
import { communeKey } from './completeness/place.ts'
import { letters } from './completeness/text.ts'
import { hash } from './hash.ts'
import { frenchList } from './typography.ts'

/** Two records that may be one place, for a person to judge; `one` < `other`. */
export type DuplicatePair = {
  readonly one: string
  readonly other: string
  /** French, for a person: « même nom et même commune, même téléphone ». */
  readonly reason: string
}

/** Gathers records, then tells the pairs that look alike. */
export type DuplicateIndex = {
  add(actor: Actor, epci: string | null): void
  /** In the order of their ids, each pair once; pairs that a shared name joins by the hundred are left out. */
  pairs(): readonly DuplicatePair[]
}

/** The same name in the same commune that often is a chain, a standard wording, or a faulty import. */
const CROWD = 20

/** What may agree beside name and commune, in the words of the reason. */
const EVIDENCE = ['adresse', 'téléphone', 'SIRET ou RNA', 'courriel'] as const

/** Of a record: its id, and a number for each piece of evidence in that order, 0 where it is not told. */
type Entry = { readonly id: string; readonly evidence: readonly number[] }

/**
 * Proposes few pairs, and rarely a wrong one: the same name and commune, and at least one of address, phone, SIRET,
 * e-mail that agrees. A SIRET alone says nothing: the branches of a town or a network share it. Records meet only
 * under the same name and commune, never all against all; of each the index keeps its id and five numbers.
 */
export function duplicateIndex(): DuplicateIndex {
  const groups = new Map<number, Entry[]>()
  return {
    add(actor, epci) {
      const key = meetingKey(actor, epci)
      if (key === null) return
      const entry = { id: actor.id, evidence: evidenceOf(actor) }
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [entry])
      else group.push(entry)
    },
    pairs: () =>
      [...groups.values()]
        .filter((group) => group.length > 1 && group.length <= CROWD)
        .flatMap(pairsWithin)
        .sort((one, other) => compare(one.one, other.one) || compare(one.other, other.other)),
  }
}

/** EPCI, commune and name as one number; null where name or commune is not told. */
function meetingKey({ fields }: Actor, epci: string | null): number | null {
  const name = letters(fields.nom ?? '')
  const place = communeKey(fields.commune ?? '') || (fields.code_insee?.trim() ?? '')
  return name === '' || place === '' ? null : hash(`${epci ?? ''}|${place}|${name}`)
}

function evidenceOf({ fields }: Actor): readonly number[] {
  const pivot = (fields.pivot ?? '').replace(/\s+/gu, '')
  return [
    streetKey(fields.adresse ?? ''),
    (fields.telephone ?? '').replace(/\D+/gu, '').slice(-9),
    /^0*$/u.test(pivot) ? '' : pivot,
    (fields.courriels ?? '').toLowerCase().trim(),
  ].map((text) => (text.length < 4 ? 0 : hash(text)))
}

/** « 3 Rue de Genève » and « 3, r. de geneve » are one street. */
function streetKey(address: string): string {
  return letters(address)
    .replace(/\b(?:rue|r)\b/gu, 'r')
    .replace(/\b(?:avenue|av)\b/gu, 'av')
    .replace(/\b(?:place|pl)\b/gu, 'pl')
    .replace(/\b(?:boulevard|bd|bld)\b/gu, 'bd')
    .replace(/\b(?:d|de|du|des|la|le|les|l)\b/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
}

function pairsWithin(group: readonly Entry[]): readonly DuplicatePair[] {
  return group.flatMap((one, at) =>
    group.slice(at + 1).flatMap((other) => {
      const shared = EVIDENCE.filter(
        (_, kind) => one.evidence[kind] !== 0 && one.evidence[kind] === other.evidence[kind],
      )
      if (shared.length === 0) return []
      const [first, second] = one.id < other.id ? [one.id, other.id] : [other.id, one.id]
      const reason = `même nom et même commune, même ${frenchList(shared)}`
      return [{ one: first, other: second, reason }]
    }),
  )
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
