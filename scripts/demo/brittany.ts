import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** A commune; coordinates are not in the official list. */
export type DemoCommune = {
  readonly code: string
  readonly name: string
  readonly department: string
  readonly postalCodes: readonly string[]
  readonly population: number
}

/** An EPCI; of one that lies in Brittany in part, `communes` are those that are there. */
export type DemoEpci = {
  readonly siren: string
  readonly name: string
  /** « Finistère, Morbihan », those outside Brittany included. */
  readonly departments: string
  /** Municipal population, all its communes included. */
  readonly population: number
  readonly communes: readonly DemoCommune[]
}

const BRITTANY = '53'

/** The EPCI of Brittany as the official geography lists them, in the order of their SIREN. */
export function bretonEpcis(): readonly DemoEpci[] {
  return epcisOf(({ region }) => region === BRITTANY)
}

/** All EPCI of France. */
export function frenchEpcis(): readonly DemoEpci[] {
  return epcisOf(() => true)
}

function epcisOf(wanted: (commune: OfficialCommune) => boolean): readonly DemoEpci[] {
  const departments = new Map(read<OfficialDepartment>('departements').map((one) => [one.code, one.nom]))
  const communes = new Map(
    read<OfficialCommune>('communes')
      .filter((one) => one.type === 'commune-actuelle')
      .map((one) => [one.code, one]),
  )
  return read<OfficialEpci>('epci').flatMap((epci) => {
    const members = epci.membres.flatMap(({ code }) => communes.get(code) ?? [])
    const here = members.filter(wanted)
    if (here.length === 0) return []
    const codes = [...new Set(members.map((one) => one.departement))].sort()
    return {
      siren: epci.code,
      name: epci.nom,
      departments: codes.map((code) => departments.get(code) ?? code).join(', '),
      population: epci.populationMunicipale,
      communes: here.map(demoCommune),
    }
  })
}

function demoCommune(one: OfficialCommune): DemoCommune {
  const { code, nom: name, departement: department, codesPostaux: postalCodes = [], population = 0 } = one
  return { code, name, department, postalCodes, population }
}

type OfficialDepartment = { readonly code: string; readonly nom: string }
type OfficialCommune = {
  readonly code: string
  readonly nom: string
  readonly type: string
  readonly departement: string
  readonly region: string
  readonly codesPostaux?: readonly string[]
  readonly population?: number
}
type OfficialEpci = {
  readonly code: string
  readonly nom: string
  readonly populationMunicipale: number
  readonly membres: readonly { readonly code: string }[]
}

/** The package's own index reads from the current folder, so its files are read here. */
function read<Item>(name: 'communes' | 'departements' | 'epci'): Item[] {
  const path = createRequire(import.meta.url).resolve(`@etalab/decoupage-administratif/data/${name}.json`)
  return JSON.parse(readFileSync(path, 'utf8')) as Item[]
}
