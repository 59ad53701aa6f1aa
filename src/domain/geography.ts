/** A commune of the official list, by its 5-character INSEE code ('2A004' exists). */
export type Commune = {
  readonly code: string
  readonly name: string
  readonly postalCodes: readonly string[]
  /** SIREN of its EPCI à fiscalité propre; null for the few islands that are in none. */
  readonly epci: string | null
  /** Names of the communes merged into it that people may still write. */
  readonly formerNames?: readonly string[]
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
}

/** The official geography, read once and handed to the domain, which never reads files. */
export type Geography = {
  /** The commune of today that bears the code, or the arrondissement of Paris, Lyon, Marseille; null: neither. */
  commune(insee: string): Commune | null
  /** The commune into which an old (merged, delegated, associated) code went, or the city of an arrondissement. */
  successor(insee: string): Commune | null
  /** The communes that use a postal code. */
  byPostalCode(postalCode: string): readonly Commune[]
  epci(siren: string): OfficialEpci | null
}
