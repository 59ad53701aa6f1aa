/** How many people a group may have, both included; whole numbers, 1 ≤ from ≤ to. */
export type GroupBounds = { readonly from: number; readonly to: number }

/** Sizes of the groups, the largest first; null where these people cannot be split so: then the nearest numbers that can. */
export type Groups =
  | { readonly sizes: readonly number[]; readonly nearest: readonly [] }
  | { readonly sizes: null; readonly nearest: readonly number[] }

/**
 * Splits `people` (a whole number ≥ 0) into groups as even as can be, then of a size as near the middle of the bounds as
 * can be (the Hub's document: « répartition homogène des participants en groupes de 4 à 6 personnes »).
 */
export function groups(people: number, bounds: GroupBounds): Groups {
  const sizes = split(people, bounds)
  return sizes === null ? { sizes: null, nearest: nearestOf(people, bounds) } : { sizes, nearest: [] }
}

function split(people: number, bounds: GroupBounds): number[] | null {
  const counts = groupCounts(people, bounds)
  if (counts.length === 0) return null
  const wanted = people / ((bounds.from + bounds.to) / 2)
  const even = counts.filter((count) => people % count === 0)
  const count = (even.length > 0 ? even : counts).reduce((best, one) =>
    Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best,
  )
  const size = Math.floor(people / count)
  return Array.from({ length: count }, (_, index) => (index < people % count ? size + 1 : size))
}

/** Into how many groups these people can be split, the fewest first; none where they cannot. */
export function groupCounts(people: number, { from, to }: GroupBounds): number[] {
  const fewest = Math.ceil(people / to)
  const most = Math.floor(people / from)
  if (people < 1 || fewest > most) return []
  return Array.from({ length: most - fewest + 1 }, (_, index) => fewest + index)
}

/** The numbers of people nearest to this one that can be split: one, or two at the same distance. */
function nearestOf(people: number, bounds: GroupBounds): number[] {
  for (let distance = 1; ; distance += 1) {
    const found = [people - distance, people + distance].filter((other) => split(other, bounds) !== null)
    if (found.length > 0) return found
  }
}
