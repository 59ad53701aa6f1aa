import { describe, expect, inject, it } from 'vitest'
import { BREAKDOWNS } from './breakdowns/all.ts'
import { besides } from './breakdowns/besides.ts'
import { linesOf } from './breakdowns/run.ts'
import { play } from './breakdowns/scene.ts'
import { openStage } from './stage.ts'

/** Those that need no NocoDB of their own, and some fifteen seconds each; `npm run chaos -- --breakdowns` plays all. */
const HERE = ['store-overwritten-while-stopped', 'sigterm-in-a-run', 'records-deleted-and-made-again']

const shared = () => Promise.reject(new Error('this NocoDB serves other tests too'))

describe('what a breakdown leaves is what a fresh whole run would write', () => {
  const nocodb = inject('postgresNocodb')
  const killable = {
    ...besides(nocodb, () => inject('databaseUrl')),
    ...{ kill: shared, start: shared, ensure: shared, postgresAway: shared },
  }
  it.each(BREAKDOWNS.filter(({ name }) => HERE.includes(name)).map((one) => [one.name, one] as const))(
    '%s',
    async (name, breakdown) => {
      const stage = await openStage(nocodb, name.slice(0, 25), breakdown.records ?? 40)
      try {
        const played = await play(breakdown, stage, killable)
        expect(played.faults, linesOf(played).join('\n')).toEqual([])
      } finally {
        await stage.close()
      }
    },
    480_000,
  )
})
