import { FIELDS } from '../../src/domain/fields.ts'
import { settings } from './our-work.ts'
import { runPython } from './run-job.ts'
import type { PeerOutcome } from './run-job.ts'
import type { Stage } from './stage.ts'

/** The careful script; `diff`: it writes only what differs, instead of everything. Null where there is no Python. */
export function careful(stage: Stage, diff: boolean): Promise<PeerOutcome | null> {
  const { epcis } = settings.columns
  const epciCells = { epciCount: epcis.columns.actorCount.title, epciMean: epcis.columns.completeness.title }
  return runPython('peer_careful.py', { ...common(stage), ...epciCells, diff })
}

/** Pages of 100, one PATCH a row. Null where there is no Python. */
export function oneByOne(stage: Stage): Promise<PeerOutcome | null> {
  return runPython('peer_one_by_one.py', common(stage))
}

function common({ base, token }: Stage) {
  const { actors, epcis } = settings.columns
  const table = base.table(actors.title)
  const link = actors.columns.epci.title
  return {
    ...{ url: base.http.url, token },
    ...{ actors: table.id, epcis: base.table(epcis.title).id, fields: FIELDS },
    epci: table.foreignKeys.get(link) ?? link,
    names: Object.fromEntries(Object.entries(actors.columns).map(([key, { title }]) => [key, title])),
  }
}
