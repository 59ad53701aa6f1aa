// The process that holds a double of NocoDB with as many actors as it is told: started by million.ts. A real one takes
// too long to fill. Its records repeat a thousand ones that a run has already written to; none has a name, so that
// nothing is compared for duplicates: the index of names grows with the base, and nothing else may.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { parisDay } from '../../src/sync/paris-day.ts'
import { startNocodbDouble } from '../../test/helpers/nocodb-double/double.ts'
import type { Values } from '../../test/helpers/nocodb-double/store.ts'
import { bretonEpcis } from '../demo/brittany.ts'
import { actorRows } from '../demo/demo-rows.ts'
import { benchActors } from './bench-actors.ts'
import { ourSync, settings } from './our-work.ts'
import type { Place } from './run-job.ts'

const TEMPLATES = 1000
const { actors, epcis } = settings.columns
const territories = bretonEpcis()

process.once('disconnect', () => process.exit(0))
process.once('message', (count: number) => {
  serve(count).then(
    (place) => process.send?.(place),
    (error: Error) => {
      console.error(error)
      process.exit(1)
    },
  )
})

async function serve(count: number): Promise<Place> {
  const templates = await settled(nameless())
  const { url, token, baseId } = await startNocodbDouble(
    base({ generate: { count, row: (id) => ({ ...templates[(id - 1) % TEMPLATES]!, Id: id }) } }),
  )
  return { url, token, base: baseId, store: null }
}

function nameless(): Values[] {
  const rowOf = new Map(territories.map(({ siren }, at) => [siren, at + 1]))
  const rows = actorRows(benchActors(TEMPLATES, parisDay(new Date())), settings.columns, rowOf)
  const link = actors.columns.epci.title
  return rows.map((row) => ({
    ...row,
    [actors.columns.nom.title]: null,
    [`${epcis.title}_id`]: row[link] ?? null,
  }))
}

/** The same rows as a run leaves them. */
async function settled(rows: readonly Values[]): Promise<Values[]> {
  const small = await startNocodbDouble(base({ rows }))
  const store = await mkdtemp(join(tmpdir(), 'portrea-bench-'))
  await ourSync({ url: small.url, token: small.token, base: small.baseId, store })
  const written = [...small.table(actors.title).rows()].map(([, row]) => ({ ...row }))
  await small.stop()
  await rm(store, { recursive: true })
  return written
}

/** Our schema with the EPCI of Brittany and these actors. */
function base(content: {
  readonly rows?: readonly Values[]
  readonly generate?: { readonly count: number; readonly row: (id: number) => Values }
}): Parameters<typeof startNocodbDouble>[0] {
  const { tables, links } = desiredSchema(settings.columns, settings.rules.completeness)
  const epciRows = territories.map(({ siren, name }) => ({
    [epcis.columns.siren.title]: siren,
    [epcis.columns.name.title]: name,
  }))
  return {
    tables: tables.map(({ title, columns }) => ({
      ...{ title, ...(title === actors.title ? content : title === epcis.title ? { rows: epciRows } : {}) },
      fields: columns.map((column) => ({
        ...{ title: column.title, type: column.uidt, options: { choices: column.options } },
      })),
    })),
    links: links.filter(({ parent, childTitle }) => parent === childTitle),
  }
}
