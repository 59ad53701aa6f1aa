import { fetchSource } from './fetch-source.ts'
import type { Fetched, FetchBy } from './fetch-source.ts'

/** Where a list is, or has been put: a file, or what was fetched. */
export type FetchedList = {
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

/** Where a list is, and that of its services: files or addresses. */
export type ListPlaces = { readonly list: string; readonly services: string | undefined }

/**
 * Fetches a list and the list of its services, those of the two that stand at an address. Services change without their
 * structures: where there are some, both are read whether they have changed or not.
 */
export async function fetchList({ list: place, services }: ListPlaces, by: FetchBy): Promise<FetchedList> {
  const onlyIfChanged = by.onlyIfChanged && services === undefined
  const fetched = isAddress(place) ? await fetchSource(place, { ...by, onlyIfChanged }) : null
  const drop = async () => void (fetched?.status === 'read' && (await fetched.drop()))
  try {
    const others =
      services !== undefined && isAddress(services)
        ? await fetchSource(services, { ...by, onlyIfChanged: false })
        : null
    const all = [fetched, others].filter((one) => one?.status === 'read')
    return {
      path: fetched?.status === 'read' ? fetched.path : place,
      services: others?.status === 'read' ? others.path : services,
      fetched,
      keep: async () => void (await Promise.all(all.map((one) => one.keep()))),
      drop: async () => void (await Promise.all(all.map((one) => one.drop()))),
    }
  } catch (cause) {
    await drop()
    throw cause
  }
}

/** Whether it is to be fetched. */
export function isAddress(text: string): boolean {
  return /^https?:/iu.test(text)
}
