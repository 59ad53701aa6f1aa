// The process that holds a double of NocoDB with as many actors as it is told: started by million.ts. A real one takes
// too long to fill. Its records fill the 1,255 EPCI of France one after the other, so that an EPCI is as large in a small
// base as in a large one; those of one EPCI repeat a few that a run has already written to, each with identifiers, SIRET and
// telephone of its own. None has a name, so that nothing is compared for duplicates: these are measured apart.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSiret } from '../../src/domain/completeness/check-pivot.ts'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { parisDay } from '../../src/domain/days.ts'
import { startNocodbDouble } from '../../test/helpers/nocodb-double/double.ts'
import type { Generated, Values } from '../../test/helpers/nocodb-double/store.ts'
import { frenchEpcis } from '../demo/brittany.ts'
import { actorRows } from '../demo/demo-rows.ts'
import { withChecksum } from '../demo/fictional-numbers.ts'
import { actorsInEach } from './bench-actors.ts'
import { ourSync, settings } from './our-work.ts'
import type { Place } from './run-job.ts'

/** What this process is told: first what to serve, then how many records a person edits. */
export type ToDouble = { readonly serve: number } | { readonly edit: number }

const MOST = 1_000_000
const TEMPLATES = 8
const { actors, epcis } = settings.columns
const territories = frenchEpcis()
const EACH = Math.ceil(MOST / territories.length)
const cell = (key: keyof typeof actors.columns) => actors.columns[key].title
/** Long enough ago for NocoDB's instants not to come again. */
const AN_HOUR_AGO = `${new Date(Date.now() - 3_600_000).toISOString().slice(0, 19).replace('T', ' ')}+00:00`

let double: Awaited<ReturnType<typeof startNocodbDouble>> | null = null
process.once('disconnect', () => process.exit(0))
process.on('message', (asked: ToDouble) => {
  const answer = 'serve' in asked ? serve(asked.serve) : Promise.resolve(edit(asked.edit))
  answer.then(
    (told) => process.send?.(told),
    (error: Error) => {
      console.error(error)
      process.exit(1)
    },
  )
})

async function serve(count: number): Promise<Place> {
  const templates = await settled(nameless())
  double = await startNocodbDouble(
    base({
      generate: {
        count,
        row: (id) => numbered(templates[templateOf(id)]!, id),
        linkedBetween: (epci) => [(epci - 1) * EACH + 1, epci * EACH],
      },
    }),
  )
  const { url, token, baseId } = double
  return { url, token, base: baseId, store: null }
}

/** So many records, far from each other, lose or get their opening hours, as by a person. */
function edit(count: number): number {
  const table = double!.table(actors.title)
  const step = Math.floor(table.lastId / count)
  for (let nth = 0; nth < count; nth++) {
    const id = 1 + nth * step
    const hours = table.get(id)?.[cell('horaires')] ?? null
    table.update(id, { [cell('horaires')]: hours === null ? 'Mo-Fr 09:00-12:00' : null })
  }
  return count
}

function templateOf(id: number): number {
  const epci = Math.floor((id - 1) / EACH)
  return epci * TEMPLATES + ((id - 1) % TEMPLATES)
}

function nameless(): Values[] {
  const rowOf = new Map(territories.map(({ siren }, at) => [siren, at + 1]))
  const records = actorsInEach(territories, TEMPLATES, parisDay(new Date()))
  const rows = actorRows(records, settings.columns, rowOf)
  const link = cell('epci')
  return rows.map((row, at) =>
    numbered(
      { ...row, [cell('nom')]: null, ...pointOf(row, at), [`${epcis.title}_id`]: row[link] ?? null },
      MOST + 1 + at,
    ),
  )
}

/** All those of an EPCI at one point, where they have any. */
function pointOf(row: Values, at: number): Values {
  if (row[cell('latitude')] === null) return {}
  const epci = Math.floor(at / TEMPLATES)
  return { [cell('latitude')]: 44 + (epci % 40) / 10, [cell('longitude')]: 0.1 + Math.floor(epci / 40) / 10 }
}

/** The row with an identifier, a SIRET and a telephone that nobody else has, where it has any. */
function numbered(row: Values, id: number): Values {
  const siret = withChecksum(`${withChecksum(String(90_000_000 + id))}0001`)
  return {
    ...row,
    [cell('id')]: `bench-${id}`,
    [cell('pivot')]: isSiret(String(row[cell('pivot')])) ? siret : null,
    [cell('telephone')]: row[cell('telephone')] === null ? null : `+332${60_000_000 + id}`,
    ...{ CreatedAt: AN_HOUR_AGO, UpdatedAt: AN_HOUR_AGO },
  }
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

/** Our schema with the EPCI of France and these actors. */
function base(content: {
  readonly rows?: readonly Values[]
  readonly generate?: Generated
}): Parameters<typeof startNocodbDouble>[0] {
  const { tables, links } = desiredSchema(settings.columns, settings.rules)
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
