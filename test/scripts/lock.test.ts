import { spawn } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { withLock } from '../../scripts/lock.mjs'

const folder = mkdtempSync(join(tmpdir(), 'portrea-lock-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a lock between processes', () => {
  it('lets one in at a time', async () => {
    const diary = join(folder, 'diary')
    const visit = async (name: string) => {
      appendFileSync(diary, `${name} in\n`)
      await new Promise((done) => setTimeout(done, 50))
      appendFileSync(diary, `${name} out\n`)
    }
    const lock = join(folder, 'one')
    await Promise.all([withLock(lock, () => visit('a')), withLock(lock, () => visit('b'))])
    expect(readFileSync(diary, 'utf8')).toMatch(/^(a in\na out\nb in\nb out\n|b in\nb out\na in\na out\n)$/)
  })

  it('says once that it waits', async () => {
    const lock = join(folder, 'said')
    let waits = 0
    const first = withLock(lock, () => new Promise((done) => setTimeout(done, 500)))
    await Promise.all([
      first,
      withLock(
        lock,
        () => {},
        () => (waits += 1),
      ),
    ])
    expect(waits).toBe(1)
  })

  it('takes over the lock of a process that was killed', async () => {
    const lock = join(folder, 'dead')
    mkdirSync(lock)
    writeFileSync(join(lock, 'owner'), `${hostname()} ${await deadProcess()} 1`)
    expect(await withLock(lock, () => 'mine')).toBe('mine')
    expect(existsSync(lock)).toBe(false)
  })

  it('takes over a lock whose process number now belongs to another process', async () => {
    const lock = join(folder, 'reused')
    mkdirSync(lock)
    writeFileSync(join(lock, 'owner'), `${hostname()} ${process.pid} born-another-day`)
    expect(await withLock(lock, () => 'mine')).toBe('mine')
  })

  it('is given back when the work fails', async () => {
    const lock = join(folder, 'failed')
    await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(existsSync(lock)).toBe(false)
  })
})

function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  return new Promise((done) => child.once('exit', () => done(child.pid ?? 0)))
}
