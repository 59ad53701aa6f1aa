import { join } from 'node:path'
import { z } from 'zod'
import { WEBHOOK_TYPES } from '../domain/events.ts'
import type { WebhookType } from '../domain/events.ts'
import { Siren } from '../domain/rules/situation.ts'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

/** A value that stays out of the file: the name of a variable of the environment, or the path of a file. */
const Elsewhere = z.union([
  z.strictObject({ env: z.string().regex(/^[A-Za-z_]\w*$/, 'is not the name of a variable') }),
  z.strictObject({ file: z.string().trim().min(1) }),
])
export type Elsewhere = Readonly<z.infer<typeof Elsewhere>>

const Subscription = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'write a short name in a-z, 0-9 and -'),
    url: z.union([z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }), Elsewhere]),
    format: z.enum(['standard', 'mattermost', 'slack']).default('standard'),
    secret: Elsewhere.optional().describe('signs each message: whsec_ and 24 to 64 bytes in base64'),
    events: z.array(z.enum(WEBHOOK_TYPES)).min(1).readonly(),
    epcis: z.array(Siren).min(1).readonly().optional().describe('only events of these EPCI'),
    allowPrivate: z.boolean().default(false).describe('the address may lie on a private network'),
  })
  .refine(({ format, secret }) => format !== 'standard' || secret !== undefined, {
    path: ['secret'],
    message:
      'missing; add `secret: { env: NAME }` or `{ file: PATH }`: receivers cannot trust what is not signed',
  })
/** Who is told of what, where, and how. */
export type Subscription = Readonly<z.infer<typeof Subscription>>

type MessageKey = WebhookType | 'test'
const MESSAGES: readonly MessageKey[] = [...WEBHOOK_TYPES, 'test']

/** What each message may hold between braces. */
const KNOWN: Readonly<Record<MessageKey, readonly string[]>> = {
  'prefill.progress': [
    'epci',
    'threshold',
    'progress',
    'records',
    'expected',
    'journee',
    'forecast',
    'status',
  ],
  'prefill.at_risk': ['epci', 'progress', 'records', 'expected', 'journee', 'forecast', 'status'],
  'recommendation.changed': ['epci', 'from', 'to', 'confidence', 'reason'],
  'sync.completed': ['seconds', 'actors', 'epcis', 'cells', 'refused'],
  'sync.failed': ['code'],
  test: ['name'],
}

const days = z.number().int().positive()

/** config/webhooks.yaml: what is told to whom, and what is done where it does not arrive. */
export const WebhookSettings = z.strictObject({
  subscriptions: z.array(Subscription).superRefine((all, context) => {
    all.forEach(({ name }, at) => {
      if (all.findIndex((other) => other.name === name) < at)
        context.addIssue({
          code: 'custom',
          path: [at, 'name'],
          message: `« ${name} » stands twice; give each its own`,
        })
    })
  }),
  events: z.strictObject({
    progress: z.array(z.number().positive().max(100)).min(1).readonly(),
    quietDays: z.number().int().min(0),
    keepDays: days,
  }),
  delivery: z.strictObject({
    timeoutSeconds: z.number().positive().max(60),
    retryAfterSeconds: z.array(z.number().positive()).readonly(),
    deadDays: days,
  }),
  messages: z.strictObject(
    Object.fromEntries(MESSAGES.map((key) => [key, message(KNOWN[key])])) as Record<MessageKey, z.ZodString>,
  ),
})
export type WebhookSettings = Readonly<z.infer<typeof WebhookSettings>>

/** Reads config/webhooks.yaml; CONFIG_INVALID lists every fault with its line. */
export function readWebhookSettings(directory: string): WebhookSettings {
  const { value, faults } = readYamlFile(join(directory, 'webhooks.yaml'), WebhookSettings)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/webhooks.yaml cannot be used.`, { faults })
  return Object.freeze(value)
}

function message(known: readonly string[]) {
  return z
    .string()
    .min(1)
    .superRefine((text, context) => {
      for (const [, name = ''] of text.matchAll(/\{(\w*)\}/gu))
        if (!known.includes(name))
          context.addIssue({
            code: 'custom',
            message: `{${name}} is not known here; write ${known.map((one) => `{${one}}`).join(', ')}`,
          })
    })
}
