import { readFile } from 'node:fs/promises'
import { mkdir } from 'node:fs/promises'
import { basename } from 'node:path'
import type { MapSettings } from '../config/map-file.ts'
import { counted, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { readContours } from '../files/contours.ts'
import type { ContourReading } from '../files/contours.ts'
import { keepContours } from '../files/contours-file.ts'
import { fetchSource, sourcesFolder } from '../files/fetch-source.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

/** How many faults are told; JSON tells them all. */
const SHOWN = 20

/** `portrea contours [SOURCE]`: reads the contours of EPCI for the page « Carte » from config/map.yaml, a file or an address. */
export async function contours(
  given: string | undefined,
  options: CommonOptions & { readonly dryRun?: true },
): Promise<number> {
  const { environment, settings } = open(options, [])
  const dataDir = environment.PORTREA_DATA_DIR
  const { map } = settings
  const source = given ?? map.source
  const read = readContours(await documentAt(source, map, sourcesFolder(dataDir)))
  const faults = read.refused.map(({ item, reason }) => typeset(`${item} : ${reason}`))
  if (read.epcis === 0)
    throw new PortreaError('INPUT_INVALID', `${source} ne donne le contour d’aucun EPCI.`, {
      faults: faults.slice(0, SHOWN),
    })
  if (!options.dryRun) {
    await mkdir(dataDir, { recursive: true })
    await keepContours(dataDir, {
      zones: read.zones,
      attribution: map.attribution,
      licence: map.licence,
      source: isAddress(source) ? source : basename(source),
      readAt: new Date().toISOString(),
    })
  }
  if (options.json) print({ source, epcis: read.epcis, refused: read.refused, kept: !options.dryRun })
  else say(...lines(source, read, faults, !options.dryRun))
  return faults.length > 0 ? 1 : 0
}

function lines(
  source: string,
  { epcis }: ContourReading,
  faults: readonly string[],
  kept: boolean,
): string[] {
  const more = faults.length - SHOWN
  return [
    `${source} : ${counted(epcis, 'contour')} d’EPCI.`,
    ...faults.slice(0, SHOWN).map((fault) => `• ${fault}`),
    ...(more > 0 ? [`• et ${more} autres (--json les donne tous)`] : []),
    kept
      ? 'Gardés à côté de la mémoire du service : la page « Carte » les dessine.'
      : 'Rien n’est gardé (--dry-run).',
  ].map(typeset)
}

function isAddress(source: string): boolean {
  return /^https?:/iu.test(source)
}

async function documentAt(source: string, map: MapSettings, folder: string): Promise<unknown> {
  if (!isAddress(source)) return parsed(await textOf(source, map), source)
  const { allowPrivate, megabytes, minutes } = map
  const by = { folder, allowPrivate, megabytes, minutes, onlyIfChanged: false, readAs: 'contours' }
  const fetched = await fetchSource(source, by)
  if (fetched.status !== 'read') throw new PortreaError('INPUT_INVALID', `${source} ne donne rien.`)
  try {
    return parsed(await readFile(fetched.path, 'utf8'), source)
  } finally {
    await fetched.drop()
  }
}

async function textOf(path: string, { megabytes }: MapSettings): Promise<string> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new PortreaError('INPUT_INVALID', `${path} ne peut pas être lu (${cause.code ?? String(cause)}).`, {
      cause,
    })
  })
  if (bytes.length > megabytes * 1024 ** 2)
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} dépasse ${megabytes} Mo (megabytes, dans config/map.yaml).`,
    )
  return bytes.toString('utf8')
}

function parsed(text: string, source: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new PortreaError('INPUT_INVALID', `${source} n’est pas du JSON : il faut un GeoJSON.`, { cause })
  }
}
