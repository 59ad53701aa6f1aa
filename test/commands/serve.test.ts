import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli } from '../helpers/cli.ts'

const environment = {
  NOCODB_URL: 'http://127.0.0.1:9',
  NOCODB_TOKEN: 'a-token-of-nothing',
  PORTREA_API_TOKEN: 'a-secret-of-the-api',
  PORTREA_DATA_DIR: mkdtempSync(join(tmpdir(), 'portrea-serve-')),
  PORT: '0',
}

describe('portrea serve', () => {
  const other = createServer()
  beforeAll(() => new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve)))
  afterAll(() => new Promise((resolve) => other.close(resolve)))

  it('ends at once, saying how to mend it, when its schedule is not one', async () => {
    const { code, stderr } = await cli(['serve'], { ...environment, PORTREA_CRON: 'at night' })
    expect(code).toBe(3)
    expect(stderr).toMatch(/PORTREA_CRON «\sat night\s» n’est pas un horaire/u)
  })

  it('ends, naming HOST and PORT, when its port is taken, and leaves no thread behind', async () => {
    const { port } = other.address() as AddressInfo
    const { code, stderr } = await cli(['serve'], { ...environment, PORT: String(port) })
    expect(code).toBe(3)
    expect(stderr).toContain(`Impossible d’écouter sur 127.0.0.1, port ${port} (EADDRINUSE)`)
    expect(stderr).not.toMatch(/^ {4}at /m)
  })

  it('ends, saying why, when its work fails in a way that nobody foresaw', async () => {
    const port = await freePort()
    const fault = `import { isMainThread } from 'node:worker_threads'
      const fail = () => setTimeout(() => { throw new Error('unforeseen') }, 500)
      const look = () => fetch('http://127.0.0.1:${port}/health/live').then(fail, () => setTimeout(look, 100))
      if (!isMainThread) look()`
    const { code, stderr } = await cli(['serve'], {
      ...environment,
      PORT: String(port),
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}`,
    })
    expect(code).not.toBe(0)
    expect(stderr).toContain('service started')
    expect(stderr).toContain('Error: unforeseen')
  })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

describe('portrea check-config', () => {
  it('finds a schedule that is not one', async () => {
    const { code, stdout } = await cli(['check-config', '--json'], {
      ...environment,
      PORTREA_CRON: 'at night',
    })
    expect(code).toBe(3)
    expect(JSON.parse(stdout).error.faults).toEqual([expect.stringMatching(/^PORTREA_CRON : expression : /)])
  })
})
