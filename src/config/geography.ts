import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Commune, Geography, OfficialEpci } from '../domain/geography.ts'
import { PortreaError } from '../errors.ts'

const PACKAGE = '@etalab/decoupage-administratif'

type OfficialCommune = {
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
}
type OfficialGroup = {
  readonly code: string
  readonly nom: string
  readonly populationMunicipale?: number
  readonly membres: readonly { readonly code: string }[]
}
/** Where the codes and names of before are to be looked for. */
type FormerCommune = Pick<Required<OfficialCommune>, 'code' | 'nom' | 'anciensCodes'> & {
  readonly chefLieu: string | undefined
}
/** An EPCI with the codes of its communes. */
type Group = Omit<OfficialGroup, 'membres' | 'populationMunicipale'> & {
  readonly populationMunicipale: number | undefined
  readonly membres: readonly string[]
}
type MutableCommune = { -readonly [Key in keyof Commune]: Commune[Key] }

/**
 * Reads the official communes and EPCI of the installed package (about 0.2 s), and keeps only what the domain asks.
 * Throws CONFIG_INVALID where the package's data are not there.
 */
export function loadGeography(): Geography {
  const groups = Array.from(
    readData<OfficialGroup>('epci.json'),
    ({ code, nom, populationMunicipale, membres }) => ({
      code,
      nom,
      populationMunicipale,
      membres: membres.map((member) => member.code),
    }),
  )
  const epciOf = new Map(groups.flatMap((group) => group.membres.map((code) => [code, group.code] as const)))
  const { communes, successors, regions } = compactCommunes(
    readData<OfficialCommune>('communes.json'),
    epciOf,
  )
  const byPostalCode = indexPostalCodes(communes, successors)
  const epcis = new Map(groups.map((group) => [group.code, compactEpci(group, communes, regions)]))
  return {
    commune: (insee) => communes.get(insee) ?? null,
    successor: (insee) => communes.get(successors.get(insee) ?? '') ?? null,
    byPostalCode: (postalCode) => byPostalCode.get(postalCode) ?? NONE,
    epci: (siren) => epcis.get(siren) ?? null,
  }
}

const NONE: readonly Commune[] = Object.freeze([])

/** The communes of today with the arrondissements, and where each old code went. */
function compactCommunes(official: Iterable<OfficialCommune>, epciOf: ReadonlyMap<string, string>) {
  const communes = new Map<string, MutableCommune>()
  const successors = new Map<string, string>()
  const regions = new Map<string, string>()
  const former: FormerCommune[] = []
  for (const one of official) {
    const { code, nom, type, codesPostaux = [], commune, anciensCodes = [], chefLieu } = one
    if (chefLieu !== undefined || anciensCodes.length > 0) former.push({ code, nom, anciensCodes, chefLieu })
    if (type !== 'commune-actuelle' && type !== 'arrondissement-municipal') continue
    const epci = epciOf.get(commune ?? code) ?? null
    if (one.region !== undefined && epci !== null) regions.set(code, one.region)
    communes.set(code, { code, name: nom, postalCodes: codesPostaux, epci })
    if (commune !== undefined) successors.set(code, commune)
  }
  for (const { code, nom, anciensCodes, chefLieu } of former) {
    for (const old of anciensCodes) if (!communes.has(old)) successors.set(old, code)
    const into = chefLieu === undefined ? undefined : communes.get(chefLieu)
    if (into === undefined) continue
    if (!communes.has(code)) successors.set(code, into.code)
    if (nom !== into.name) into.formerNames = [...(into.formerNames ?? []), nom]
  }
  return {
    communes: communes as ReadonlyMap<string, Commune>,
    successors: successors as ReadonlyMap<string, string>,
    regions: regions as ReadonlyMap<string, string>,
  }
}

/** Arrondissements stay out: a postal code of Paris names Paris. */
function indexPostalCodes(communes: ReadonlyMap<string, Commune>, successors: ReadonlyMap<string, string>) {
  const index = new Map<string, Commune[]>()
  for (const commune of communes.values()) {
    if (successors.has(commune.code)) continue
    for (const postalCode of commune.postalCodes) {
      const users = index.get(postalCode)
      if (users === undefined) index.set(postalCode, [commune])
      else users.push(commune)
    }
  }
  return index as ReadonlyMap<string, readonly Commune[]>
}

function compactEpci(
  group: Group,
  communes: ReadonlyMap<string, Commune>,
  regions: ReadonlyMap<string, string>,
): OfficialEpci {
  return {
    siren: group.code,
    name: group.nom,
    population: group.populationMunicipale ?? 0,
    region: mostFrequent(group.membres.flatMap((code) => regions.get(code) ?? [])),
    communes: group.membres.map((code) => communes.get(code)?.code ?? code),
  }
}

/** Of two as frequent, the first in order. */
function mostFrequent(values: readonly string[]): string | null {
  const counts = [...Map.groupBy(values, (value) => value)].map(
    ([value, all]) => [value, all.length] as const,
  )
  const [first] = counts.sort(([one, many], [other, others]) => others - many || (one < other ? -1 : 1))
  return first?.[0] ?? null
}

/**
 * The entries of a data file, one at a time: it holds one a line, and 12 MB read and parsed whole would cost 60 MB for
 * a moment. Where a release lays it out otherwise, it is parsed whole all the same.
 */
function* readData<T>(file: string): Generator<T> {
  const path = pathOf(file)
  for (const raw of linesOf(path)) {
    const line = raw.trim()
    if (line === '' || line === '[' || line === ']') continue
    if (!line.startsWith('{') || !/\},?$/.test(line))
      return yield* JSON.parse(readFileSync(path, 'utf8')) as T[]
    yield JSON.parse(line.endsWith(',') ? line.slice(0, -1) : line) as T
  }
}

const CHUNK = 1 << 18
const NEWLINE = 0x0a

function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r')
  try {
    const chunk = Buffer.alloc(CHUNK)
    let rest = Buffer.alloc(0)
    for (let read = 1; read > 0;) {
      read = readSync(file, chunk)
      const bytes = Buffer.concat([rest, chunk.subarray(0, read)])
      let start = 0
      for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
        yield bytes.toString('utf8', start, end)
        start = end + 1
      }
      rest = bytes.subarray(start)
    }
    yield rest.toString('utf8')
  } finally {
    closeSync(file)
  }
}

function pathOf(file: string): string {
  const require = createRequire(import.meta.url)
  try {
    return require.resolve(`${PACKAGE}/data/${file}`)
  } catch (cause) {
    const what = `The official geography (${PACKAGE}, ${file}) cannot be read.`
    throw new PortreaError('CONFIG_INVALID', `${what} Install the packages again (npm ci).`, { cause })
  }
}
