import { z } from 'zod'
import { count, day, instant, percent, Referential } from './figures.ts'
import { HeldReason } from './run.ts'
import { prefillFields } from './prefill.ts'

const siren = z.string().meta({ example: '200069409' })
const run = {
  run: z.string().describe('id of the run: GET /api/syncs/{id}'),
  trigger: z.string().meta({ example: 'night' }),
  epcis: z.array(siren).nullable().describe('the EPCI it is limited to; null: all'),
}
const prefill = {
  siren,
  name: z.string(),
  day: day.describe('the day of the report'),
  progress: percent,
  prefilled: count,
  present: count,
  expected: count.nullable(),
  forecastEnd: prefillFields.forecastEnd,
  collaborativeDay: prefillFields.collaborativeDay,
  status: prefillFields.status,
}
const recommendation = {
  siren,
  name: z.string(),
  day,
  from: Referential,
  to: Referential,
  confidence: z.enum(['low', 'medium', 'high']),
  retained: Referential.nullable(),
  rulesChanged: z.boolean().describe('whether other rules decided than before'),
  reasons: z.array(z.string()).describe('in French, the strongest first'),
}

const receiver = {
  subscription: z.string().describe('its name in config/webhooks.yaml; it is not told of itself'),
  since: instant.describe('every attempt has failed since'),
  reason: z.string().describe('why the last attempt failed'),
}

/** What a `data` line of the feed holds, and, for the types that may be subscribed to, the body of a webhook. */
export const FeedEvent = z
  .discriminatedUnion('type', [
    event('prefill.changed', prefill),
    event('prefill.progress', { ...prefill, threshold: z.number().describe('the highest threshold passed') }),
    event('prefill.at_risk', prefill),
    event('recommendation.changed', recommendation),
    event('sync.started', run),
    event('sync.progress', { run: run.run, phase: z.string(), done: count, total: count.nullable() }),
    event('sync.completed', { ...run, counts: z.record(z.string(), z.number()) }),
    event('sync.held', { ...run, reasons: z.array(HeldReason).describe('why the brake held it') }),
    event('sync.failed', { ...run, code: z.string().describe('a code of errors, or INTERRUPTED') }),
    event('webhook.failing', {
      ...receiver,
      disabledOn: instant.describe('nothing is sent to it any more from then on'),
    }),
    event('webhook.disabled', receiver),
    event('feed.gap', { after: z.int(), oldest: z.int().describe('the first event that is still there') }),
  ])
  .meta({ id: 'Event', description: 'What happened.' })
export type FeedEvent = z.infer<typeof FeedEvent>

function event<Type extends string, Shape extends z.ZodRawShape>(type: Type, data: Shape) {
  return z.strictObject({
    type: z.literal(type),
    timestamp: instant.describe('when it happened'),
    data: z.strictObject(data),
  })
}
