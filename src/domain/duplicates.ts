import type { Actor } from './actor.ts'
import { communeKey } from './completeness/place.ts'
import { letters } from './completeness/text.ts'
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

type Entry = { readonly id: string; readonly evidence: Readonly<Record<Evidence, string | null>> }

const EVIDENCE = ['adresse', 'téléphone', 'SIRET ou RNA', 'courriel'] as const
type Evidence = (typeof EVIDENCE)[number]

/**
 * Proposes few pairs, and rarely a wrong one: the same name and commune, and at least one of address, phone, SIRET,
 * e-mail that agrees. A SIRET alone says nothing: the branches of a town or a network share it. Records meet only
 * under the same name and commune, never all against all; of each the index keeps its id and five short keys.
 */
export function duplicateIndex(): DuplicateIndex {
  const groups = new Map<string, Entry[]>()
  return {
    add(actor, epci) {
      const key = nameKey(actor, epci)
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

/** Name and commune; words of legal form and order aside. Null where one of them is not told. */
function nameKey({ fields }: Actor, epci: string | null): string | null {
  const name = letters(fields.nom ?? '')
  const place = fields.code_insee?.trim() || communeKey(fields.commune ?? '')
  return name === '' || place === '' ? null : `${epci ?? ''}|${place}|${name}`
}

function evidenceOf({ fields }: Actor): Entry['evidence'] {
  const pivot = (fields.pivot ?? '').replace(/\s+/gu, '')
  return {
    adresse: key(streetKey(fields.adresse ?? '')),
    téléphone: key((fields.telephone ?? '').replace(/\D+/gu, '').slice(-9)),
    'SIRET ou RNA': /^0*$/u.test(pivot) ? null : pivot,
    courriel: key((fields.courriels ?? '').toLowerCase().trim()),
  }
}

function key(text: string): string | null {
  return text.length < 4 ? null : text
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
        (kind) => one.evidence[kind] !== null && one.evidence[kind] === other.evidence[kind],
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
