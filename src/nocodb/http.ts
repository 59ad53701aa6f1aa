export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** One request; `path` starts with /api; `query` values are encoded here. `idempotent` (default: all but POST) allows a retry once sent. */
export type Request = {
  readonly method: Method
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean>>
  readonly body?: unknown
  readonly idempotent?: boolean
}

/** Calls NocoDB with retries and time limits; answers the JSON body. Throws NOCODB_UNAVAILABLE, NOCODB_FORBIDDEN or NOCODB_REFUSED. */
export type Http = {
  readonly url: string
  send<T>(request: Request): Promise<T>
  close(): void
}
