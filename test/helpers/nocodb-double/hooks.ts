// Webhooks, version 3: one call a request with all its rows, never sent again, silent for what the API links or sets in bulk.
import type { Answer, Call } from './answers.ts'
import { noRecord, say } from './answers.ts'
import type { Double } from './double.ts'
import { rowV2 } from './reads.ts'
import type { DoubleTable, Values } from './store.ts'
import { newId } from './store.ts'

export type Hook = Values & {
  readonly id: string
  readonly fk_model_id: string
  readonly event: string
  readonly operation: readonly string[]
  readonly active: boolean
  readonly trigger_field: boolean
  readonly trigger_fields: readonly string[]
  readonly notification: string
}

export function listHooks(double: Double, { id }: DoubleTable): Answer {
  return say({ list: double.hooks.filter(({ fk_model_id }) => fk_model_id === id) })
}

export function createHook(double: Double, { id }: DoubleTable, { body }: Call): Answer {
  const hook = { ...stored(body as Values), id: newId('h'), fk_model_id: id } as unknown as Hook
  double.hooks.push(hook)
  return say(hook)
}

export function updateHook(double: Double, call: Call, [id]: string[]): Answer {
  const at = double.hooks.findIndex((hook) => hook.id === id)
  if (at < 0) return say({ msg: `Hook '${id}' not found` }, 404)
  double.hooks[at] = { ...double.hooks[at], ...stored(call.body as Values), id: id! } as Hook
  return say(double.hooks[at])
}

export function triggerHook(double: Double, _call: Call, [id, record]: string[]): Answer {
  const hook = double.hooks.find((one) => one.id === id)
  const table = hook && double.tableById(hook.fk_model_id)
  if (hook === undefined || table?.get(Number(record)) === undefined) return noRecord(record)
  send(double, table, hook, 'records.manual.trigger', { rows: [rowV2(double, table, Number(record))] })
  return say(true, 201)
}

/** Answers when the receiver has. */
export async function testHook(double: Double, table: DoubleTable, { body }: Call): Promise<Answer> {
  const { hook } = body as { hook: Hook }
  const status = await deliver(double, table, hook, 'records.after.insert', {})
  if (status >= 200 && status < 300) return say({ msg: 'The hook has been tested successfully' })
  return say({ error: 'ERR_WEBHOOK_ERROR', message: `Webhook failed with ${status}` }, 400)
}

/** What a writing changed: the rows as they were and as they are, in the form of v2. */
export function fire(
  double: Double,
  table: DoubleTable,
  operation: 'insert' | 'update' | 'delete',
  rows: readonly Values[],
  before: readonly Values[] = [],
): void {
  for (const hook of double.hooks) {
    if (hook.fk_model_id !== table.id || hook.event !== 'after' || !hook.active) continue
    if (!hook.operation.includes(operation)) continue
    if (operation === 'update' && hook.trigger_field && !moved(table, hook, rows, before)) continue
    const data = operation === 'update' ? { previous_rows: before, rows } : { rows }
    send(double, table, hook, `records.after.${operation}`, data)
  }
}

function moved(
  table: DoubleTable,
  { trigger_fields }: Hook,
  rows: readonly Values[],
  before: readonly Values[],
): boolean {
  const titles = trigger_fields.flatMap((id) => table.field(id)?.title ?? [])
  return rows.some((row, at) =>
    titles.some((title) => JSON.stringify(row[title]) !== JSON.stringify(before[at]?.[title])),
  )
}

function send(double: Double, table: DoubleTable, hook: Hook, type: string, data: Values): void {
  void deliver(double, table, hook, type, data)
}

async function deliver(
  { baseId }: Double,
  table: DoubleTable,
  { notification }: Hook,
  type: string,
  data: Values,
): Promise<number> {
  const { payload } = JSON.parse(notification)
  const headers = payload.headers as { name: string; value: string }[]
  const answer = await fetch(payload.path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    },
    body: JSON.stringify({
      ...{ type, id: crypto.randomUUID(), base_id: baseId, version: 'v3' },
      data: { table_id: table.id, table_name: table.title, ...data },
    }),
  }).catch(() => null) // nobody listens: the call is lost
  return answer?.status ?? 0
}

/** NocoDB keeps the notification as text. */
function stored({ notification, ...hook }: Values): Values {
  return {
    ...hook,
    notification: typeof notification === 'string' ? notification : JSON.stringify(notification),
  }
}
