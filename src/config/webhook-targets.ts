import { PortreaError } from '../errors.ts'
import { valueElsewhere } from './environment.ts'
import type { Elsewhere, Subscription, WebhookSettings } from './webhooks-file.ts'

/** A subscription with what its file keeps elsewhere: never logged, never stored. */
export type Target = Subscription & {
  readonly address: URL
  /** One, or two while rotating; none where nothing is signed. */
  readonly secrets: readonly string[]
}

/** Reads the addresses and secrets of every subscription; CONFIG_INVALID names each that is missing or unfit. */
export function readTargets({ subscriptions }: WebhookSettings, source?: NodeJS.ProcessEnv): Target[] {
  const faults: string[] = []
  const targets = subscriptions.flatMap((one, at) => {
    const tell = (key: string, fault: string) =>
      void faults.push(`webhooks.yaml: subscriptions.${at} (${one.name}): ${key}: ${fault}`)
    const address = addressOf(one, source, (fault) => tell('url', fault))
    const secrets = secretsOf(one, source, (fault) => tell('secret', fault))
    return address === null || secrets === null ? [] : [{ ...one, address, secrets }]
  })
  if (faults.length > 0)
    throw new PortreaError('CONFIG_INVALID', 'Some subscriptions of config/webhooks.yaml cannot be used.', {
      faults,
    })
  return targets
}

type Tell = (fault: string) => void

function addressOf(
  { url, allowPrivate }: Subscription,
  source: NodeJS.ProcessEnv | undefined,
  tell: Tell,
): URL | null {
  const text = typeof url === 'string' ? url : read(url, source, tell)
  if (text === null) return null
  const address = URL.canParse(text) ? new URL(text) : null
  const fault = addressFault(address, allowPrivate)
  if (fault === null) return address
  tell(fault) // never the address itself: it may hold a key
  return null
}

function addressFault(address: URL | null, allowPrivate: boolean): string | null {
  if (address === null || !/^https?:$/u.test(address.protocol)) return 'is no http(s) address'
  if (address.username !== '' || address.password !== '') return 'holds a password; receivers take none there'
  if (address.protocol === 'http:' && !allowPrivate)
    return 'is not https; use https, or `allowPrivate: true` for an address of the private network'
  return null
}

function secretsOf(
  { secret }: Subscription,
  source: NodeJS.ProcessEnv | undefined,
  tell: Tell,
): string[] | null {
  if (secret === undefined) return []
  const text = read(secret, source, tell)
  if (text === null) return null
  const secrets = text.split(',').map((one) => one.trim())
  if (secrets.every(isSecret)) return secrets
  tell('is no signing secret; make one: echo "whsec_$(openssl rand -base64 32)"')
  return null
}

function read(where: Elsewhere, source: NodeJS.ProcessEnv | undefined, tell: Tell): string | null {
  const value = valueElsewhere(where, source)
  if (value === null)
    tell(
      'env' in where
        ? `the variable ${where.env} is not set`
        : `the file ${where.file} cannot be read, or is empty`,
    )
  return value
}

/** As Standard Webhooks wants them: whsec_ and 24 to 64 bytes in base64. */
function isSecret(text: string): boolean {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/u.exec(text)?.[1]
  if (encoded === undefined) return false
  const { length } = Buffer.from(encoded, 'base64')
  return encoded.length % 4 === 0 && length >= 24 && length <= 64
}
