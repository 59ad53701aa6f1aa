import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../src/domain/actor.ts'
import { atOnce } from '../../src/domain/steps.ts'
import type { Store } from '../../src/store/database.ts'
import type { RecordState } from '../../src/store/record-rows.ts'
import type { AssessedRecord } from '../../src/engine/assess-records.ts'
import { crossMarks } from '../../src/engine/cross-marks.ts'
import { crossPairs } from '../../src/engine/cross-pairs.ts'
import { dayRules } from '../../src/engine/day-rules.ts'
import { recordView } from '../../src/engine/record-view.ts'
import { wholeCross } from '../../src/engine/whole-cross.ts'
import { actorOf, geography } from '../domain/completeness/records.ts'
import { ONE_TABLE } from '../helpers/one-table.ts'
import { recordState } from '../helpers/record-state.ts'
import { temporaryStore } from '../helpers/temporary-store.ts'
import { rules as delivered } from '../helpers/rules.ts'

/** Few enough for a key to be crowded, and not to be any more. */
const CROWD = 3
const rules = { ...delivered, duplicates: { ...delivered.duplicates, crowd: CROWD } }
const day = dayRules({ rules, geography }, '2026-11-24', { text: (text) => text, salt: '', id: '' })

const some = (...values: readonly string[]) => fc.constantFrom(null, null, ...values)
const PLACES = [
  { code_insee: '29019', commune: 'Brest', code_postal: '29200' },
  { code_insee: '29075', commune: 'Guipavas', code_postal: '29490' },
  { code_insee: '29232', commune: 'Quimper', code_postal: '29000' },
]
const anyActor = fc
  .record({
    nom: fc.constantFrom(
      'Espace numérique du port',
      'Espace numerique du Port',
      'Médiathèque',
      'La Fabrique',
    ),
    id: some('a-1', 'a-2'),
    pivot: some('43493312300029', '21290019100015'),
    telephone: some('+33298000000', '02 98 00 00 00', '+33298111111'),
    courriels: some('lieu@exemple.fr'),
    latitude: some('48.39', '48.40', '48.85'),
    place: fc.constantFrom(...PLACES),
    word: some('a-1', '2'),
    verified: fc.constantFrom<readonly string[]>([], [], ['pivot.shared'], ['telephone.shared']),
  })
  .map(({ place, word, verified, ...fields }) => (id: number) => {
    const longitude = fields.latitude === null ? null : '-4.49'
    return actorOf({ ...fields, ...place, longitude }, { id: String(id), notDuplicateOf: word, verified })
  })

/** What happens to some records at once: each as it is from now on, or gone. */
const anyChanges = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.option(anyActor)), {
  ...{ minLength: 1, maxLength: 4 },
  selector: ([id]) => id,
})

describe('what records tell of each other', () => {
  it('is the same found record by record as found of all at once, whatever changed in whatever order', async () => {
    const store = await temporaryStore()
    let round = 0
    await fc.assert(
      fc.asyncProperty(fc.array(anyChanges, { minLength: 1, maxLength: 5 }), async (steps) => {
        const base = `base ${(round += 1)}`
        const records = new Map<number, Actor>()
        for (const changes of steps) {
          for (const [id, make] of changes)
            if (make === null) records.delete(id)
            else records.set(id, make(id))
          await follow(
            store,
            base,
            records,
            changes.map(([id]) => id),
          )
        }
        const view = recordView(store, base)
        const ids = [...records.keys()]
        const known = await view.byIds(ids)
        const told = ids.flatMap((id) => {
          const { told: own } = known.get(id)!
          return Object.keys(own).length === 0 ? [] : [[id, own] as const]
        })
        const whole = atOnceOf(records)
        expect(new Map(told)).toEqual(whole.told)
        expect(sorted(await view.pairsOf(ids))).toEqual(sorted(whole.pairs))
      }),
      { numRuns: 250 },
    )
  })

  async function follow(
    store: Store,
    base: string,
    records: ReadonlyMap<number, Actor>,
    ids: readonly number[],
  ) {
    const view = recordView(store, base)
    const before = await view.byIds(ids)
    const after = new Map(
      ids.flatMap((id) => {
        const actor = records.get(id)
        return actor === undefined ? [] : [[id, stateOf(actor, before.get(id))] as const]
      }),
    )
    view.put([...after].map(([id, state]) => ({ id, ...state })))
    const compared = (id: number) => {
      const actor = records.get(id)
      const comparable = actor === undefined ? null : day.pairing.comparable(actor)
      return comparable === null ? null : { comparable, word: actor?.notDuplicateOf ?? null }
    }
    const read = async (asked: readonly number[]) =>
      new Map(asked.flatMap((id) => (compared(id) === null ? [] : [[id, compared(id)!] as const])))
    await crossPairs(
      { view, day, called: ONE_TABLE, crowd: CROWD, read },
      new Map(ids.map((id) => [id, compared(id)])),
    )
    view.remove(ids.filter((id) => !after.has(id)))
    const changes = ids.map((id) => ({ id, before: before.get(id), after: after.get(id) ?? null }))
    const told = await crossMarks(view, day, changes)
    for (const [id, state] of await view.byIds([...told.keys()]))
      view.put([{ id, ...state, told: told.get(id)! }])
    await view.commit()
  }
})

function stateOf(actor: Actor, before: RecordState | undefined): RecordState {
  const assessment = day.judge(actor)
  const marks = day.cross.marksOf(actor, assessment)
  return recordState({ epci: assessment.epci, marks, told: before?.told ?? {} })
}

function atOnceOf(records: ReadonlyMap<number, Actor>) {
  const cross = wholeCross(day, ONE_TABLE)
  for (const [id, actor] of [...records].sort(([one], [other]) => one - other))
    cross.add({
      ...{ row: { id, actor }, comparable: day.pairing.comparable(actor), state: stateOf(actor, undefined) },
    } as AssessedRecord)
  const told = new Map(
    [...cross.told()].flatMap((one) => (one === null ? [] : [[one.id, one.told] as const])),
  )
  return { told, pairs: atOnce(cross.pairs()).pairs }
}

function sorted(pairs: readonly { readonly one: number; readonly other: number }[]) {
  return [...pairs].sort((a, b) => a.one - b.one || a.other - b.other)
}
