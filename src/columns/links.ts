import type { ColumnKey, TableKey } from './tables.ts'

/** One link: a list on `parent` (`title`), the parent's row on `child` (`childTitle`). Few on purpose: each slows every write. */
export type LinkDefinition = {
  readonly [P in TableKey]: {
    readonly [C in TableKey]: {
      readonly parent: P
      readonly title: ColumnKey<P>
      readonly child: C
      readonly childTitle: ColumnKey<C>
    }
  }[TableKey]
}[TableKey]

export const LINKS: readonly LinkDefinition[] = [
  { parent: 'epcis', title: 'actors', child: 'actors', childTitle: 'epci' },
  { parent: 'epcis', title: 'diagnostics', child: 'diagnostics', childTitle: 'epci' },
  { parent: 'epcis', title: 'days', child: 'days', childTitle: 'epci' },
  { parent: 'epcis', title: 'referents', child: 'referents', childTitle: 'epci' },
  { parent: 'days', title: 'participants', child: 'participants', childTitle: 'day' },
]
