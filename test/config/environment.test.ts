import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEnvironment } from '../../src/config/environment.ts'
import type { PortreaError } from '../../src/errors.ts'

const good = { NOCODB_URL: 'https://nocodb.example.org', NOCODB_TOKEN: 'a-token' }
const faultsOf = (source: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readEnvironment(['NOCODB_URL', 'NOCODB_TOKEN'], source)
  } catch (cause) {
    return (cause as PortreaError).faults
  }
  return []
}

describe('the environment', () => {
  it('has the defaults of the contract', () => {
    expect(readEnvironment(['NOCODB_URL'], good)).toMatchObject({
      PORT: 3000,
      PORTREA_CRON: '0 3 * * *',
      PORTREA_DATA_DIR: './var',
      NOCODB_BASE: 'Portrea',
    })
  })

  it('names every faulty and missing variable at once', () => {
    const faults = faultsOf({ NOCODB_URL: 'nocodb', PORT: 'http', PORTREA_API_TOKEN: 'short' })
    expect(faults).toContainEqual(expect.stringMatching(/^NOCODB_URL.: doit être une adresse http\(s\)/))
    expect(faults).toContainEqual(
      expect.stringMatching(/^NOCODB_TOKEN.: absente.; donnez-la, ou donnez à NOCODB_TOKEN_FILE/),
    )
    expect(faults).toContainEqual(expect.stringMatching(/^PORT.: /))
    expect(faults).toContainEqual(expect.stringMatching(/^PORTREA_API_TOKEN.: est trop court/))
  })

  it('refuses a token that no HTTP header can carry, and does not repeat it', () => {
    const source = { ...good, NOCODB_TOKEN: 'jeton à moi', PORTREA_API_TOKEN: 'two words' }
    expect(faultsOf(source)).toEqual([
      expect.stringMatching(/^NOCODB_TOKEN.: contient une espace ou un signe hors ASCII/),
      expect.stringMatching(/^PORTREA_API_TOKEN.: contient une espace ou un signe hors ASCII/),
    ])
    expect(faultsOf(source).join()).not.toMatch(/moi|two/)
  })

  it('reads a secret from the file that <NAME>_FILE names, and says when it cannot', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'portrea-secret-')), 'token')
    writeFileSync(file, 'from-a-file\n')
    expect(readEnvironment(['NOCODB_TOKEN'], { NOCODB_TOKEN_FILE: file }).NOCODB_TOKEN).toBe('from-a-file')
    expect(faultsOf({ ...good, PORTREA_API_TOKEN_FILE: '/nowhere' })).toContain(
      'PORTREA_API_TOKEN_FILE\u00a0: /nowhere ne peut pas être lu (ENOENT)',
    )
  })

  it.each([
    ['10.0.0.2, 192.168.0.0/16,loopback', true],
    ['::1,fd00::/8', true],
    ['0.0.0.0/0', false],
    ['::/0', false],
    ['10.0.0.0/33', false],
    ['a-proxy.example', false],
    ['true', false],
    ['10.0.0.1/8/8', false],
  ])('takes %j for proxies to be believed: %s', (PORTREA_TRUSTED_PROXIES, taken) => {
    const faults = faultsOf({ ...good, PORTREA_TRUSTED_PROXIES })
    expect(faults.length === 0).toBe(taken)
    if (!taken) expect(faults[0]).toMatch(/^PORTREA_TRUSTED_PROXIES/u)
  })

  it('takes an empty variable for an absent one', () => {
    const environment = readEnvironment(['NOCODB_URL'], { ...good, DATABASE_URL: '', PORT: ' ' })
    expect(environment.PORT).toBe(3000)
    expect(environment.DATABASE_URL).toBeUndefined()
  })

  it('splits the webhook secrets of a rotation', () => {
    const { PORTREA_WEBHOOK_SECRET } = readEnvironment([], {
      ...good,
      PORTREA_WEBHOOK_SECRET: 'new-secret, old-secret',
    })
    expect(PORTREA_WEBHOOK_SECRET).toEqual(['new-secret', 'old-secret'])
  })
})
