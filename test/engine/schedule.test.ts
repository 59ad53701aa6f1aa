import { setTimeout as pause } from 'node:timers/promises'
import { createTask } from 'node-cron'
import { describe, expect, it, vi } from 'vitest'
import { PortreaError } from '../../src/errors.ts'
import { lastDue, nextRun, startSchedule } from '../../src/engine/schedule.ts'
import type { ScheduleParts } from '../../src/engine/schedule.ts'
import { memoryLog } from '../helpers/memory-log.ts'

const EACH_SECOND = '* * * * * *'
const NEVER_TODAY = '0 3 29 2 *'
const NIGHTLY = '0 3 * * *'

function scheduleWith(parts: Partial<ScheduleParts>) {
  const { log, lines } = memoryLog()
  const triggers: string[] = []
  const run: ScheduleParts['run'] = async (trigger, needed) => {
    triggers.push(trigger)
    await parts.run?.(trigger, needed)
  }
  const now = () => new Date('2026-05-20T09:00:00Z')
  const timezone = 'Europe/Paris'
  const lastDone = async () => now()
  const schedule = startSchedule({ cron: NEVER_TODAY, timezone, lastDone, now, log, ...parts, run })
  const said = (text: string) => lines.filter(({ msg }) => String(msg).includes(text))
  return { schedule, triggers, said }
}

/** A run is in progress elsewhere until it is opened. */
function oneElsewhere() {
  let elsewhere = true
  return {
    open: () => void (elsewhere = false),
    run: async () => {
      if (elsewhere) throw new PortreaError('SYNC_RUNNING', 'Another one is in progress.')
    },
  }
}

describe.concurrent('the nightly schedule', () => {
  it('runs at its time, and no more once stopped', async () => {
    const { schedule, triggers } = scheduleWith({ cron: EACH_SECOND })
    await vi.waitFor(() => expect(triggers.length).toBeGreaterThanOrEqual(2), 8000)
    await schedule.stop()
    const before = triggers.length
    await pause(1500)
    expect(triggers.length).toBe(before)
    expect(triggers).toContain('night')
  }, 15_000)

  it('never runs two at once: it skips, and says so', async () => {
    let running = 0
    let most = 0
    const { schedule, said } = scheduleWith({
      cron: EACH_SECOND,
      async run() {
        running += 1
        most = Math.max(most, running)
        await pause(2500)
        running -= 1
      },
    })
    await vi.waitFor(() => expect(said('still in progress').length).toBeGreaterThan(0), 8000)
    await schedule.stop()
    expect(most).toBe(1)
    expect(running, 'stop waits for the run').toBe(0)
  }, 15_000)

  it('logs a run that fails, and goes on', async () => {
    const { schedule, triggers, said } = scheduleWith({
      cron: EACH_SECOND,
      run: () => Promise.reject(new PortreaError('NOCODB_UNAVAILABLE', 'NocoDB does not answer.')),
    })
    await vi.waitFor(() => expect(triggers.length).toBeGreaterThanOrEqual(2), 8000)
    await schedule.stop()
    expect(said('sync failed').length).toBeGreaterThanOrEqual(2)
  }, 15_000)

  it('takes a run in progress elsewhere as no fault, and runs after it: that one may have begun too early', async () => {
    const { run, open } = oneElsewhere()
    const { schedule, triggers, said } = scheduleWith({ run })
    schedule.catchUp()
    await vi.waitFor(() => expect(said('another run is in progress')).toHaveLength(1))
    open()
    await vi.waitFor(() => expect(triggers).toEqual(['catch-up', 'catch-up']), 8000)
    await schedule.stop()
    expect(said('failed')).toHaveLength(0)
  }, 15_000)

  it('does not do again the first run that another replica did meanwhile', async () => {
    const { run, open } = oneElsewhere()
    let done: Date | null = null
    const { schedule, triggers } = scheduleWith({ run, lastDone: async () => done })
    await vi.waitFor(() => expect(triggers).toEqual(['catch-up']))
    done = new Date('2026-05-20T09:00:01Z')
    open()
    await pause(4000)
    await schedule.stop()
    expect(triggers).toEqual(['catch-up'])
  }, 15_000)

  it('asks once more when its run can begin: another replica may have done it while this one opened the base', async () => {
    let done: Date | null = null
    const asked: boolean[] = []
    const run: ScheduleParts['run'] = async (_, needed) => {
      asked.push(await needed())
      done = new Date('2026-05-20T09:00:01Z')
      asked.push(await needed())
    }
    const { schedule, triggers } = scheduleWith({ run, lastDone: async () => done })
    await vi.waitFor(() => expect(triggers).toEqual(['catch-up']))
    await schedule.stop()
    expect(asked).toEqual([true, false])
  })

  it.each([
    ['the night: it is done', '2026-05-20T09:00:01Z', ['night']],
    ['something else: it runs', '2026-05-20T08:59:59.900Z', ['night', 'night']],
  ])(
    'where a run elsewhere did %s',
    async (_, done, expected) => {
      const { run, open } = oneElsewhere()
      const soon = ((new Date().getSeconds() + 2) % 59) + 1
      const lastDone = async () => new Date(done)
      const { schedule, triggers } = scheduleWith({ cron: `${soon} * * * * *`, lastDone, run })
      await vi.waitFor(() => expect(triggers).toEqual(['night']), 8000)
      open()
      await pause(4000)
      await schedule.stop()
      expect(triggers).toEqual(expected)
    },
    20_000,
  )
})

