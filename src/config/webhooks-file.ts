import { join } from 'node:path'
import { z } from 'zod'
import { valuesOf, WEBHOOK_TYPES } from '../domain/events.ts'
import type { WebhookType } from '../domain/events.ts'
import { Siren } from '../domain/rules/situation.ts'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

/** A value that stays out of the file: the name of a variable of the environment, or the path of a file. */
const Elsewhere = z.union([
  z.strictObject({ env: z.string().regex(/^[A-Za-z_]\w*$/, 'n’est pas le nom d’une variable') }),
  z.strictObject({ file: z.string().trim().min(1) }),
])
export type Elsewhere = Readonly<z.infer<typeof Elsewhere>>

const Subscription = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'écrivez un nom court, en a-z, 0-9 et -'),
    url: z.union([z.url({ protocol: /^https?$/, error: 'doit être une adresse http(s)' }), Elsewhere]),
    format: z.enum(['standard', 'mattermost', 'slack']).default('standard'),
    secret: Elsewhere.optional().describe('signs each message: whsec_ and 24 to 64 bytes in base64'),
    events: z.array(z.enum(WEBHOOK_TYPES)).min(1).readonly(),
    epcis: z.array(Siren).min(1).readonly().optional().describe('only events of these EPCI'),
    allowPrivate: z.boolean().default(false).describe('the address may lie on a private network'),
  })
  .refine(({ format, secret }) => format !== 'standard' || secret !== undefined, {
    path: ['secret'],
    message:
      'absent ; ajoutez `secret: { env: NOM }` ou `{ file: CHEMIN }` : rien ne garantit un message sans signature',
  })
/** Who is told of what, where, and how. */
export type Subscription = Readonly<z.infer<typeof Subscription>>

type MessageKey = WebhookType | 'test'
const MESSAGES: readonly MessageKey[] = [...WEBHOOK_TYPES, 'test']

/** What each message may hold between braces. */
function known(key: MessageKey): readonly string[] {
  return key === 'test' ? ['name'] : Object.keys(valuesOf(key))
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
          message: `« ${name} » y est deux fois ; donnez à chacun son nom`,
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
    failingMinutes: z
      .number()
      .positive()
      .max(60)
      .describe('a receiver that takes nothing for so long is told of'),
    disableDays: days.describe('a receiver that takes nothing for so long is sent nothing any more'),
    deadDays: days,
  }),
  messages: z.strictObject(
    Object.fromEntries(MESSAGES.map((key) => [key, message(known(key))])) as Record<MessageKey, z.ZodString>,
  ),
})
export type WebhookSettings = Readonly<z.infer<typeof WebhookSettings>>

/** Reads config/webhooks.yaml; CONFIG_INVALID lists every fault with its line. */
export function readWebhookSettings(directory: string): WebhookSettings {
  const { value, faults } = readYamlFile(join(directory, 'webhooks.yaml'), WebhookSettings)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/webhooks.yaml est à corriger.`, { faults })
  return Object.freeze(value)
}

function message(names: readonly string[]) {
  return z
    .string()
    .min(1)
    .superRefine((text, context) => {
      for (const [, name = ''] of text.matchAll(/\{(\w*)\}/gu))
        if (!names.includes(name))
          context.addIssue({
            code: 'custom',
            message: `{${name}} est inconnu ici ; écrivez ${names.map((one) => `{${one}}`).join(', ')}`,
          })
    })
}
