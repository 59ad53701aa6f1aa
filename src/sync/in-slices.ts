import { setImmediate as turn } from 'node:timers/promises'
import { pieces } from '../nocodb/parallel.ts'
import type { Census, PageOutcome } from './census.ts'

/** Rows assessed at once, in a few milliseconds: then answers and webhooks that wait have their turn. */
const AT_ONCE = 20

/** `census.page`, some rows at a time. */
export async function pageInSlices(
  census: Census,
  page: Parameters<Census['page']>[0],
  ...[known, namedIn]: [Parameters<Census['page']>[1], Parameters<Census['page']>[2]]
): Promise<PageOutcome> {
  const outcomes: PageOutcome[] = []
  for (const rows of pieces(page, AT_ONCE)) {
    if (outcomes.length > 0) await turn()
    outcomes.push(census.page(rows, known, namedIn))
  }
  return {
    changes: outcomes.flatMap(({ changes }) => changes),
    remember: outcomes.flatMap((outcome) => outcome.remember),
  }
}
