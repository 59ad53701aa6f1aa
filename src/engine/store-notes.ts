import { counted, frenchDay, typeset } from '../domain/typography.ts'
import { countRows } from '../nocodb/rows.ts'
import { mendingTold, readMended } from '../store/mend.ts'
import type { Mended } from '../store/mend.ts'
import { lastDoneRun } from '../store/runs.ts'
import { parisDay } from '../domain/days.ts'
import type { SyncContext } from './sync-context.ts'
import type { MemoryCode, DataIssue } from './data-issues.ts'

/** What only the store knew. */
const LOST =
  'Sont perdus le jour où chaque fiche a changé (la fraîcheur repart de la date que dit la fiche, sinon du mot déjà écrit dans « Fraîcheur »), les recommandations passées (explain --at) et ce qu’import a gardé (--reference, --needs), à importer de nouveau. Une copie faite par export --store se remet par import --store.'

/** What became of the memory of the service, for those who read « Synchronisations »: said once. Call it before this run is done. */
export async function storeNotes(parts: SyncContext): Promise<{ notes: DataIssue[]; told(): Promise<void> }> {
  const { store, base, columns, log } = parts
  const mended = await readMended(store)
  if (mended !== null && !mended.told)
    return { notes: [note('store.mended', mendedSentence(mended))], told: () => mendingTold(store, mended) }
  const nothing = { notes: [], told: async () => {} }
  if (mended !== null || (await lastDoneRun(store)) !== null) return nothing
  const before = await countRows(base, base.table(columns.syncs.title))
  if (before === 0) return nothing
  log.warn({ before }, 'the store is new, and this base is not: what only the store knew is lost')
  const runs = counted(before, 'ligne')
  const text = `La mémoire du service est neuve, alors que cette base a déjà été synchronisée (${runs} dans cette table). ${LOST}`
  return { ...nothing, notes: [note('store.new', text)] }
}

/** What takes the place of the store where it is lost; a disk without room for it keeps the former copy. */
export function keepCopy({ store, log }: SyncContext): void {
  try {
    store.engine.keepCopy?.()
  } catch (err) {
    log.warn({ err }, 'the store could not be copied: its former copy stays')
  }
}

/** What was done to the memory of the service, in French. */
export function mendedSentence({ cause, aside, from }: Mended): string {
  const what =
    cause === 'gone'
      ? 'La mémoire du service avait disparu'
      : 'Le fichier de la mémoire du service était abîmé'
  const kept = aside === null ? '' : ` Le fichier abîmé est gardé sous le nom ${aside}.`
  if (from === null)
    return typeset(`${what}, et elle n'avait pas encore de copie : elle est neuve.${kept} ${LOST}`)
  const day = frenchDay(parisDay(new Date(from)))
  return typeset(
    `${what} : sa copie du ${day} a pris sa place, et tout est recalculé.${kept} Ce qui a changé dans les fiches depuis cette copie est daté de ce que dit NocoDB.`,
  )
}

function note(code: MemoryCode, message: string): DataIssue {
  return { code, message: typeset(message), count: 1, rows: [] }
}
