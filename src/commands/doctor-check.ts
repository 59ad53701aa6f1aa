import { typeset } from '../domain/typography.ts'

/** One thing that doctor looked at; `remedy` is null where nothing is to be done. */
export type Check = {
  readonly key: string
  readonly ok: boolean
  readonly detail: string
  readonly remedy: string | null
}

/** Nothing to do. */
export function fine(key: string, detail: string): Check {
  return { key, ok: true, detail: typeset(detail), remedy: null }
}

/** Something to mend. */
export function fault(key: string, detail: string, remedy: string): Check {
  return { key, ok: false, detail: typeset(detail), remedy: typeset(remedy) }
}
