import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { readTargets } from '../../src/config/webhook-targets.ts'
import { readWebhookSettings } from '../../src/config/webhooks-file.ts'
import { PortreaError } from '../../src/errors.ts'
import { CONFIG } from '../helpers/rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-webhooks-'))
const shipped = readWebhookSettings(CONFIG)
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const hub = { name: 'hub', url: 'https://hub.example.org', secret: { env: 'S' }, events: ['sync.failed'] }

/** Reads the settings that ship with these subscriptions in them. */
function reading(...subscriptions: readonly object[]) {
  writeFileSync(join(folder, 'webhooks.yaml'), stringify({ ...shipped, subscriptions }))
  return readWebhookSettings(folder)
}
function faultsOf(act: () => unknown): readonly string[] {
  try {
    act()
    return []
  } catch (cause) {
    if (cause instanceof PortreaError && cause.code === 'CONFIG_INVALID') return cause.faults
    throw cause
  }
}

describe('config/webhooks.yaml', () => {
  it('ships without a subscription', () => {
    expect(shipped.subscriptions).toEqual([])
  })

  it.each([
    ['an unknown event', { ...hub, events: ['sync.done'] }, /subscriptions\.0\.events\.0/],
    ['no event', { ...hub, events: [] }, /subscriptions\.0\.events/],
    ['no address', { ...hub, url: 'ftp://x' }, /http/],
    ['a name that no log can show', { ...hub, name: 'Hub de Bretagne' }, /short name/],
    ['a message that nobody can trust', { ...hub, secret: undefined }, /secret: missing/],
    ['a secret in the file', { ...hub, secret: SECRET }, /secret/],
    ['what is no SIREN', { ...hub, epcis: ['12'] }, /epcis\.0/],
    ['an unknown key', { ...hub, token: 'x' }, /token: unknown key/],
  ])('refuses %s, with its line', (_, subscription, fault) => {
    const faults = faultsOf(() => reading(subscription))
    expect(faults.join()).toMatch(fault)
    expect(faults[0]).toMatch(/^webhooks\.yaml:\d+: /)
  })

  it('refuses two subscriptions of one name, and a message that says what no event knows', () => {
    expect(faultsOf(() => reading(hub, hub))[0]).toContain('« hub » stands twice')
    const messages = { ...shipped.messages, 'sync.failed': '{code} {epci}' }
    writeFileSync(join(folder, 'webhooks.yaml'), stringify({ ...shipped, messages }))
    expect(faultsOf(() => readWebhookSettings(folder))[0]).toContain('{epci} is not known here; write {code}')
  })

  it('needs no secret for Mattermost, whose address is the secret', () => {
    const { subscriptions } = reading({ ...hub, format: 'mattermost', url: { env: 'U' }, secret: undefined })
    expect(subscriptions).toMatchObject([{ format: 'mattermost', allowPrivate: false }])
  })
})

describe('what subscriptions keep elsewhere', () => {
  const targets = (subscription: object, environment: Record<string, string> = { S: SECRET }) =>
    readTargets(reading(subscription), environment)

  it('is read from the environment or from a file', () => {
    const file = join(folder, 'secret')
    writeFileSync(file, `${SECRET}\n`)
    const [target] = targets(
      { ...hub, url: { env: 'U' }, secret: { file } },
      { U: ' https://hub.example.org/k ' },
    )
    expect(target).toMatchObject({ name: 'hub', secrets: [SECRET] })
    expect(target?.address.href).toBe('https://hub.example.org/k')
  })

  it.each([
    ['a variable that is not set', { ...hub, secret: { env: 'NOWHERE' } }, 'the variable NOWHERE is not set'],
    [
      'a file that is not there',
      { ...hub, secret: { file: '/nowhere' } },
      'the file /nowhere cannot be read',
    ],
    ['an address that is none', { ...hub, url: { env: 'S' } }, 'is no http(s) address'],
    ['http without a private network', { ...hub, url: 'http://hub.example.org' }, 'is not https'],
    ['a password in the address', { ...hub, url: 'https://me:word@hub.example.org' }, 'holds a password'],
  ])('is told: %s', (_, subscription, fault) => {
    const faults = faultsOf(() => targets(subscription))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(`(hub): `)
    expect(faults[0]).toContain(fault)
  })

  it.each([
    'hunter2',
    'whsec_',
    'whsec_short',
    `whsec_${Buffer.alloc(65).toString('base64')}`,
    `${SECRET}, no`,
  ])('is a fit secret, not « %s », which is not repeated', (secret) => {
    const faults = faultsOf(() => targets(hub, { S: secret }))
    expect(faults[0]).toContain('is no signing secret')
    expect(faults[0]).not.toContain(`"${secret}"`)
    expect(faults[0]).not.toContain(SECRET)
  })

  it('is told of all subscriptions at once', () => {
    const faults = faultsOf(() => readTargets(reading(hub, { ...hub, name: 'n8n', url: { env: 'U' } }), {}))
    expect(faults).toHaveLength(3)
  })
})
