import { expect, it } from 'vitest'
import { decisionOf } from '../../src/domain/decision.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import type { Store } from '../../src/store/database.ts'
import {
  ruleTexts,
  saveRuleSet,
  lastOtherwise,
  lastSnapshots,
  saveSnapshots,
  snapshotsAt,
  snapshotsFrom,
} from '../../src/store/snapshots.ts'
import type { Snapshot } from '../../src/store/snapshots.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'

const SIREN = '200069409'

/** A result of that day with that aim; `digest` stands for its figures. */
function snapshot(
  day: string,
  over: Partial<Snapshot> = {},
  aim: 'database' | 'networking' = 'database',
): Snapshot {
  const known = situation({ answers: { aim }, observed: { completeness: 100 / 3 } })
  const decision = decisionOf(recommend(known, rules))
  return {
    siren: SIREN,
    day,
    rules: 'sha256:a',
    situation: known,
    retained: null,
    decision,
    digest: aim,
    ...over,
  }
}

/** What the memory of results promises, whatever the engine. */
export function snapshotTests(store: () => Store): void {
  const days = async (upTo = '9999-12-31') =>
    (await lastSnapshots(store(), SIREN, { upTo, limit: 10 })).map(({ day }) => day)

  it('keeps a result with all that it rests on, to the last digit', async () => {
    const one = snapshot('2026-03-01', { retained: 'reseau' })
    expect(await saveSnapshots(store(), [one])).toBe(1)
    expect(await lastSnapshots(store(), SIREN, { upTo: '2026-03-01', limit: 1 })).toEqual([one])
    expect(await lastSnapshots(store(), SIREN, { upTo: '2026-02-28', limit: 1 })).toEqual([])
  })

  it('keeps a result once while nothing moves, whatever the order of its keys', async () => {
    await saveSnapshots(store(), [snapshot('2026-03-01')])
    const { answers, ...rest } = snapshot('2026-03-02').situation
    const turned = {
      ...rest,
      answers: Object.fromEntries(Object.entries(answers).reverse()) as typeof answers,
    }
    expect(await saveSnapshots(store(), [snapshot('2026-03-02', { situation: turned })])).toBe(0)
    expect(await days()).toEqual(['2026-03-01'])
  })

  it.each([
    ['its rules', { rules: 'sha256:b' }],
    ['its figures', { digest: 'other' }],
    ['the human choice', { retained: 'outil' }],
    ['its situation', { situation: situation({ answers: { aim: 'none' } }) }],
  ] as const)('keeps a new one as soon as %s moved', async (_, over) => {
    await saveSnapshots(store(), [snapshot('2026-03-01')])
    expect(await saveSnapshots(store(), [snapshot('2026-03-02', over)])).toBe(1)
    expect(await days()).toEqual(['2026-03-02', '2026-03-01'])
    expect(await days('2026-03-01')).toEqual(['2026-03-01'])
  })

  it('lets the last of a day win, and keeps EPCI apart', async () => {
    await saveSnapshots(store(), [snapshot('2026-03-01'), snapshot('2026-03-01', { siren: '1' })])
    await saveSnapshots(store(), [snapshot('2026-03-01', {}, 'networking')])
    const [kept] = await lastSnapshots(store(), SIREN, { upTo: '2026-03-01', limit: 10 })
    expect(kept?.decision.recommended).toBe('reseau')
    expect(await lastSnapshots(store(), '1', { upTo: '2026-03-01', limit: 10 })).toMatchObject([
      { siren: '1', decision: { recommended: 'outil' } },
    ])
  })

  it('finds the last result that recommended otherwise, and those that followed', async () => {
    const turns = ['database', 'networking', 'networking', 'database'] as const
    for (const [at, aim] of turns.entries())
      await saveSnapshots(store(), [
        snapshot(`2026-03-0${at + 1}`, { retained: at === 2 ? 'outil' : null }, aim),
      ])
    const other = await lastOtherwise(store(), SIREN, { upTo: '2026-03-04', recommended: 'outil' })
    expect(other?.day).toBe('2026-03-03')
    const earlier = await lastOtherwise(store(), SIREN, { upTo: '2026-03-02', recommended: 'reseau' })
    expect(earlier?.day).toBe('2026-03-01')
    expect(await lastOtherwise(store(), SIREN, { upTo: '2026-03-01', recommended: 'outil' })).toBeNull()
    const after = await snapshotsFrom(store(), SIREN, { from: '2026-03-02', limit: 2 })
    expect(after.map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-03'])
  })

  it('finds how each EPCI stood on a day, those of which nothing was kept by then left out', async () => {
    const other = '200067073'
    await saveSnapshots(store(), [snapshot('2037-03-01', { retained: 'outil', digest: 'x' })])
    await saveSnapshots(store(), [snapshot('2037-03-05', { retained: 'reseau', digest: 'y' })])
    await saveSnapshots(store(), [snapshot('2037-03-09', { siren: other, digest: 'z' })])
    const at = async (day: string) => snapshotsAt(store(), day)
    expect((await at('2037-03-04')).get(SIREN)?.retained).toBe('outil')
    expect((await at('2037-03-05')).get(SIREN)?.retained).toBe('reseau')
    expect((await at('2037-03-08')).has(other)).toBe(false)
    expect((await at('2037-03-09')).get(other)?.digest).toBe('z')
  })

  it('keeps hundreds at once', async () => {
    const many = Array.from({ length: 1254 }, (_, at) => snapshot('2026-03-01', { siren: String(at) }))
    expect(await saveSnapshots(store(), many)).toBe(1254)
    expect(await saveSnapshots(store(), many)).toBe(0)
    expect(await saveSnapshots(store(), [])).toBe(0)
  })

  it('keeps rules under their fingerprint for good', async () => {
    await saveRuleSet(store(), 'sha256:a', '{"one":1}')
    await saveRuleSet(store(), 'sha256:a', '{"other":2}')
    await saveRuleSet(store(), 'sha256:b', '{}')
    expect(await ruleTexts(store(), ['sha256:a', 'sha256:a', 'sha256:z'])).toEqual(
      new Map([['sha256:a', '{"one":1}']]),
    )
    expect((await ruleTexts(store(), [])).size).toBe(0)
  })
}
