import { describe, expect, it } from 'vitest'
import { decideProposals } from '../../../src/engine/import/decide.ts'
import { runImport } from '../../../src/engine/import/run-import.ts'
import { enqueue } from '../../../src/store/inbox.ts'
import { doubleBase } from '../../helpers/double-base.ts'
import { plain } from '../../helpers/plain.ts'
import { actorRow, HALL, LIBRARY, proposals, rowsOf, sourceOf } from './source.ts'
import type { Says } from './source.ts'

const CAFE: Says = {
  nom: 'Cybercentre de la gare',
  commune: 'Brest',
  code_postal: '29200',
  adresse: '8 place du 19e R.I.',
}

/** Rows of `NEAR_ROWS` too: 20,000 take a minute. */
const SIZES = [50, Number(process.env['NEAR_ROWS'] ?? 1500)]

/** A base that was read as a whole, and a new place that is proposed to it. */
async function stage(rows: readonly Says[]) {
  const made = await doubleBase({
    Acteurs: rows.map(actorRow),
    EPCI: [{ Nom: 'Brest Métropole', SIREN: '242900314' }],
  })
  const { double, parts, sync } = made
  await sync()
  await runImport(parts, sourceOf({ c: CAFE }), { dryRun: false })
  const acceptance = async () => {
    double.table('Propositions').update(1, { Décision: 'Accepter' })
    await decideProposals(parts, [1])
    return plain(String(proposals(double)[0]?.['Suite donnée'] ?? ''))
  }
  return { ...made, acceptance }
}

describe('a place that is accepted', () => {
  it('costs the same in a small base and in a big one', async () => {
    const costs: unknown[] = []
    for (const size of SIZES) {
      const others = Array.from({ length: size }, (_, at) => ({ ...HALL, nom: `Mairie de Lieu ${at}` }))
      const { acceptance, double } = await stage([LIBRARY, ...others])
      double.calls.length = 0
      const began = performance.now()
      expect(await acceptance()).toMatch(/^Fiche créée/u)
      if (process.env['NEAR_ROWS'] !== undefined)
        console.info(
          size,
          'rows:',
          double.calls.length,
          'requests,',
          Math.round(performance.now() - began),
          'ms',
        )
      costs.push(
        double.calls.map(
          ({ method, path }) =>
            `${method} ${path
              .split('/')
              .at(-1)
              ?.replace(/^m\d.*/u, 'table')}`,
        ),
      )
    }
    expect(costs[0]).toEqual(costs[1])
  })

  it.each<[string, (double: Awaited<ReturnType<typeof stage>>) => unknown]>([
    ['that the store knows', ({ sync, double }) => (double.table('Acteurs').insert(actorRow(CAFE)), sync())],
    ['that it has not seen yet', ({ double }) => double.table('Acteurs').insert(actorRow(CAFE))],
    [
      'that it is about to look at again',
      ({ double, parts }) => {
        double.table('Acteurs').update(1, actorRow(CAFE))
        const about = parts.base.table('Acteurs').id
        return enqueue(
          parts.store,
          [{ base: parts.base.id, about, record: '1', event: 'update' }],
          parts.now(),
        )
      },
    ],
    [
      'in its commune by its name alone',
      ({ sync, double }) => (
        double.table('Acteurs').insert(actorRow({ ...CAFE, adresse: null, code_postal: null })),
        sync()
      ),
    ],
  ])('is none where the base holds it by now in a record %s', async (_, meanwhile) => {
    const world = await stage([LIBRARY, HALL])
    await meanwhile(world)
    const before = rowsOf(world.double, 'Acteurs').length
    expect(await world.acceptance()).toMatch(/^Ce lieu ressemble à/u)
    expect(rowsOf(world.double, 'Acteurs')).toHaveLength(before)
  })
})
