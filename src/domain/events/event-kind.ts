import { z } from 'zod'
import type { EpciReport } from '../epci-report.ts'

/** Text of people, or that may hold some: what sends it makes it harmless in a channel first. */
export type Written = { readonly text: string; readonly as: 'name' | 'sentence' }
/** What stands between the braces of a message, in French. */
export type Value = string | Written | readonly Written[]

/** One kind of event: what it tells, what its message may say of it, and, of two reports of one EPCI, when it happened. */
export type EventKind<Data> = {
  /** The body of a webhook, and the `data` of a line of the live feed; no personal data. */
  readonly payload: z.ZodType<Data>
  /** By what stands between the braces in config/webhooks.yaml; null: for the live feed alone, nobody subscribes to it. */
  readonly values: Readonly<Record<string, (data: Data) => Value>> | null
  readonly between: ((before: EpciReport, after: EpciReport, settings: Thresholds) => News<Data>[]) | null
}

/** The shares of the pre-fill (%) on passing which something is told. */
export type Thresholds = { readonly progress: readonly number[] }
/** What happened; subscriptions are told of a key at most once in a while (null: each time), the live feed of everything. */
export type News<Data> = { readonly key: string | null; readonly data: Data }

/** An event that others may subscribe to. */
export function webhookEvent<Shape extends z.ZodRawShape, Name extends string>(
  shape: Shape,
  values: Readonly<Record<Name, (data: DataOf<Shape>) => Value>>,
  between: EventKind<DataOf<Shape>>['between'] = null,
) {
  return { payload: payloadOf(shape), values, between }
}

/** An event of the live feed alone. */
export function feedEvent<Shape extends z.ZodRawShape>(
  shape: Shape,
  between: EventKind<DataOf<Shape>>['between'] = null,
) {
  return { payload: payloadOf(shape), values: null, between }
}

/** What the schemas of a payload hold, as those who only read it see it. */
export type DataOf<Shape extends z.ZodRawShape> = Frozen<z.infer<z.ZodObject<Shape>>>
type Frozen<Value> = Value extends object ? { readonly [Key in keyof Value]: Frozen<Value[Key]> } : Value

/** Its keys are a promise to receivers: no other. (What reads it may not change it; that is not said in the schema.) */
function payloadOf<Shape extends z.ZodRawShape>(shape: Shape): z.ZodType<DataOf<Shape>> {
  return z.strictObject(shape) as unknown as z.ZodType<DataOf<Shape>>
}