describe('a night missed while the service was stopped', () => {
  it('is caught up at start, and the log says so', async () => {
    const { schedule, triggers, said } = scheduleWith({
      cron: NIGHTLY,
      lastDone: async () => new Date('2026-05-19T01:04:00Z'),
    })
    await vi.waitFor(() => expect(triggers).toEqual(['catch-up']))
    await schedule.stop()
    expect(said('was missed while the service was stopped')).toMatchObject([
      { due: '2026-05-20T01:00:00.000Z' },
    ])
  })

  it('is not caught up twice', async () => {
    const { schedule, triggers } = scheduleWith({
      cron: NIGHTLY,
      lastDone: async () => new Date('2026-05-20T01:04:00Z'),
    })
    await schedule.stop()
    expect(triggers).toEqual([])
  })

  it('counts as missed where no sync was ever done: a new install has figures at once', async () => {
    const { schedule, triggers, said } = scheduleWith({ cron: NIGHTLY, lastDone: async () => null })
    await vi.waitFor(() => expect(triggers).toEqual(['catch-up']))
    await schedule.stop()
    expect(said('no whole sync stands')).toHaveLength(1)
  })

  it('is left to the next night where the store does not answer', async () => {
    const { schedule, triggers, said } = scheduleWith({
      lastDone: () => Promise.reject(new PortreaError('STORE_UNAVAILABLE', 'Gone.')),
    })
    await vi.waitFor(() => expect(said('cannot tell')).toHaveLength(1))
    await schedule.stop()
    expect(triggers).toEqual([])
  })

  it('is not started by a service that stops meanwhile', async () => {
    const { schedule, triggers } = scheduleWith({ lastDone: () => pause(50, null) })
    await schedule.stop()
    expect(triggers).toEqual([])
  })
})

describe('a run that failed', () => {
  it('is tried again after ten minutes, until it is done', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let outages = 2
    const run = async () => {
      if (outages-- > 0) throw new PortreaError('NOCODB_UNAVAILABLE', 'NocoDB does not answer.')
    }
    const { schedule, triggers, said } = scheduleWith({ lastDone: async () => null, run })
    for (let minutes = 0; minutes < 60; minutes += 1) await vi.advanceTimersByTimeAsync(60_000)
    vi.useRealTimers()
    await schedule.stop()
    expect(triggers).toEqual(['catch-up', 'catch-up', 'catch-up'])
    expect(said('tried again soon')).toHaveLength(2)
  })
})

describe('the last time a sync was due', () => {
  it.each([
    ['a summer night', NIGHTLY, '2026-07-14T12:00:00Z', '2026-07-14T01:00:00.000Z'],
    ['a winter night', NIGHTLY, '2026-01-14T12:00:00Z', '2026-01-14T02:00:00.000Z'],
    ['before the hour of today', NIGHTLY, '2026-07-14T00:59:59Z', '2026-07-13T01:00:00.000Z'],
    ['at the very second', NIGHTLY, '2026-07-14T01:00:00Z', '2026-07-14T01:00:00.000Z'],
    ['the night clocks go forward', NIGHTLY, '2026-03-29T12:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['the night clocks go back', NIGHTLY, '2026-10-25T12:00:00Z', '2026-10-25T02:00:00.000Z'],
    ['an hour that night has twice', '30 2 * * *', '2026-10-25T12:00:00Z', '2026-10-25T01:30:00.000Z'],
    ['an hour that night does not have', '30 2 * * *', '2026-03-29T12:00:00Z', '2026-03-28T01:30:00.000Z'],
    ['every Monday', '0 3 * * 1', '2026-05-20T12:00:00Z', '2026-05-18T01:00:00.000Z'],
    ['with seconds', '15,45 * * * * *', '2026-05-20T12:00:50Z', '2026-05-20T12:00:45.000Z'],
  ])('%s', (_, cron, now, due) => {
    const task = createTask(cron, () => undefined, { timezone: 'Europe/Paris' })
    expect(lastDue(task, new Date('2026-01-01T12:00:00Z'), new Date(now))?.toISOString()).toBe(due)
  })

  it('is none between one night and the next', () => {
    const task = createTask(NIGHTLY, () => undefined, { timezone: 'Europe/Paris' })
    expect(lastDue(task, new Date('2026-05-19T01:00:00Z'), new Date('2026-05-20T00:59:59Z'))).toBeNull()
  })
})

describe('the next time', () => {
  it('is told without anything being started', async () => {
    const next = await nextRun('0 3 * * *')
    expect(next?.getTime()).toBeGreaterThan(Date.now())
    expect(next?.toLocaleTimeString('fr-FR', { timeZone: 'Europe/Paris' })).toBe('03:00:00')
  })
})

describe('a schedule that cannot be read', () => {
  it.each(['0 25 * * *', 'bientôt', '0 3 * *', '0 0 30 2 *'])(
    'is refused before anything starts: %s',
    (cron) => {
      expect(() => scheduleWith({ cron })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
    },
  )
})
