import type { Commune, Geography } from '../domain/geography.ts'

/** An entry of the official list of communes, those of before included. */
export type OfficialCommune = {
  readonly code: string
  readonly nom: string
  readonly region?: string
  readonly type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal'
  readonly codesPostaux?: readonly string[]
  /** Codes of communes merged into it. */
  readonly anciensCodes?: readonly string[]
  /** The commune of a delegated or associated one. */
  readonly chefLieu?: string
  /** The commune of an arrondissement. */
  readonly commune?: string
  /** SIREN of its town hall. */
  readonly siren?: string
}

/** What is kept of the list: of each commune one line of text. */
type CompactCommunes = Pick<Geography, 'commune' | 'byPostalCode' | 'byDepartment' | 'municipality'> & {
  /** Where each code of before went: the code of a commune of today. */
  readonly successors: ReadonlyMap<string, string>
}

/** Stands between the parts of a line: name, postal codes, SIREN of the EPCI, whether others were merged into it, names of before. */
const BETWEEN = '\t'

/**
 * The communes of today with the arrondissements, and where each old code went. As objects they would hold 12 MB; as
 * text 3, and the same commune is always the same object.
 * @param seen hears of each commune of today: its EPCI and its region
 */
export function compactCommunes(
  official: Iterable<OfficialCommune>,
  epciOf: ReadonlyMap<string, string>,
  seen: (epci: string, region: string) => void,
): CompactCommunes {
  const lines = new Map<string, string>()
  const successors = new Map<string, string>()
  const sirens: [number, number][] = []
  const former: Pick<Required<OfficialCommune>, 'code' | 'nom' | 'anciensCodes' | 'chefLieu'>[] = []
  for (const one of official) {
    const { code, nom, type, codesPostaux = [], commune, anciensCodes = [], chefLieu = '' } = one
    if (chefLieu !== '' || anciensCodes.length > 0) former.push({ code, nom, anciensCodes, chefLieu })
    if (type !== 'commune-actuelle' && type !== 'arrondissement-municipal') continue
    const epci = epciOf.get(commune ?? code) ?? ''
    if (one.region !== undefined && epci !== '') seen(epci, one.region)
    lines.set(code, [nom, codesPostaux.join(' '), epci, anciensCodes.length > 0 ? MERGED : ''].join(BETWEEN))
    if (one.siren !== undefined) sirens.push([Number(one.siren), numberOf(code)])
    if (commune !== undefined) successors.set(code, commune)
  }
  for (const { code, nom, anciensCodes, chefLieu } of former) {
    for (const old of anciensCodes) if (!lines.has(old)) successors.set(old, code)
    const into = lines.get(chefLieu)
    if (into === undefined) continue
    if (!lines.has(code)) successors.set(code, chefLieu)
    if (nom !== into.slice(0, into.indexOf(BETWEEN))) lines.set(chefLieu, into + BETWEEN + nom)
  }
  const users = usersOf(lines, successors)
  const text = packed(lines)
  const commune = remembered((code) => {
    const line = text.of(code)
    return line === null ? null : communeOf(code, line)
  })
  const byPostalCode = remembered((postalCode) => {
    const codes = users.get(postalCode)
    return codes === undefined ? null : codes.split(' ').map((code) => commune(code) as Commune)
  })
  const byDepartment = remembered((department) => {
    const codes = text.under(department).filter((code) => !successors.has(code))
    return codes.length === 0 ? null : codes.map((code) => commune(code) as Commune)
  })
  const bearer = numbersBySiren(sirens)
  return {
    commune,
    successors,
    byPostalCode: (postalCode) => byPostalCode(postalCode) ?? NONE,
    byDepartment: (department) => byDepartment(department) ?? NONE,
    municipality: (siren) => commune(bearer(siren) ?? ''),
  }
}

const MERGED = '+'
const NONE: readonly Commune[] = Object.freeze([])

