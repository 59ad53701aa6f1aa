import type { CompletenessRules } from './rules/completeness.ts'
import type { PrefillRules } from './rules/prefill.ts'

/** A kind of actors, and how people are shown it. */
export type ShownKind = { readonly kind: string; readonly label: string }

/** What one imported list names in one EPCI. */
export type ListedIn = {
  readonly list: string
  /** The day of its reading, 'YYYY-MM-DD'. */
  readonly readOn: string
  readonly records: number
  /** Of them, those of each kind; what is left says none. */
  readonly kinds: readonly (ShownKind & { readonly records: number })[]
}

/** What the imported lists name in one EPCI, each place once as far as can be told. */
export type ListedPlaces = {
  readonly records: number
  /** Whether it is the least that there is, and no more is known: some kinds are in none of the lists. */
  readonly floor: boolean
  readonly lists: readonly ListedIn[]
  /** The kinds that the lists name, here or elsewhere. */
  readonly covered: readonly ShownKind[]
  /** The kinds that most EPCI have (`expected.kinds` of config/prefill.yaml) and no list names. */
  readonly missing: readonly ShownKind[]
}

/** A count of a list: of one kind in one EPCI; '': it says none. */
export type KindCount = {
  readonly title: string
  readonly readOn: string
  readonly siren: string
  readonly kind: string
  readonly records: number
}

/** What is asked of the rules. */
type Rules = {
  readonly completeness: Pick<CompletenessRules, 'fields'>
  readonly prefill: Pick<PrefillRules, 'expected'>
}

/**
 * Compiles what imported lists name in an EPCI; null: none names a place there. Two lists may name one place: of each
 * kind the longest list counts, the kinds are summed; a list of places of whatever kind counts as a whole where it is longer
 * than that sum. So no place is counted twice, and what is there may be more.
 */
export function compileListedPlaces(
  lists: Iterable<readonly KindCount[]>,
  { completeness, prefill }: Rules,
): (siren: string) => ListedPlaces | null {
  const words = completeness.fields.find(({ field }) => field === 'typologie')?.accepted ?? {}
  const shown = (kind: string): ShownKind => ({ kind, label: words[kind]?.[0] ?? kind })
  const all = [...lists].flatMap((counts) => {
    const covers = new Set(counts.flatMap(({ kind }) => (kind === '' ? [] : [kind])))
    return [...Map.groupBy(counts, ({ siren }) => siren)].map(([siren, its]) => ({ siren, its, covers }))
  })
  const byEpci = Map.groupBy(all, ({ siren }) => siren)
  return (siren) => {
    const here = byEpci.get(siren) ?? []
    if (here.length === 0) return null
    const covered = new Set(here.flatMap(({ covers }) => [...covers]))
    const missing = prefill.expected.kinds.filter((kind) => !covered.has(kind))
    return {
      records: mostOf(here.map(({ its }) => its)),
      // Of a Hub that says of no kind that it is everywhere, nobody knows what is missing.
      floor: missing.length > 0 || prefill.expected.kinds.length === 0,
      lists: here.map(({ its }) => listedIn(its, shown)),
      covered: [...covered].toSorted().map(shown),
      missing: missing.map(shown),
    }
  }
}

function listedIn(its: readonly KindCount[], shown: (kind: string) => ShownKind): ListedIn {
  return {
    list: its[0]?.title ?? '',
    readOn: its[0]?.readOn ?? '',
    records: sumOf(its),
    kinds: its
      .flatMap(({ kind, records }) => (kind === '' ? [] : [{ ...shown(kind), records }]))
      .toSorted((one, other) => other.records - one.records || (one.kind < other.kind ? -1 : 1)),
  }
}

function mostOf(lists: readonly (readonly KindCount[])[]): number {
  const most = new Map<string, number>()
  for (const { kind, records } of lists.flat())
    if (kind !== '') most.set(kind, Math.max(most.get(kind) ?? 0, records))
  const sum = [...most.values()].reduce((total, count) => total + count, 0)
  return Math.max(sum, ...lists.map(sumOf))
}

function sumOf(counts: readonly KindCount[]): number {
  return counts.reduce((sum, { records }) => sum + records, 0)
}
