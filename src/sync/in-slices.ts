import { each } from '../domain/steps.ts'
import { chunk } from '../nocodb/chunk.ts'
import type { Census, PageOutcome } from './census.ts'
import { inSteps } from './in-steps.ts'

/** Rows assessed in one step, in some two milliseconds. */
const AT_ONCE = 20

/** `census.page`, some rows at a time: answers and webhooks that wait have their turn in between. */
export async function pageInSlices(
  census: Census,
  page: Parameters<Census['page']>[0],
  ...[known, beside]: [Parameters<Census['page']>[1], Parameters<Census['page']>[2]]
): Promise<PageOutcome> {
  const slices = each(chunk(page, AT_ONCE), (rows) => census.page(rows, known, beside))
  const outcomes = await inSteps(slices)
  return {
    changes: outcomes.flatMap(({ changes }) => changes),
    remember: outcomes.flatMap((outcome) => outcome.remember),
  }
}
