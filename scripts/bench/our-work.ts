import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configDirectory, createLog, readSettings, withBase } from '../../src/app.ts'
import type { Settings } from '../../src/app.ts'
import { readEnvironment } from '../../src/config/environment.ts'
import type { Environment } from '../../src/config/environment.ts'
import { loadGeography } from '../../src/config/geography.ts'
import { compileActorRules } from '../../src/domain/completeness/assess-actor.ts'
import { compileDuplicates } from '../../src/domain/duplicates/duplicate-index.ts'
import { countedOnce } from '../../src/domain/indicators/counted-once.ts'
import type { OnceTally } from '../../src/domain/indicators/counted-once.ts'
import { compileTally } from '../../src/domain/indicators/tally.ts'
import { atOnce } from '../../src/domain/steps.ts'
import type { Base } from '../../src/nocodb/base.ts'
import { readActors } from '../../src/nocodb/read-actors.ts'
import { readSirens } from '../../src/nocodb/epci-identity.ts'
import type { EpciSirens } from '../../src/nocodb/epci-identity.ts'
import { parisDay } from '../../src/domain/days.ts'
import { openStore } from '../../src/store/database.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import type { Place } from './run-job.ts'

const log = createLog('warn')
export const settings: Settings = readSettings(configDirectory())

/** Our full read: every actor read, assessed and counted in its EPCI; nothing is written. */
export async function ourRead(place: Place): Promise<{ seconds: number; rows: number }> {
  return withBase(environmentOf(place), settings, log, async (base) => {
    const sirens = await sirensOf(base)
    const geography = loadGeography()
    const begin = performance.now()
    const today = parisDay(new Date())
    const { completeness } = settings.rules
    const countingOf = compileTally({ ...settings.rules, geography, profile: completeness.writeBack, today })
    const duplicatesOf = compileDuplicates(settings.rules)
    const judge = compileActorRules(completeness, geography, today, completeness.writeBack)
    const tallies = new Map<string, OnceTally>()
    let rows = 0
    for await (const page of readActors(base, settings.columns, sirens)) {
      rows += page.length
      for (const { actor } of page) {
        const assessment = judge(actor)
        if (assessment.epci === null) continue
        const tally = tallies.get(assessment.epci) ?? countedOnce(countingOf(assessment.epci), duplicatesOf())
        tallies.set(assessment.epci, tally)
        tally.add(actor, assessment)
      }
    }
    for (const tally of tallies.values()) atOnce(tally.indicators())
    return { seconds: (performance.now() - begin) / 1000, rows }
  })
}

/** The nightly job as the service runs it: the base is opened anew, the rest is there. */
export async function ourSync(
  place: Place,
  { keepStore, whole = false }: { readonly keepStore?: string; readonly whole?: boolean } = {},
): Promise<{ seconds: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'portrea-bench-'))
  if (place.store !== null) await cp(place.store, folder, { recursive: true })
  const store = await openStore({ dataDir: folder })
  const { rules, columns, webhooks } = settings
  const { brake } = settings.nocodb
  const geography = loadGeography()
  const parts = { store, rules, columns, webhooks, brake, log, geography, now: () => new Date() }
  const begin = performance.now()
  const { counts, opened } = await withBase(environmentOf(place), settings, log, async (base) => {
    const opened = (performance.now() - begin) / 1000
    const result = await runSync({ ...parts, base }, { trigger: 'night', dryRun: false, epcis: null, whole })
    return { counts: result.counts, opened }
  })
  const seconds = (performance.now() - begin) / 1000
  await store.close()
  if (keepStore !== undefined) await cp(folder, keepStore, { recursive: true })
  await rm(folder, { recursive: true })
  const { actorsRead: rows, rowsWritten, cellsWritten, refused } = counts
  return { seconds, ...{ opened, rows, rowsWritten, cellsWritten, refused } }
}

export function environmentOf({ url, token, base }: Place): Environment {
  return readEnvironment([], { NOCODB_URL: url, NOCODB_TOKEN: token, NOCODB_BASE: base })
}

/** The SIREN of each row of the table EPCI. */
export function sirensOf(base: Base): Promise<EpciSirens> {
  return readSirens(base, settings.columns, loadGeography())
}
