/** The départements, as the official list has them. */
export type Departments = {
  /** Codes of those in which an EPCI has communes, in order; none: the EPCI is not known. */
  of(siren: string): readonly string[]
  /** « Finistère »; null: no département has this code. */
  name(code: string): string | null
}

/** The départements of communes, by the beginning of their INSEE codes, in order. */
export function departmentsOf(communes: readonly string[]): string[] {
  const codes = communes.map((code) => (/^9[78]/u.test(code) ? code.slice(0, 3) : code.slice(0, 2)))
  return [...new Set(codes)].sort()
}
