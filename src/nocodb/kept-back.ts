import { fold } from '../domain/completeness/text.ts'
import { isFilled } from './actor-rows.ts'
import type { ActorRow } from './actor-rows.ts'
import type { Cell } from './cells.ts'

/** « Ne pas publier » of a record is ticked, or says something else than no. */
export function isKeptBack({ row, from }: Pick<ActorRow, 'row' | 'from'>): boolean {
  const title = from.names.doNotPublish?.title
  return title !== undefined && keepsBack(row[title])
}

/** Whether what stands in « Ne pas publier » keeps a record back: all but « Non », and nothing. */
export function keepsBack(cell: Cell | undefined): boolean {
  return isFilled(cell) && !SAYS_NO.has(fold(String(cell)))
}

/** « NC », « ? » do not say that it may be given to others. */
const SAYS_NO: ReadonlySet<string> = new Set(['non', 'no', 'n', '0', 'faux', 'false'])
