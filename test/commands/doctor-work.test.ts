import { describe, expect, it } from 'vitest'
import { checkWork } from '../../src/commands/doctor-work.ts'
import type { WorkState } from '../../src/engine/work-state.ts'
import type { Run } from '../../src/store/runs.ts'
import { plain } from '../helpers/plain.ts'

const run = (status: Run['status'], more: Partial<Run> = {}): Run => ({
  ...{
    id: 'r',
    startedAt: '2026-05-20T01:00:00Z',
    finishedAt: null,
    status,
    trigger: 'night',
    dryRun: false,
  },
  ...{ rules: 'r1', epcis: null, base: 'b', progress: null, counts: null, error: null, held: null },
  ...more,
})
const checked = (state: Partial<WorkState>) => {
  const nothing = { lastRun: null, whole: null, reconciled: null, leased: 0, nextNight: null }
  const { ok, detail, remedy } = checkWork({ ...nothing, ...state })
  return { ok, detail: plain(detail), remedy: remedy === null ? null : plain(remedy) }
}

describe('what doctor says of the work', () => {
  it('is what was done last, and what comes next', () => {
    const state = {
      lastRun: run('done', { finishedAt: '2026-05-20T01:04:00Z' }),
      whole: new Date('2026-05-18T01:00:00Z'),
      reconciled: new Date('2026-05-20T08:00:00Z'),
      nextNight: new Date('2026-05-21T01:00:00Z'),
    }
    expect(checked(state)).toEqual({
      ok: true,
      detail:
        'dernière synchronisation le 20 mai 2026 à 03:04 ; toutes les fiches relues le 18 mai 2026 à 03:00 ; changements cherchés le 20 mai 2026 à 10:00 ; prochaine nuit le 21 mai 2026 à 03:00',
      remedy: null,
    })
  })

  it('leaves out what is not known, and tells of what is under way', () => {
    expect(checked({ lastRun: run('running'), leased: 3 }).detail).toBe(
      'une synchronisation est en cours depuis le 20 mai 2026 à 03:00 ; 3 lignes en cours de calcul',
    )
    expect(checked({ lastRun: run('interrupted') })).toMatchObject({ ok: true, remedy: null })
  })

  it('tells how to begin where nothing was done yet', () => {
    expect(checked({})).toMatchObject({ ok: true, detail: 'aucune synchronisation encore' })
  })

  it('is a fault where the last run failed, with what it said', () => {
    const error = { code: 'SCHEMA_MISMATCH', message: 'rien', faults: ['Remettez « Ville ».', 'Et « Nom ».'] }
    expect(checked({ lastRun: run('failed', { error }) })).toMatchObject({
      ...{ ok: false, remedy: 'Remettez « Ville ». Et « Nom ».' },
    })
    const bare = { code: 'NOCODB_UNAVAILABLE', message: 'NocoDB ne répond pas.' }
    expect(checked({ lastRun: run('failed', { error: bare }) }).remedy).toBe('NocoDB ne répond pas.')
  })
})
