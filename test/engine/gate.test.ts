import { expect, it } from 'vitest'
import { readBrake } from '../../src/store/brake.ts'
import { newGate } from '../../src/engine/gate.ts'
import { recordView } from '../../src/engine/record-view.ts'
import { recordsBetween } from '../../src/store/records.ts'
import { collector } from '../../src/engine/write-plan.ts'
import { doubleBase } from '../helpers/double-base.ts'
import { readStillBase } from '../helpers/read-base.ts'

const twin = { Nom: 'Espace', Commune: 'Brest', 'Code INSEE': '29019', Téléphone: '02 98 00 00 00' }

it('keeps what the actors ask for until it opens, and finds it again by a second reading where it is too much', async () => {
  const { parts } = await doubleBase({
    EPCI: [{ Nom: 'Brest Métropole', SIREN: '242900314' }],
    Acteurs: [
      twin,
      { ...twin, Nom: 'Autre', Courriels: 'faux' },
      { Nom: 'Nulle part' },
      { ...twin, EPCI_id: 1 },
    ],
  })
  const through = async (mostRows: number) => {
    const sink = collector()
    const view = recordView(parts.store, parts.base.id)
    const gate = newGate({ ...parts, sink, view, learns: mostRows > 0 ? 'once open' : 'never' }, mostRows)
    const { again } = await readStillBase(parts, { view, whole: true, gate })
    const before = (await collectedBy(sink)).length
    await gate.open(again)
    return { before, after: await collectedBy(sink), asked: gate.asked() }
  }
  const again = await through(0)
  expect((await recordsBetween(parts.store, parts.base.id, 0, 99)).size).toBe(0)
  const kept = await through(100)
  expect(kept.before).toBe(0)
  expect(kept.after).toHaveLength(1)
  expect(again).toEqual(kept)
  expect(kept.asked).toMatchObject({ rows: 6 })
  expect((await recordsBetween(parts.store, parts.base.id, 0, 99)).size).toBe(4)
  expect((await readBrake(parts.store, parts.base.id)).seen).toBeNull()
})

it('finds « Doublons possibles » again too, where a run that reads what changed asks for too much', async () => {
  const place = { ...twin, 'Code postal': '29200', EPCI_id: 1, Courriels: 'port@example.org' }
  const { double, parts, sync } = await doubleBase({
    EPCI: [{ Nom: 'Brest Métropole', SIREN: '242900314' }],
    Acteurs: [place, { ...place, Nom: 'Mairie', Courriels: null, Téléphone: null }],
  })
  await sync()
  double.table('Acteurs').update(2, place)
  const sink = collector()
  const view = recordView(parts.store, parts.base.id)
  const gate = newGate({ ...parts, sink, view, learns: 'never' }, 0)
  const read = await readStillBase(parts, { view, whole: false, gate })
  await gate.open(read.again)
  const changes = (await collectedBy(sink)).flatMap((planned) => planned.changes)
  expect(changes.map(({ id, cells }) => [id, cells['Doublons possibles'] ?? null])).toEqual([
    [1, expect.stringContaining('fiche n° 2')],
    [2, expect.stringContaining('fiche n° 1')],
  ])
})

async function collectedBy(sink: ReturnType<typeof collector>) {
  return (await sink.end()).plan ?? []
}

it('finds « Doublons possibles » again where a run that reads all asks for too many of them', async () => {
  const place = { ...twin, 'Code postal': '29200', EPCI_id: 1, Courriels: 'port@example.org' }
  const { parts } = await doubleBase({
    EPCI: [{ Nom: 'Brest Métropole', SIREN: '242900314' }],
    Acteurs: [place, place, { ...place, Nom: 'Mairie', Courriels: null, Téléphone: null }],
  })
  const through = async (mostRows: number) => {
    const sink = collector()
    const view = recordView(parts.store, parts.base.id)
    const gate = newGate({ ...parts, sink, view, learns: 'never' }, mostRows)
    const read = await readStillBase(parts, { view, whole: true, gate })
    await gate.open(read.again)
    view.drop()
    const changes = (await collectedBy(sink)).flatMap((planned) => planned.changes)
    return changes.toSorted((one, other) => one.id - other.id)
  }
  const kept = await through(100)
  expect(kept[0]?.cells['Doublons possibles']).toContain('fiche n° 2')
  expect(await through(1)).toEqual(kept)
})
