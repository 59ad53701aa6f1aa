/**
 * How alike two words are, 0–1: Jaro's share of common letters, raised by Winkler where the words begin alike
 * (W. E. Winkler, « String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record
 * Linkage », 1990; prefix of at most 4 signs, scale 0.1). Good at slips of the hand in names. The order of the two
 * changes nothing: letters are paired from the left, so the lesser word always goes first.
 */
export function jaroWinkler(one: string, other: string): number {
  const jaro = one < other ? jaroOf(one, other) : jaroOf(other, one)
  let prefix = 0
  while (prefix < PREFIX && prefix < one.length && one[prefix] === other[prefix]) prefix++
  return jaro + prefix * SCALE * (1 - jaro)
}

const PREFIX = 4
const SCALE = 0.1

function jaroOf(one: string, other: string): number {
  if (one === other) return 1
  if (one === '' || other === '') return 0
  const reach = Math.max(0, (Math.max(one.length, other.length) >> 1) - 1)
  const taken = new Uint8Array(other.length)
  const common: string[] = []
  for (let at = 0; at < one.length; at++) {
    const found = partner(one[at] as string, other, taken, at - reach, at + reach)
    if (found < 0) continue
    taken[found] = 1
    common.push(one[at] as string)
  }
  if (common.length === 0) return 0
  const partners = [...other].filter((_, at) => taken[at] === 1)
  const moved = common.filter((letter, at) => letter !== partners[at]).length / 2
  const shared = common.length
  return (shared / one.length + shared / other.length + (shared - moved) / shared) / 3
}

function partner(letter: string, other: string, taken: Uint8Array, from: number, to: number): number {
  for (let at = Math.max(0, from); at <= to && at < other.length; at++)
    if (taken[at] === 0 && other[at] === letter) return at
  return -1
}
