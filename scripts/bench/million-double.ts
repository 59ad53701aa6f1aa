// The process that holds a double of NocoDB with as many actors as it is told: started by million.ts. A real one takes
// too long to fill. Its records repeat a thousand ones that a run has already written to, each thousand with identifiers
// and SIRET of its own, some of them shared; none has a name, so that nothing is compared for duplicates: the index of
// names grows with the base, and nothing else may but the few bytes a record of what records tell of one another.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSiret } from '../../src/domain/completeness/check-pivot.ts'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { parisDay } from '../../src/domain/days.ts'
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
    base({
      generate: { count, row: (id) => ({ ...inBlock(templates[(id - 1) % TEMPLATES]!, id), Id: id }) },
    }),
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
    [PIVOT]: isSiret(String(row[PIVOT])) ? siretOf(0, String(row[PIVOT])) : null,
    [`${epcis.title}_id`]: row[link] ?? null,
  }))
}

const [ID, PIVOT] = [actors.columns.id.title, actors.columns.pivot.title]

/** The row as it stands in the thousand of this id; a SIRET that several rows of a thousand bear stays theirs. */
function inBlock(row: Values, id: number): Values {
  const siret = row[PIVOT]
  const own = typeof siret === 'string' ? siretOf(Math.floor((id - 1) / TEMPLATES), siret) : null
  return { ...row, [ID]: `bench-${id}`, [PIVOT]: own }
}

/** Another SIRET for each thousand and each SIRET: its key makes the sum of Luhn a multiple of ten. */
function siretOf(block: number, siret: string): string {
  const body = `${1000 + block}${siret.slice(4, 13)}`
  const key = Array.from({ length: 10 }, (_, digit) => `${body}${digit}`)
  return key.find((one) => isSiret(one)) ?? siret
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
