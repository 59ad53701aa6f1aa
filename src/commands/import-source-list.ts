import { commandLine } from '../domain/command-line.ts'
import { existsSync } from 'node:fs'
import type { Environment } from '../config/environment.ts'
import { readingDigest } from '../config/sources.ts'
import type { Source, Sources } from '../config/sources.ts'
import { PortreaError } from '../errors.ts'
import { withStore } from '../app.ts'
import { fetchList, isAddress } from '../files/fetch-list.ts'
import type { FetchedList } from '../files/fetch-list.ts'
import { sourcesFolder } from '../files/fetch-source.ts'
import type { SourceOptions } from './import-source.ts'
import { withList } from '../work/with-list.ts'
import { progressBar } from './progress.ts'

/** The source that is meant (null: the national standard), and its file or address. */
export type Meant = { readonly source: Source | null; readonly file: string }

/** What a word of the command line means: a source of config/sources/, an address, or a file. */
export function meantBy(named: string, options: SourceOptions, sources: Sources): Meant {
  const preset = sources.get(named)
  if (preset !== undefined && options.as === undefined) {
    if (preset.url === undefined)
      throw new PortreaError(
        'USAGE',
        `« ${preset.title} » n’a pas d’adresse (\`url\` de config/sources/${named}.yaml) : donnez-la, ou un fichier : ${commandLine('import', 'FICHIER', '--as', named)}`,
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

/**
 * Fetches what is at an address, and hands it to `use`; a file is where it is. With --dry-run or --again it is read whether
 * it has changed or not. Throws SYNC_RUNNING while the service or another command reads a list.
 */
export async function withObtained(
  { source, file }: Meant,
  environment: Environment,
  options: SourceOptions,
  use: (list: FetchedList) => Promise<number>,
): Promise<number> {
  const services = options.services ?? (isAddress(file) ? source?.services : undefined)
  const places = { list: file, services }
  const bar = progressBar('Ko')
  const by = {
    folder: sourcesFolder(environment.PORTREA_DATA_DIR),
    allowPrivate: source?.allowPrivate ?? false,
    megabytes: source?.megabytes ?? 300,
    minutes: source?.minutes ?? 15,
    onlyIfChanged: options.dryRun !== true && options.again !== true,
    // What one base was told is news to another.
    readAs: [readingDigest(source, options.sheet), environment.NOCODB_URL, environment.NOCODB_BASE].join(' '),
    waits: false,
    onBytes: (done: number, total: number | null) =>
      bar.update(Math.round(done / 1024), total === null ? null : Math.round(total / 1024)),
  }
  // Files are written by nobody: no store is opened for them.
  if (![file, services ?? ''].some(isAddress)) return use(await fetchList(places, by))
  const begun = (list: FetchedList) => {
    bar.stop()
    return use(list)
  }
  try {
    return (await withStore(environment, (store) => withList(store, places, by, begun))) ?? 0
  } finally {
    bar.stop()
  }
}
