import type { EpciFound } from './adoption/epci-names.ts'

/** A commune of the official list, by its 5-character INSEE code ('2A004' exists). */
export type Commune = {
  readonly code: string
  readonly name: string
  readonly postalCodes: readonly string[]
  /** SIREN of its EPCI à fiscalité propre; null for the few islands that are in none. */
  readonly epci: string | null
  /** Names of the communes merged into it that people may still write. */
  readonly formerNames?: readonly string[]
  /** Whether others were merged into it; not every one left its name in `formerNames`. */
  readonly merged?: boolean
}

/** An EPCI of the official list. */
export type OfficialEpci = {
  readonly siren: string
  readonly name: string
  readonly population: number
  /** INSEE code of the region of most of its communes. */
  readonly region: string | null
  /** INSEE codes of its communes. */
  readonly communes: readonly string[]
  /** About how large it is, in km²: its communes at the mean size of those of its region; null: not known. */
  readonly area: number | null
}

/** An EPCI that the official list has no more: its last name, the last year of its SIREN, its last communes. */
export type FormerEpci = {
  readonly siren: string
  readonly name: string
  readonly until: number
  readonly communes: readonly string[]
}

/** The official geography, read once and handed to the domain, which never reads files. */
export type Geography = {
  /** The commune of today that bears the code, or the arrondissement of Paris, Lyon, Marseille; null: neither. */
  commune(insee: string): Commune | null
  /** The commune into which an old (merged, delegated, associated) code went, or the city of an arrondissement. */
  successor(insee: string): Commune | null
  /** The communes that use a postal code. */
  byPostalCode(postalCode: string): readonly Commune[]
  /** The communes of today of a département (`22`, `2A`, `974`). */
  byDepartment(department: string): readonly Commune[]
  /** The commune whose town hall bears a SIREN; null: it is nobody's, or that of a commune of before. */
  municipality(siren: string): Commune | null
  epci(siren: string): OfficialEpci | null
  /** An EPCI dissolved since 2019, or whose SIREN changed; null: none is known under this one. */
  formerEpci(siren: string): FormerEpci | null
  /** Which EPCI, of today or before, a text names. */
  epciNamed(text: string): EpciFound
}
