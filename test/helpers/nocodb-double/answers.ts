// A call, an answer, and the ways NocoDB says no.

export type Call = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: unknown
}
export type Answer = {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export const say = (body: unknown, status = 200): Answer => ({ status, body })
export const noRoute = ({ method, path }: Call): Answer => say({ msg: `Cannot ${method} ${path}` }, 404)
export const noRecord = (id: unknown): Answer =>
  say({ error: 'ERR_RECORD_NOT_FOUND', message: `Record '${String(id)}' not found` }, 404)
export const tooMany = (limit: number): Answer =>
  say(
    { error: 'ERR_MAX_PAYLOAD_LIMIT_EXCEEDED', message: `Maximum ${limit} entities are allowed per request` },
    422,
  )
