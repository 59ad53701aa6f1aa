import type { Base } from '../nocodb/base.ts'

/** One open base for all loops: opened when first needed, and again after a failure, for its tables may have changed. */
export type BaseConnection = {
  get(): Promise<Base>
  /** The one that is open; null: none. */
  known(): Promise<Base | null>
  forget(): void
  /**
   * Whether its tables and columns are still what they were, looked at once in so many milliseconds; where they are not, it
   * is forgotten. Call it before a reading.
   */
  stands(everyMs?: number): Promise<boolean>
}

/** The base as it is named now, for one reading. Throws where NocoDB is away. */
export async function baseNow(connection: BaseConnection): Promise<Base> {
  await connection.stands()
  return connection.get()
}

/** What NocoDB answers to a reading tells a renamed column, and neither a renamed table nor a weaker token: it is asked now and then. */
const LOOK_MS = 2000

/** None is open yet. */
export function baseConnection(open: () => Promise<Base>): BaseConnection {
  let opening: Promise<Base> | null = null
  let looked = 0
  const forget = () => {
    const former = opening
    opening = null
    void former?.then((base) => base.close()).catch(() => undefined) // it never opened
  }
  return {
    get() {
      if (opening !== null) return opening
      const mine = open()
      opening = mine
      looked = performance.now()
      mine.catch(() => {
        if (opening === mine) opening = null
      })
      return mine
    },
    known: async () => (opening === null ? null : opening.catch(() => null)),
    forget,
    async stands(everyMs = LOOK_MS) {
      const mine = opening
      if (mine === null) return false
      if (performance.now() - looked < everyMs) return true
      looked = performance.now()
      const moved = await (await mine).moved().catch((cause: unknown) => {
        if (opening === mine) forget()
        throw cause
      })
      if (moved && opening === mine) forget()
      return !moved
    },
  }
}
