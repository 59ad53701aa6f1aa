import { commandLine } from '../domain/command-line.ts'
import { statSync } from 'node:fs'
import type { Environment } from '../config/environment.ts'
import { frenchNumber, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { backUp, restore } from '../store/backup.ts'
import { environmentOf } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { exportRecords } from './export-records.ts'
import type { ExportOptions } from './export-records.ts'
import { print, say } from './output.ts'

/** `portrea export FILE`: with `--format` the records, with `--store` a copy of the service's store, whole and of one moment; the service may run. */
export async function exportFile(
  file: string,
  options: ExportOptions & { readonly store?: true },
): Promise<number> {
  if (options.format !== undefined && !options.store) return exportRecords(file, options)
  if (!options.store || options.format !== undefined)
    throw new PortreaError(
      'USAGE',
      'Dites quoi exporter : --format, les fiches publiables (standard, data-inclusion, geojson, gogocarto ou xlsx) ; ou --store, la mémoire du service.',
    )
  const { PORTREA_DATA_DIR: dataDir } = embedded(
    environmentOf(options.demo, []),
    `pg_dump --format=custom --schema=portrea --file=${file} "$DATABASE_URL"`,
  )
  await backUp(dataDir, file)
  const bytes = statSync(file).size
  if (options.json) print({ file, bytes })
  else
    say(
      typeset(`La mémoire du service est copiée (${frenchNumber(bytes / 1e6, 1)} Mo). Pour la remettre :`),
      `  ${commandLine('import', file, '--store')}`,
    )
  return 0
}

/** `portrea import FILE --store`: the copy takes the place of the store, and the former one is saved beside it. */
export async function restoreStore(file: string, options: CommonOptions): Promise<number> {
  const { PORTREA_DATA_DIR: dataDir } = embedded(
    environmentOf(options.demo, []),
    `pg_restore --clean --if-exists --no-owner --dbname="$DATABASE_URL" ${file}`,
  )
  const saved = await restore(dataDir, file, new Date().toISOString())
  if (options.json) print({ file, saved })
  else
    say(
      typeset("La copie est à la place de la mémoire du service ; celle d'avant est gardée :"),
      `  ${saved}`,
      typeset(`Relancez le service, puis \`${commandLine('sync')}\`.`),
    )
  return 0
}

/** PostgreSQL has its own tools, better than any of ours. */
function embedded(environment: Environment, command: string): Environment {
  if (environment.DATABASE_URL === undefined) return environment
  throw new PortreaError('USAGE', `La mémoire est dans PostgreSQL, qui a ses propres copies : ${command}`)
}
