import { expect, it } from 'vitest'
import { webhookTarget } from '../../src/app.ts'
import { readEnvironment } from '../../src/config/environment.ts'

const target = (variables: Record<string, string>) => webhookTarget(readEnvironment([], variables))

it.each([
  ['https://portrea.example.org', 'https://portrea.example.org/webhooks/nocodb'],
  ['https://example.org/portrea/', 'https://example.org/portrea/webhooks/nocodb'],
])('leads the webhooks below the public address: %s', (address, url) => {
  const variables = { PORTREA_PUBLIC_URL: address, PORTREA_WEBHOOK_SECRET: 'the-new-one, the-old-one' }
  expect(target(variables)).toEqual({ url, secret: 'the-new-one' })
})

it('prefers the address at which NocoDB reaches the service', () => {
  const variables = {
    ...{ PORTREA_PUBLIC_URL: 'https://portrea.example.org', PORTREA_WEBHOOK_URL: 'http://portrea:3000' },
    PORTREA_WEBHOOK_SECRET: 'the-only-one',
  }
  expect(target(variables)?.url).toBe('http://portrea:3000/webhooks/nocodb')
})

it.each([
  [{ PORTREA_PUBLIC_URL: 'https://portrea.example.org' }],
  [{ PORTREA_WEBHOOK_SECRET: 'the-only-one' }],
  [{ PORTREA_PUBLIC_URL: '', PORTREA_WEBHOOK_SECRET: 'the-only-one' }],
])('does not know where they lead with %j alone', (variables) => {
  expect(target(variables)).toBeNull()
})
