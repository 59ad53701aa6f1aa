import { commandLine } from '../domain/command-line.ts'
import { basename } from 'node:path'
import { configDirectory, withSyncParts } from '../app.ts'
import { readAdoption } from '../config/adoption-file.ts'
import { loadGeography } from '../config/geography.ts'
import { readNeedFile } from '../config/need-file.ts'
import type { NeedFile } from '../config/need-file.ts'
import { readRules } from '../config/rules-file.ts'
import type { Rules } from '../config/rules-file.ts'
import { parseEpcis } from '../domain/rules/epci-input.ts'
import type { GivenEpci } from '../domain/rules/epci-input.ts'
import { recommend } from '../domain/recommendation.ts'
import { typology } from '../domain/typology.ts'
import { typologyOverview } from '../domain/typology-overview.ts'
import type { Typed } from '../domain/typology-overview.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { readOnly } from '../engine/read-base.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'
import { readInput } from './read-input.ts'
import { overviewLines } from './typology-text.ts'

type Options = CommonOptions & { readonly needs?: string }

/**
 * `portrea typology [FILE]`: the types of territories, their EPCI, and what is recommended, retained and spent there; of the
 * base as it is now (nothing is written), or, offline, of a file of situations.
 */
export async function typologyCommand(file: string | undefined, options: Options): Promise<number> {
  if (file === undefined && options.needs !== undefined)
    throw new PortreaError(
      'USAGE',
      `--needs va avec un fichier ; pour la base : ${commandLine('import', 'FICHIER', '--needs')}`,
    )
  const { rules, reports, refused } = file === undefined ? await ofBase(options) : ofFile(file, options)
  const types = typologyOverview(reports, rules.typology)
  if (options.json) print({ rules: rules.fingerprint, types, refused })
  else {
    say(...overviewLines(types))
    say(...refused.map(({ place, reason }) => typeset(`• ${place} : ${reason}`)))
  }
  return refused.length > 0 ? 1 : 0
}

type Found = {
  readonly rules: Rules
  readonly reports: readonly Typed[]
  readonly refused: NeedFile['refused']
}

async function ofBase(options: Options): Promise<Found> {
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const reports = await withSyncParts(environment, settings, log, async (parts) => {
    const read = await readOnly(parts)
    return read.reports
  })
  return { rules: settings.rules, reports, refused: [] }
}

function ofFile(file: string, { needs }: Options): Found {
  const rules = readRules(configDirectory())
  const given = parseEpcis(readInput(file))
  const sirens = new Set(given.map(({ siren }) => siren))
  const figures = needs === undefined ? null : figuresOf(needs, sirens, rules)
  const geography = loadGeography()
  const reports = given.map((one, at) => {
    const official = one.siren === null ? null : geography.epci(one.siren)
    const population = one.population ?? official?.population ?? null
    const name = one.name ?? official?.name ?? `Territoire ${at + 1}`
    const imported = (one.siren === null ? undefined : figures?.figures.get(one.siren)) ?? []
    return typed({ ...one, population: population || null, name }, imported, rules)
  })
  return { rules, reports, refused: figures?.refused ?? [] }
}

/** A regional file names others than those looked at: they are no fault here. */
function figuresOf(path: string, sirens: ReadonlySet<string | null>, rules: Rules): NeedFile {
  const file = readNeedFile(path, {
    source: basename(path),
    year: null,
    sirenNames: readAdoption(configDirectory()).tables['epcis']?.columns['siren']?.names ?? [],
    stranger: () => null,
    need: rules.typology.need,
    words: rules.completeness,
  })
  return { ...file, figures: new Map([...file.figures].filter(([siren]) => sirens.has(siren))) }
}

/** What the overview looks at, where nothing is retained nor spent. */
function typed(
  { siren, name, situation, population, fragility, retained }: GivenEpci & { readonly name: string },
  imported: Parameters<typeof typology>[2]['imported'],
  rules: Rules,
): Typed {
  const recommendation = recommend(situation, rules)
  const { recommended, workload, factors } = recommendation
  return {
    siren: siren ?? '',
    name,
    typology: typology(situation, factors, { fragility, population, imported }, rules),
    recommendation,
    retained,
    workload: {
      ...(retained === null ? workload : recommendation.workloads[retained]),
      follows: retained === null ? 'recommended' : 'retained',
      referential: retained ?? recommended,
    },
    actualDays: { referents: null, deploymentOfficer: null },
  }
}
