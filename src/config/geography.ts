import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { epciFinder } from '../domain/adoption/epci-names.ts'
import type { NamedEpci } from '../domain/adoption/epci-names.ts'
import { departmentsOf } from '../domain/departments.ts'
import type { Departments } from '../domain/departments.ts'
import type { FormerEpci, Geography, OfficialEpci } from '../domain/geography.ts'
import { PortreaError } from '../errors.ts'
import { compactCommunes, remembered } from './compact-communes.ts'
import type { OfficialCommune } from './compact-communes.ts'

const PACKAGE = '@etalab/decoupage-administratif'

type OfficialGroup = {
  readonly code: string
  readonly nom: string
  readonly populationMunicipale?: number
  readonly membres: readonly { readonly code: string }[]
}
/** An EPCI with the codes of its communes, parted by spaces, and how many of them are in which region. */
type Group = Omit<OfficialGroup, 'membres' | 'populationMunicipale'> & {
  readonly populationMunicipale: number | undefined
  readonly members: string
  readonly regions: Map<string, number>
}
let geography: Geography | undefined

/**
 * The official communes and EPCI of the installed package, read once in a thread (about 0.2 s, in which nothing else is
 * answered). Throws CONFIG_INVALID where the package's data are not there.
 */
export function loadGeography(): Geography {
  return (geography ??= readGeography())
}

/**
 * Keeps only what the domain asks, as text: of 36,000 communes a base speaks of a thousand, which are made when they are
 * first asked for.
 */
function readGeography(): Geography {
  const groups = new Map<string, Group>()
  const epciOf = new Map<string, string>()
  for (const { code, nom, populationMunicipale, membres } of readData<OfficialGroup>('epci.json')) {
    for (const member of membres) epciOf.set(member.code, code)
    groups.set(code, {
      ...{ code, nom, populationMunicipale, regions: new Map() },
      members: membres.map((member) => member.code).join(' '),
    })
  }
  const { successors, ...communes } = compactCommunes(
    readData<OfficialCommune>('communes.json'),
    epciOf,
    (epci, region) => count(groups.get(epci)?.regions, region),
  )
  const sizes = meanSizes(groups.values())
  const epcis = remembered((siren) => {
    const group = groups.get(siren)
    return group === undefined ? null : officialEpci(group, sizes)
  })
  let named: Geography['epciNamed'] | undefined
  return {
    ...communes,
    successor: (insee) => communes.commune(successors.get(insee) ?? ''),
    epci: epcis,
    formerEpci: (siren) => readFormerEpcis().find((former) => former.siren === siren) ?? null,
    epciNamed: (text) =>
      (named ??= epciFinder([...namesOf(groups), ...readFormerEpcis()], { plainly: true }))(text),
  }
}

function* namesOf(groups: ReadonlyMap<string, Group>) {
  for (const { code, nom } of groups.values()) yield { siren: code, name: nom }
}

let formerEpcis: readonly FormerEpci[] | undefined

/** Written by scripts/former-epcis.ts; read when a SIREN is not found, which is seldom. */
function readFormerEpcis(): readonly FormerEpci[] {
  const path = new URL('former-epcis.json', import.meta.url)
  return (formerEpcis ??= JSON.parse(readFileSync(path, 'utf8')) as readonly FormerEpci[])
}

/** Every EPCI of today, by its SIREN and its name, and the départements of its communes. Throws as `loadGeography`. */
export function officialEpcis(): (NamedEpci & { readonly departments: readonly string[] })[] {
  return Array.from(readData<OfficialGroup>('epci.json'), ({ code, nom, membres }) => ({
    ...{ siren: code, name: nom },
    departments: departmentsOf(membres.map((member) => member.code)),
  }))
}

/** The départements of every EPCI of today, and their names. Throws as `loadGeography`. */
export function loadDepartments(): Departments {
  const of = new Map(officialEpcis().map(({ siren, departments }) => [siren, departments]))
  const names = new Map(
    Array.from(readData<{ code: string; nom: string }>('departements.json'), ({ code, nom }) => [code, nom]),
  )
  return { of: (siren) => of.get(siren) ?? [], name: (code) => names.get(code) ?? null }
}

function officialEpci(
  { code, nom, populationMunicipale, members, regions }: Group,
  sizes: ReadonlyMap<string, number>,
): OfficialEpci {
  const communes = members.split(' ')
  const region = mostFrequent(regions)
  const size = sizes.get(region ?? '')
  return {
    ...{ siren: code, name: nom, population: populationMunicipale ?? 0 },
    ...{ region, communes, area: size === undefined ? null : communes.length * size },
  }
}

/** Areas of the regions, in km² (INSEE, « Comparateur de territoires »), by their INSEE code. */
const REGIONS: Readonly<Record<string, number>> = {
  '01': 1628,
  '02': 1128,
  '03': 83_534,
  '04': 2504,
  '06': 374,
  '11': 12_011,
  '24': 39_151,
  '27': 47_784,
  '28': 29_907,
  '32': 31_806,
  '44': 57_441,
  '52': 32_082,
  '53': 27_208,
  '75': 84_036,
  '76': 72_724,
  '84': 69_711,
  '93': 31_400,
  '94': 8680,
}

/** The mean size of a commune in each region: its area among the communes of its EPCI. */
function meanSizes(groups: Iterable<Group>): ReadonlyMap<string, number> {
  const communes = new Map<string, number>()
  for (const { regions } of groups)
    for (const [region, number] of regions) communes.set(region, (communes.get(region) ?? 0) + number)
  return new Map(
    Object.entries(REGIONS).map(([region, area]) => [region, area / (communes.get(region) ?? 1)]),
  )
}

function count(counts: Map<string, number> | undefined, value: string): void {
  counts?.set(value, (counts.get(value) ?? 0) + 1)
}

/** Of two as frequent, the first in order. */
function mostFrequent(counts: ReadonlyMap<string, number>): string | null {
  const [first] = [...counts].sort(([one, many], [other, others]) => others - many || (one < other ? -1 : 1))
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
    const what = `La géographie officielle (${PACKAGE}, ${file}) ne peut pas être lue.`
    throw new PortreaError('CONFIG_INVALID', `${what} Réinstallez les paquets (npm ci).`, { cause })
  }
}
