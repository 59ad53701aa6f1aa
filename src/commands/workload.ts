import { withSyncParts } from '../app.ts'
import { regionDays } from '../domain/region-days.ts'
import { readOnly } from '../engine/read-base.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'
import { workloadLines } from './workload-text.ts'

/** `portrea workload`: reads the base as it is now, writes nothing, and adds up the days of its EPCI, month by month. */
export async function workload(options: CommonOptions): Promise<number> {
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const days = await withSyncParts(environment, settings, log, async (parts) => {
    const { reports } = await readOnly(parts)
    return regionDays(reports)
  })
  if (options.json) print(days)
  else say(...workloadLines(days))
  return 0
}
