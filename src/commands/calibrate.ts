import { withSyncParts } from '../app.ts'
import { calibration } from '../engine/calibration.ts'
import { readOnly } from '../engine/read-base.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { calibrationLines } from './calibration-text.ts'
import { print, say } from './output.ts'

/** `portrea calibrate`: reads the base as it is now, writes nothing, and holds real days against estimated ones. */
export async function calibrateCommand(options: CommonOptions): Promise<number> {
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const found = await withSyncParts(environment, settings, log, async (parts) => {
    const { reports } = await readOnly(parts)
    return calibration(parts.store, parts.rules, reports)
  })
  if (options.json) print(found)
  else say(...calibrationLines(found))
  return 0
}
