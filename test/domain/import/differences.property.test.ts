import { describe, expect, it } from 'vitest'
import { seeded } from '../../../scripts/demo/random.ts'
import { readActorFile } from '../../../src/config/actor-file.ts'
import type { Actor } from '../../../src/domain/actor.ts'
import { differencesBetween } from '../../../src/domain/import/differences.ts'
import type { Difference } from '../../../src/domain/import/match.ts'
import { altered } from '../../../scripts/bench/altered-records.ts'
import { rules } from '../../helpers/rules.ts'
import { assessed, geography, TODAY } from '../completeness/records.ts'
import { FILES, FOLDER, present } from './linked-lists.ts'

const between = differencesBetween({ rules, geography, today: TODAY })

/** Real records beside themselves as another list would write them; people linked them to no EPCI. */
const pairs: readonly (readonly [Actor, Actor])[] = present
  ? FILES.flatMap((file) => {
      const random = seeded(21)
      return readActorFile(`${FOLDER}/${file}`).actors.map(
        (actor) => [altered(actor, random), { ...actor, id: 'source' }] as const,
      )
    })
  : []

function taken(record: Actor, some: readonly Difference[]): Actor {
  const fields = { ...record.fields }
  for (const { field, after } of some) fields[field] = after
  return { ...record, fields, written: null }
}

function faults(actor: Actor): Set<string> {
  const grave = assessed(actor).findings.filter(({ severity }) => severity !== 'info')
  return new Set(grave.map(({ code }) => code))
}

describe.skipIf(!present)('what a source says beside a record (skipped without the real files)', () => {
  it('is nothing beside itself', () => {
    for (const [, source] of pairs) expect(between(source, source)).toEqual([])
  })

  it('is said no more once it is taken', () => {
    for (const [record, source] of pairs) {
      const found = between(record, source)
      const fields = new Set(found.map(({ field }) => field))
      const again = between(taken(record, found), source).filter(({ field }) => fields.has(field))
      expect(again, JSON.stringify(found)).toEqual([])
    }
  })

  it('makes no record worse: completions bring no fault, one by one or all together', () => {
    let completions = 0
    for (const [record, source] of pairs) {
      const had = faults(record)
      const found = between(record, source).filter(({ kind }) => kind === 'completion')
      const groups = [...Map.groupBy(found, ({ field, together }) => together?.join() ?? field).values()]
      completions += found.length
      for (const some of [...groups, found]) {
        const more = [...faults(taken(record, some))].filter((code) => !had.has(code))
        expect(more, JSON.stringify(some)).toEqual([])
      }
    }
    expect(completions).toBeGreaterThan(1000)
  })

  it('never proposes what is there already, and never another identifier or source', () => {
    for (const [record, source] of pairs)
      for (const { field, before, after } of between(record, source)) {
        expect(before).toBe(record.fields[field])
        expect(after).not.toBe(before)
        expect(['id', 'source']).not.toContain(field)
      }
  })
})
