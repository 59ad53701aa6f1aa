import { expect, it } from 'vitest'
import type { Store } from '../../src/store/database.ts'
import {
  abandonRuns,
  finishRun,
  getRun,
  lastDoneRun,
  listRuns,
  startRun,
  updateProgress,
} from '../../src/store/runs.ts'
import type { NewRun } from '../../src/store/runs.ts'

/** What the table of runs promises, whatever the engine. */
export function runTests(store: () => Store): void {
  const counts = {
    actorsRead: 800,
    epcisRead: 60,
    rowsWritten: 12,
    cellsWritten: 30,
    refused: 1,
    reported: 2,
    seconds: 3.25,
  }
  const end = { finishedAt: '2026-03-02T02:00:04Z', counts, error: null }

  it('follows a run from its start to its end', async () => {
    await startRun(store(), { ...run('a'), epcis: ['200069409'] })
    expect(await getRun(store(), 'a')).toEqual({
      ...run('a'),
      epcis: ['200069409'],
      status: 'running',
      finishedAt: null,
      progress: null,
      counts: null,
      error: null,
      held: null,
    })
    await updateProgress(store(), 'a', { phase: 'reading', done: 300, total: 800 })
    expect((await getRun(store(), 'a'))?.progress).toEqual({ phase: 'reading', done: 300, total: 800 })
    const error = { code: 'NOCODB_UNAVAILABLE', message: 'No answer.' }
    await finishRun(store(), 'a', { ...end, status: 'failed', error })
    expect(await getRun(store(), 'a')).toMatchObject({ ...end, status: 'failed', error })
  })

  it('knows no run that was never started', async () => {
    expect(await getRun(store(), 'nobody')).toBeNull()
    expect(await lastDoneRun(store())).toBeNull()
  })

  it('lists the newest runs first', async () => {
    for (const hour of ['03', '01', '02']) {
      await startRun(store(), run(hour, { startedAt: `2026-03-02T${hour}:00:00Z` }))
    }
    expect((await listRuns(store(), 2)).map(({ id }) => id)).toEqual(['03', '02'])
  })

  it('counts as done only a whole, real run that came to its end', async () => {
    const started = (hour: string) => ({ startedAt: `2026-03-02T${hour}:00:00Z` })
    await startRun(store(), run('whole', started('01')))
    await startRun(store(), run('dry', { ...started('02'), dryRun: true }))
    await startRun(store(), run('limited', { ...started('03'), epcis: ['200069409'] }))
    await startRun(store(), run('failed', started('04')))
    await startRun(store(), run('running', started('05')))
    for (const id of ['whole', 'dry', 'limited']) await finishRun(store(), id, { ...end, status: 'done' })
    await finishRun(store(), 'failed', { ...end, status: 'failed' })
    expect((await lastDoneRun(store()))?.id).toBe('whole')
  })

  it('calls interrupted the runs that a dead process left, and those only', async () => {
    await startRun(store(), run('done'))
    await finishRun(store(), 'done', { ...end, status: 'done' })
    await startRun(store(), run('left'))
    expect(await abandonRuns(store())).toBe(1)
    expect(await getRun(store(), 'left')).toMatchObject({ status: 'interrupted', finishedAt: null })
    expect(await getRun(store(), 'done')).toMatchObject({ status: 'done' })
    expect(await abandonRuns(store())).toBe(0)
  })
}

/** A run that begins, all its facts invented. */
export function run(id: string, changes: Partial<NewRun> = {}): NewRun {
  return {
    id,
    startedAt: '2026-03-02T02:00:00Z',
    trigger: 'night',
    dryRun: false,
    rules: 'abc',
    epcis: null,
    base: 'pbase',
    ...changes,
  }
}
