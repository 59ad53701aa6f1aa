/**
 * How many letters must be added, left out or changed to make one text of the other (Levenshtein), or anything above `most`
 * as soon as it is known to be above.
 * @param swaps whether two letters that changed places are one slip (optimal string alignment), not two
 */
export function distance(one: string, other: string, most: number, swaps = false): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let left = 1; left <= one.length; left++) {
    const next = [left]
    for (let right = 1; right <= other.length; right++) {
      const changed = (row[right - 1] ?? 0) + (one[left - 1] === other[right - 1] ? 0 : 1)
      const least = Math.min(changed, (row[right] ?? 0) + 1, (next[right - 1] ?? 0) + 1)
      const swapped = swaps && one[left - 1] === other[right - 2] && one[left - 2] === other[right - 1]
      next.push(swapped ? Math.min(least, (before[right - 2] ?? least) + 1) : least)
    }
    if (Math.min(...next) > most) return most + 1
    before = row
    row = next
  }
  return row[other.length] ?? most + 1
}
