import { holding } from '../engine/hold-lock.ts'
import { PortreaError } from '../errors.ts'
import { fetchList } from '../files/fetch-list.ts'
import type { FetchedList, ListPlaces } from '../files/fetch-list.ts'
import type { FetchBy } from '../files/fetch-source.ts'
import type { Store } from '../store/database.ts'
import { alone, tryLock } from '../store/locks.ts'

/** How a list is fetched. */
export type WithBy = FetchBy & {
  /** Whether to wait while another is being read; else that is SYNC_RUNNING. */
  readonly waits: boolean
  /** Asked once nobody else is at it: whether the list is to be read still. */
  readonly wanted?: () => Promise<boolean>
}

/**
 * Fetches a list, hands it to `use`, and removes what was fetched. From its fetch until all is done with it, nobody else
 * of this store fetches one, whether by hand or at night, in this process or in another replica: no list is written over
 * while it is read, and none is proposed twice at once. null: it is not wanted any more.
 */
export async function withList<Result>(
  store: Store,
  places: ListPlaces,
  { waits, wanted, ...by }: WithBy,
  use: (list: FetchedList) => Promise<Result>,
): Promise<Result | null> {
  const work = async () => {
    if ((await wanted?.()) === false) return null
    const list = await fetchList(places, by)
    try {
      return await use(list)
    } finally {
      await list.drop()
    }
  }
  if (waits) return alone(store, 'fetch', work, by.signal)
  const lock = await tryLock(store, 'fetch')
  if (lock === null)
    throw new PortreaError(
      'SYNC_RUNNING',
      'Une liste est déjà en train d’être lue, par cette commande ou par le service : attendez la fin de sa lecture.',
    )
  return holding(lock, work())
}
