import type { Geography } from './geography.ts'

/** An EPCI of today into which communes went: how many of them. */
export type Successor = { readonly siren: string; readonly name: string; readonly communes: number }

/** The EPCI of today of these communes (INSEE codes, merged ones too), the one with most of them first. */
export function successorsOf(communes: readonly string[], geography: Geography): Successor[] {
  const counts = new Map<string, number>()
  for (const code of communes) {
    const siren = (geography.commune(code) ?? geography.successor(code))?.epci ?? null
    if (siren !== null) counts.set(siren, (counts.get(siren) ?? 0) + 1)
  }
  return [...counts]
    .map(([siren, count]) => ({ siren, name: geography.epci(siren)?.name ?? siren, communes: count }))
    .sort((one, other) => other.communes - one.communes || (one.siren < other.siren ? -1 : 1))
}
