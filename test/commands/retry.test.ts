import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { leaseJobs, retryLater } from '../../src/store/leases.ts'
import { openStore } from '../../src/store/database.ts'
import { enqueue, countInbox } from '../../src/store/inbox.ts'
import { cli } from '../helpers/cli.ts'

const AT = new Date()
const who = { base: 'p1', by: 'a-test' }

/** A store in which one row was given up, and another waits for its next try. */
async function store() {
  const dataDir = mkdtempSync(join(tmpdir(), 'portrea-retry-'))
  const opened = await openStore({ dataDir })
  const jobs = ['1', '2'].map((record) => ({ base: 'p1', about: 'm1', record, event: 'update' }) as const)
  await enqueue(opened, jobs, AT)
  const leases = await leaseJobs(opened, who, { kind: 'rows', limit: 9, at: AT })
  const later = new Date(AT.getTime() + 600_000)
  for (const one of leases)
    await retryLater(
      opened,
      who,
      new Map([[one, { reason: 'refused', nextTry: one.record === '1' ? null : later }]]),
    )
  return { dataDir, opened }
}

describe('portrea retry', () => {
  it('sends again what was given up, and lets the others wait no longer', async () => {
    const { dataDir, opened } = await store()
    const { code, stdout } = await cli(['retry'], { PORTREA_DATA_DIR: dataDir })
    expect(code).toBe(0)
    expect(stdout.replaceAll(/[\u202f\u00a0]/gu, ' ')).toContain(
      '1 ligne abandonnée renvoyée ; 1 autre n’attendra plus son prochain essai.',
    )
    expect(await countInbox(opened)).toMatchObject({ waiting: 2, failed: 0 })
    expect(await leaseJobs(opened, who, { kind: 'rows', limit: 9, at: new Date() })).toHaveLength(2)
    await opened.close()
  })

  it('answers with one document, and says when there is nothing to send', async () => {
    const { dataDir, opened } = await store()
    const { stdout } = await cli(['retry', '--json'], { PORTREA_DATA_DIR: dataDir })
    expect(JSON.parse(stdout)).toMatchObject({ retried: 1, hastened: 1, inbox: { waiting: 2, dead: 0 } })
    await opened.close()
    const empty = mkdtempSync(join(tmpdir(), 'portrea-retry-'))
    expect((await cli(['retry'], { PORTREA_DATA_DIR: empty })).stdout).toBe('Rien à renvoyer.\n')
  })
})
