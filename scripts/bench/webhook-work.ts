import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog, withBase } from '../../src/app.ts'
import { loadGeography } from '../../src/config/geography.ts'
import { liveMemory } from '../../src/engine/live-memory.ts'
import { processEpcis } from '../../src/engine/process-epcis.ts'
import { processRowJobs } from '../../src/engine/process-row-jobs.ts'
import { openStore } from '../../src/store/database.ts'
import { countRows } from '../../src/nocodb/rows.ts'
import { FIGURES } from '../../src/store/inbox.ts'
import type { Lease } from '../../src/store/leases.ts'
import { idsOfEpci, recordsByIds } from '../../src/store/records.ts'
import { median } from './figures.ts'
import { environmentOf, settings } from './our-work.ts'
import type { Place } from './run-job.ts'

const EDITS = 20
const log = createLog('warn')

/** What one webhook has us do: an edit becomes the cells of its record, then the figures of its EPCI. In milliseconds. */
export async function webhookWork(
  place: Place,
): Promise<{ seconds: number; recordMs: number; epciMs: number; epciRecords: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'portrea-bench-'))
  if (place.store !== null) await cp(place.store, folder, { recursive: true })
  const store = await openStore({ dataDir: folder })
  const { rules, columns, webhooks } = settings
  const { brake } = settings.nocodb
  const parts = { store, rules, columns, webhooks, brake, log, geography: loadGeography() }
  const begin = performance.now()
  const [recordMs, epciMs]: [number[], number[]] = [[], []]
  const epciRecords = await withBase(environmentOf(place), settings, log, async (base) => {
    const live = { ...parts, base, now: () => new Date(), memory: liveMemory(), suspect: () => undefined }
    const table = base.table(columns.actors.title)
    const records = await countRows(base, table)
    let epci = ''
    for (let nth = 0; nth < EDITS; nth++) {
      const id = Math.min(100 + nth * 797, records - nth)
      const row = {
        Id: id,
        [columns.actors.columns.horaires.title]: nth % 2 === 0 ? 'Mo-Fr 09:00-12:00' : null,
      }
      await base.http.send({ method: 'PATCH', path: `/api/v2/tables/${table.id}/records`, body: [row] })
      const begun = performance.now()
      await processRowJobs(live, [lease(table.id, String(id))])
      recordMs.push(performance.now() - begun)
      epci = (await recordsByIds(store, base.id, [id])).get(id)?.epci ?? epci
      const then = performance.now()
      await processEpcis(live, [lease(FIGURES, epci)])
      epciMs.push(performance.now() - then)
    }
    return (await idsOfEpci(store, base.id, epci)).length
  })
  const seconds = (performance.now() - begin) / 1000
  await store.close()
  await rm(folder, { recursive: true })
  return { seconds, recordMs: median(recordMs), epciMs: median(epciMs), epciRecords }
}

function lease(about: string, record: string): Lease {
  return { about, record, event: 'update', attempts: 0 }
}
