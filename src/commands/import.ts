import { basename } from 'node:path'
import { configDirectory, withStore } from '../app.ts'
import { readActorFile } from '../config/actor-file.ts'
import { readAdoption } from '../config/adoption-file.ts'
import { headerReader } from '../config/headers.ts'
import { loadGeography } from '../config/geography.ts'
import type { Actor } from '../domain/actor.ts'
import { placeFinder } from '../domain/completeness/place.ts'
import type { Geography } from '../domain/geography.ts'
import { counted, frenchNumber, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { saveReferenceCounts } from '../store/reference-counts.ts'
import { open } from './base-options.ts'
import { importDuplicates } from './import-duplicates.ts'
import type { DuplicateOptions } from './import-duplicates.ts'
import { importNeeds } from './import-needs.ts'
import type { NeedOptions } from './import-needs.ts'
import { importSource } from './import-source.ts'
import type { SourceOptions } from './import-source.ts'
import { print, say } from './output.ts'
import { restoreStore } from './store-copy.ts'

type Options = NeedOptions &
  DuplicateOptions &
  SourceOptions & { readonly reference?: true; readonly store?: true; readonly needs?: true }
type Document = {
  readonly source: string
  readonly records: number
  /** Records whose EPCI cannot be told: they are counted nowhere. */
  readonly unplaced: number
  readonly epcis: readonly {
    readonly siren: string
    readonly name: string | null
    readonly records: number
  }[]
  readonly unreadable: ReturnType<typeof readActorFile>['unreadable']
  readonly saved: boolean
}

/**
 * `portrea import FILE --reference`: counts the records of a list by EPCI; the counts, and nothing else of the file, become
 * what is expected of the EPCI without a declared target. An empty list forgets the former one.
 */
export async function importFile(file: string | undefined, options: Options): Promise<number> {
  if (options.duplicates && file === undefined) return importDuplicates(options)
  if (options.duplicates || file === undefined)
    throw new PortreaError(
      'USAGE',
      'Dites quoi importer : une source, une adresse ou un fichier ; ou --duplicates seul, pour ce que des doublons sûrs disent l’un de l’autre.',
    )
  const kinds = [options.reference, options.store, options.needs].filter((one) => one === true)
  if (options.needs && kinds.length === 1) return importNeeds(file, options)
  if (options.store && kinds.length === 1 && !options.dryRun) return restoreStore(file, options)
  if (kinds.length === 0) return importSource(file, options)
  if (!options.reference || kinds.length > 1)
    throw new PortreaError(
      'USAGE',
      'Dites ce qu’est le fichier, une chose à la fois : une source (sans option) ; --reference, une liste d’acteurs pour mesurer le pré-remplissage ; --needs, des chiffres de besoin par EPCI ; ou --store, une copie de la mémoire du service à remettre.',
    )
  const { environment } = open(options, [])
  const { actors, unreadable, notes } = readActorFile(file, headerReader(readAdoption(configDirectory())))
  for (const note of notes) console.error(note)
  const geography = loadGeography()
  const { epcis, unplaced } = countByEpci(actors, geography)
  const source = basename(file)
  if (!options.dryRun) {
    const list = { source, importedAt: new Date().toISOString() }
    await withStore(environment, (store) => saveReferenceCounts(store, list, epcis))
  }
  const document = { source, records: actors.length, unplaced, epcis, unreadable, saved: !options.dryRun }
  if (options.json) print(document)
  else say(...lines(document))
  return unplaced > 0 || unreadable.length > 0 ? 1 : 0
}

function countByEpci(actors: readonly Actor[], geography: Geography): Pick<Document, 'epcis' | 'unplaced'> {
  const placeOf = placeFinder(geography)
  const groups = Map.groupBy(actors, (actor) => placeOf(actor).epci)
  const placed = [...groups].flatMap(([siren, its]) =>
    siren === null ? [] : [{ siren, name: geography.epci(siren)?.name ?? null, records: its.length }],
  )
  return {
    epcis: placed.sort((one, other) => (one.siren < other.siren ? -1 : 1)),
    unplaced: groups.get(null)?.length ?? 0,
  }
}

function lines({ source, records, unplaced, epcis, unreadable, saved }: Document): string[] {
  return [
    `« ${source} » : ${counted(records, 'fiche')} dans ${counted(epcis.length, 'EPCI', 'EPCI')}.`,
    ...epcis.map(
      ({ siren, name, records: count }) => `  ${siren} ${frenchNumber(count).padStart(6)}  ${name ?? ''}`,
    ),
    ...(unplaced === 0
      ? []
      : [
          `• ${counted(unplaced, 'fiche')} sans commune reconnue : ${unplaced < 2 ? 'elle ne compte' : 'elles ne comptent'} pour aucun EPCI.`,
        ]),
    ...unreadable.map(({ line, reason }) => `• ligne ${line} : ${reason}`),
    saved
      ? 'Ces nombres sont attendus dès la prochaine synchronisation, là où « Acteurs attendus » est vide.'
      : 'Rien n’est enregistré (--dry-run).',
  ].map(typeset)
}