/** What is made of a text when it is first asked for; texts of which nothing is made are not kept. */
export function remembered<T>(make: (text: string) => T | null): (text: string) => T | null {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const made = make(text)
    if (made !== null) known.set(text, made)
    return made
  }
}

function communeOf(code: string, line: string): Commune {
  const [name = '', postalCodes = '', epci = '', merged, ...formerNames] = line.split(BETWEEN)
  return {
    ...{ code, name, postalCodes: postalCodes === '' ? [] : postalCodes.split(' ') },
    epci: epci === '' ? null : epci,
    ...(formerNames.length === 0 ? {} : { formerNames }),
    ...(merged === MERGED ? { merged: true } : {}),
  }
}

/** Who uses each postal code. Arrondissements stay out: a postal code of Paris names Paris. */
function usersOf(lines: ReadonlyMap<string, string>, successors: ReadonlyMap<string, string>) {
  const users = new Map<string, string>()
  for (const [code, line] of lines) {
    if (successors.has(code)) continue
    const [, postalCodes = ''] = line.split(BETWEEN, 2)
    for (const postalCode of postalCodes === '' ? [] : postalCodes.split(' ')) {
      const others = users.get(postalCode)
      users.set(postalCode, others === undefined ? code : `${others} ${code}`)
    }
  }
  return users
}

/** The lines as one text, and where each begins; the keys are numbers, for codes are five digits or letters. */
function packed(lines: ReadonlyMap<string, string>): PackedLines {
  const sorted = [...lines].map(([code, line]) => [numberOf(code), line] as const)
  sorted.sort(([one], [other]) => one - other)
  const codes = Uint32Array.from(sorted, ([number]) => number)
  const starts = new Uint32Array(sorted.length + 1)
  for (const [at, [, line]] of sorted.entries()) starts[at + 1] = (starts[at] as number) + line.length
  const text = Buffer.from(sorted.map(([, line]) => line).join(''), 'utf16le')
  return {
    of(code) {
      const at = /^[0-9A-Z]{5}$/.test(code) ? indexOf(codes, numberOf(code)) : -1
      return at < 0
        ? null
        : text.toString('utf16le', 2 * (starts[at] as number), 2 * (starts[at + 1] as number))
    },
    under(prefix) {
      if (!/^[0-9A-Z]{2,3}$/.test(prefix)) return []
      const [from, to] = [numberOf(prefix.padEnd(5, '0')), numberOf(prefix.padEnd(5, 'Z'))]
      return Array.from(codes.subarray(placeOf(codes, from), placeOf(codes, to + 1)), codeOf)
    },
  }
}

type PackedLines = {
  of(code: string): string | null
  /** The codes that begin so, in their order. */
  under(prefix: string): string[]
}

/** SIREN → the code of the commune, in 8 bytes each. */
function numbersBySiren(pairs: readonly (readonly [number, number])[]): (siren: string) => string | null {
  const sorted = pairs.toSorted(([one], [other]) => one - other)
  const sirens = Uint32Array.from(sorted, ([siren]) => siren)
  const codes = Uint32Array.from(sorted, ([, code]) => code)
  return (siren) => {
    const at = /^\d{9}$/.test(siren) ? indexOf(sirens, Number(siren)) : -1
    return at < 0 ? null : codeOf(codes[at] as number)
  }
}

/** '2A004' as a number: digits and letters are those of base 36. */
function numberOf(code: string): number {
  return Number.parseInt(code, 36)
}

function codeOf(number: number): string {
  return number.toString(36).toUpperCase().padStart(5, '0')
}

/** Where a number stands in a sorted list; -1: it does not. */
function indexOf(sorted: Uint32Array, wanted: number): number {
  const at = placeOf(sorted, wanted)
  return sorted[at] === wanted ? at : -1
}

/** Where a number stands in a sorted list, or would. */
function placeOf(sorted: Uint32Array, wanted: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return low
}
