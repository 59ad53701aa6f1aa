import { existsSync } from 'node:fs'
import type { Environment } from '../config/environment.ts'
import { readingDigest } from '../config/sources.ts'
import type { Source, Sources } from '../config/sources.ts'
import { PortreaError } from '../errors.ts'
import { fetchSource, sourcesFolder } from '../files/fetch-source.ts'
import type { Fetched } from '../files/fetch-source.ts'
import type { SourceOptions } from './import-source.ts'
import { progressBar } from './progress.ts'

/** The source that is meant (null: the national standard), and its file or address. */
export type Meant = { readonly source: Source | null; readonly file: string }

/** A list that can be read. */
export type SourceList = {
  readonly path: string
  /** The file of its services. */
  readonly services: string | undefined
  /** null: it was a file. */
  readonly fetched: Fetched | null
  /** Remembers that it was read. */
  keep(): Promise<void>
  /** Removes what was fetched. */
  drop(): Promise<void>
}

/** What a word of the command line means: a source of config/sources/, an address, or a file. */
export function meantBy(named: string, options: SourceOptions, sources: Sources): Meant {
  const preset = sources.get(named)
  if (preset !== undefined && options.as === undefined) {
    if (preset.url === undefined)
      throw new PortreaError(
        'USAGE',
        `« ${preset.title} » n’a pas d’adresse (\`url\` de config/sources/${named}.yaml) : donnez-la, ou un fichier : portrea import FICHIER --as ${named}.`,
      )
    return { source: preset, file: preset.url }
  }
  const source = options.as === undefined ? null : sources.get(options.as)
  const known = [...sources.keys()].join(', ')
  if (source === undefined)
    throw new PortreaError('USAGE', `--as ${options.as} : aucune source de ce nom ; il y a ${known}.`)
  if (!isAddress(named) && !existsSync(named))
    throw new PortreaError(
      'INPUT_INVALID',
      `${named} n’est ni un fichier, ni une adresse http(s), ni une source de config/sources/ (${known}).`,
    )
  return { source, file: named }
}

function isAddress(text: string): boolean {
  return /^https?:/iu.test(text)
}

/** Fetches what is at an address; a file is where it is. With --dry-run or --again it is read whether it has changed or not. */
export async function obtain(
  { source, file }: Meant,
  environment: Pick<Environment, 'PORTREA_DATA_DIR'>,
  options: SourceOptions,
): Promise<SourceList> {
  const fetchOne = async (address: string, onlyIfChanged: boolean) => {
    const bar = progressBar('Ko')
    try {
      return await fetchSource(address, {
        folder: sourcesFolder(environment.PORTREA_DATA_DIR),
        allowPrivate: source?.allowPrivate ?? false,
        megabytes: source?.megabytes ?? 300,
        minutes: source?.minutes ?? 15,
        onlyIfChanged,
        readAs: readingDigest(source, options.sheet),
        onBytes: (done, total) =>
          bar.update(Math.round(done / 1024), total === null ? null : Math.round(total / 1024)),
      })
    } finally {
      bar.stop()
    }
  }
  const isAsked = options.dryRun === true || options.again === true
  // Services change without their structures: the structures alone do not tell.
  const services = options.services ?? (isAddress(file) ? source?.services : undefined)
  const fetched = isAddress(file) ? await fetchOne(file, !isAsked && services === undefined) : null
  const others = services !== undefined && isAddress(services) ? await fetchOne(services, false) : null
  const all = [fetched, others].filter((one) => one?.status === 'read')
  return {
    path: fetched?.status === 'read' ? fetched.path : file,
    services: others?.status === 'read' ? others.path : services,
    fetched,
    keep: async () => void (await Promise.all(all.map((one) => one.keep()))),
    drop: async () => void (await Promise.all(all.map((one) => one.drop()))),
  }
}
