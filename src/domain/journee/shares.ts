/** A record as it is shared out: `commune` as written; null: not known. */
export type Shared = { readonly id: number; readonly commune: string | null }

/**
 * Which group looks at which record: the records in the order of their communes, cut into parts as even as can be, so that
 * a group has neighbouring places and the parts stay nearly the same when a record is added. Those without a commune come
 * last. The keys are ids of records, the values those of `groups`.
 */
export function shares(records: readonly Shared[], groups: readonly number[]): ReadonlyMap<number, number> {
  const count = Math.max(1, groups.length)
  const ordered = records.toSorted(
    (one, other) =>
      Number(one.commune === null) - Number(other.commune === null) ||
      (one.commune ?? '').localeCompare(other.commune ?? '', 'fr') ||
      one.id - other.id,
  )
  return new Map(
    ordered.map(({ id }, index) => [
      id,
      groups[Math.floor((index * count) / Math.max(1, ordered.length))] ?? 1,
    ]),
  )
}
