/** The départements of communes, by the beginning of their INSEE codes, in order. */
export function departmentsOf(communes: readonly string[]): string[] {
  const codes = communes.map((code) => (/^9[78]/u.test(code) ? code.slice(0, 3) : code.slice(0, 2)))
  return [...new Set(codes)].sort()
}
