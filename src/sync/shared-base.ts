import type { Base } from '../nocodb/base.ts'

/** One open base for all loops: opened when first needed, and anew after a failure, for its tables may have changed. */
export type SharedBase = {
  get(): Promise<Base>
  /** The one that is open; null: none. */
  known(): Promise<Base | null>
  forget(): void
}

/** None is open yet. */
export function sharedBase(open: () => Promise<Base>): SharedBase {
  let opening: Promise<Base> | null = null
  return {
    get() {
      if (opening !== null) return opening
      const mine = open()
      opening = mine
      mine.catch(() => {
        if (opening === mine) opening = null
      })
      return mine
    },
    known: async () => (opening === null ? null : opening.catch(() => null)),
    forget() {
      const former = opening
      opening = null
      void former?.then((base) => base.close()).catch(() => undefined) // it never opened
    },
  }
}
