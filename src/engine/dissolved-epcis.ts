import type { FormerEpci, Geography } from '../domain/geography.ts'
import { successorsOf } from '../domain/successors.ts'
import type { Successor } from '../domain/successors.ts'
import { counted, frenchList } from '../domain/typography.ts'

/** Where the records of EPCI that are in the official list no more would go today, by the communes of the records. */
export type DissolvedEpcis = {
  /** Of an EPCI that the list has no more, French words on what it was and where it went; null: nothing is known. */
  words(siren: string): string | null
}

/** @param inseeOf the codes that the records of an EPCI give; none where they are not asked */
export function dissolvedEpcis(
  geography: Geography,
  inseeOf: (siren: string) => readonly string[] = () => [],
): DissolvedEpcis {
  return {
    words(siren) {
      const former = geography.formerEpci(siren)
      if (former !== null) return formerWords(former, geography)
      const successors = successorsOf(inseeOf(siren), geography)
      if (successors.length === 0) return null
      return `${siren} : les communes de ses fiches sont aujourd'hui dans ${listed(successors, 'fiche')}.`
    },
  }
}

/** « CC X » (SIREN, until 2021): its communes are today in « Y » (SIREN, 12 communes). */
export function formerWords(former: FormerEpci, geography: Geography): string {
  const { siren, name, until, communes } = former
  const successors = successorsOf(communes, geography)
  return `« ${name} » (${siren}, jusqu'en ${until}) : ses communes sont aujourd'hui dans ${listed(successors, 'commune')}.`
}

function listed(successors: readonly Successor[], what: string): string {
  return frenchList(
    successors.map(({ siren, name, communes }) => `« ${name} » (${siren}, ${counted(communes, what)})`),
  )
}
