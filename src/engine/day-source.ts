import type { Columns } from '../config/columns-file.ts'
import type { DayFacts, DayPlace, Participant } from '../domain/day-facts.ts'
import { namedParticipants, readDayPlaces, readDays } from '../nocodb/read-day-facts.ts'
import { loadGeography } from '../config/geography.ts'
import type { Store } from '../store/database.ts'
import { idsOfEpci } from '../store/records.ts'
import { baseNow } from './base-connection.ts'
import type { BaseConnection } from './base-connection.ts'

/**
 * What papers ask of the base at the moment of printing: journées, those who come, places; kept nowhere. `address`: where
 * people open the base. Each throws a PortreaError where NocoDB is away.
 */
export function daySource(
  base: BaseConnection,
  columns: Columns,
  store: Store,
  address: () => Promise<string>,
): {
  readonly day: (id: number) => Promise<DayFacts | null>
  readonly daysOf: (siren: string) => Promise<DayFacts[]>
  readonly participants: (id: number) => Promise<Participant[]>
  readonly places: (siren: string) => Promise<DayPlace[]>
} {
  const opened = () => baseNow(base)
  return {
    day: async (id) => (await readDays(await opened(), columns, loadGeography(), id))[0] ?? null,
    daysOf: async (siren) =>
      (await readDays(await opened(), columns, loadGeography())).filter(({ epci }) => epci?.siren === siren),
    participants: async (id) => namedParticipants(await opened(), columns, id),
    async places(siren) {
      const it = await opened()
      return readDayPlaces(it, columns, await idsOfEpci(store, it.id, siren), await address())
    },
  }
}
