import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decideAll } from '../../../src/engine/import/decide.ts'
import { runImport } from '../../../src/engine/import/run-import.ts'
import { doubleBase } from '../../helpers/double-base.ts'
import type { Fault } from '../../helpers/nocodb-double/double.ts'
import { actorRow, HALL, LIBRARY, proposals, rowsOf, sourceOf } from './source.ts'

const PHONES = ['+33296604787', '+33296604700', null] as const
const CAFE = {
  nom: 'Cybercentre de la gare',
  commune: 'Brest',
  code_postal: '29200',
  adresse: '8 place du 19e R.I.',
}
const DECISIONS = ['Accepter', 'Refuser', 'Annuler', null] as const

/** What may happen, in any order. */
type Step =
  | { readonly kind: 'read'; readonly library: number; readonly hall: number; readonly cafe: boolean }
  | { readonly kind: 'say'; readonly row: number; readonly decision: number }
  | { readonly kind: 'write'; readonly record: number; readonly phone: number }
  | { readonly kind: 'settle' }
  /** The service settles, and dies after so many writings. */
  | { readonly kind: 'die'; readonly after: number }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('read'), library: fc.nat(2), hall: fc.nat(2), cafe: fc.boolean() }),
    fc.record({ kind: fc.constant('say'), row: fc.nat(5), decision: fc.nat(3) }),
    fc.record({ kind: fc.constant('write'), record: fc.nat(1), phone: fc.nat(2) }),
    fc.record({ kind: fc.constant('settle') }),
    fc.record({ kind: fc.constant('die'), after: fc.nat(4) }),
  ),
  { minLength: 3, maxLength: 14 },
)

it('whatever people, sources and accidents do, no cell changes without a yes to what it said, nothing is done twice, and all settles', async () => {
  expect.hasAssertions()
  const world = await doubleBase({
    Acteurs: [actorRow(LIBRARY), actorRow(HALL)],
    EPCI: [{ Nom: 'Brest', SIREN: '242900314' }],
  })
  const { double, parts } = world
  const actors = double.table('Acteurs')
  const phone = (id: number) => actors.get(id)?.['Téléphone'] ?? null
  const act = async (step: Step) => {
    if (step.kind === 'read') {
      const places = {
        a: { ...LIBRARY, telephone: PHONES[step.library] ?? null },
        b: { ...HALL, telephone: PHONES[step.hall] ?? null },
        ...(step.cafe ? { c: CAFE } : {}),
      }
      await runImport(parts, sourceOf(places), { dryRun: false })
    } else if (step.kind === 'say') {
      const rows = proposals(double)
      const row = rows[step.row % Math.max(1, rows.length)]
      if (row !== undefined)
        double.table('Propositions').update(Number(row['Id']), { Décision: DECISIONS[step.decision] ?? null })
    } else if (step.kind === 'write')
      actors.update(step.record + 1, { Téléphone: PHONES[step.phone] ?? null })
    else if (step.kind === 'settle') await decideAll(parts)
    else {
      let left = step.after
      double.faults = ({ method }): Fault | undefined =>
        method !== 'GET' && left-- <= 0 ? { kind: 'answer', status: 403, body: { msg: 'dead' } } : undefined
      await decideAll(parts).catch(() => undefined)
      double.faults = () => undefined
    }
  }
  /** What the service may have a cell say: it said so, or a person said yes to a proposal that follows from what it said. */
  const mayBecome = (id: number, before: unknown, after: unknown, rows: ReturnType<typeof proposals>) =>
    before === after ||
    rows.some((row) => {
      if (Number(row['Numéro de fiche']) !== id || row['Champ'] !== 'Téléphone') return false
      const [from, to] = [row['Valeur actuelle'] ?? null, row['Valeur proposée'] ?? null]
      return (
        (row['Décision'] === 'Accepter' && from === before && to === after) ||
        (row['Décision'] === 'Annuler' && to === before && from === after)
      )
    })
  const round = async (doing: readonly Step[]) => {
    for (const [id] of [...double.table('Propositions').rows()]) double.table('Propositions').delete(id)
    for (const [id] of [...actors.rows()]) if (id > 2) actors.delete(id)
    for (const id of [1, 2]) actors.update(id, { Téléphone: id === 2 ? (HALL.telephone ?? null) : null })
    for (const table of ['refusals', 'sourcePlaces'] as const)
      await parts.store.db.deleteFrom(table).execute()
    for (const step of [...doing, { kind: 'settle' } as const]) {
      const before = [1, 2].map(phone)
      const rows = proposals(double)
      await act(step)
      if (step.kind !== 'write')
        for (const id of [1, 2]) {
          // Two proposals for one cell may follow one another in one settling.
          const direct = mayBecome(id, before[id - 1], phone(id), rows)
          const byWay = PHONES.some(
            (way) => mayBecome(id, before[id - 1], way, rows) && mayBecome(id, way, phone(id), rows),
          )
          expect([step.kind, id, direct || byWay]).toEqual([step.kind, id, true])
        }
      expect(rowsOf(double, 'Acteurs').filter(({ Nom }) => Nom === CAFE.nom).length).toBeLessThan(2)
      const open = proposals(double)
        .filter((row) => row['État'] === 'En attente')
        .map((row) => row['Code'])
      expect(new Set(open).size).toBe(open.length)
    }
    const settled = proposals(double)
    expect(await decideAll(parts)).toEqual([])
    expect(proposals(double)).toEqual(settled)
    // A yes is carried out, or the row says why it is not.
    for (const row of settled)
      if (row['Décision'] === 'Accepter')
        expect(['Appliquée', 'Dépassée', 'Impossible']).toContain(row['État'])
  }
  await fc.assert(fc.asyncProperty(steps, round), { numRuns: 25, endOnFailure: true })
}, 240_000)
