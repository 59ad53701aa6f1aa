import { z } from 'zod'
import { instant } from '../schemas/figures.ts'
import { frenchInstant } from '../typography.ts'
import { webhookEvent } from './event-kind.ts'
import type { DataOf } from './event-kind.ts'

const receiver = {
  subscription: z.string().describe('its name in config/webhooks.yaml; it is not told of itself'),
  since: instant.describe('every attempt has failed since'),
  reason: z.string().describe('why the last attempt failed'),
}
type Receiver = DataOf<typeof receiver>

const values = {
  subscription: ({ subscription }: Receiver) => subscription,
  since: ({ since }: Receiver) => frenchInstant(since),
  reason: ({ reason }: Receiver) => reason,
}

/** What is told of a subscription whose receiver takes nothing any more. */
export const RECEIVER_EVENTS = {
  'webhook.failing': webhookEvent(
    { ...receiver, disabledOn: instant.describe('nothing is sent to it any more from then on') },
    { ...values, disabledOn: ({ disabledOn }) => frenchInstant(disabledOn) },
  ),
  'webhook.disabled': webhookEvent(receiver, values),
}
