/** Every cause of failure that callers may rely on: a code is a promise, its sentence is free. */
export type ErrorCode =
  | 'USAGE'
  | 'CONFIG_INVALID'
  | 'INPUT_INVALID'
  | 'NOCODB_UNAVAILABLE'
  | 'NOCODB_FORBIDDEN'
  | 'NOCODB_REFUSED'
  | 'SCHEMA_MISMATCH'
  | 'EPCI_NOT_FOUND'
  | 'SYNC_NOT_FOUND'
  | 'SYNC_RUNNING'
  | 'SYNC_HELD'
  | 'INTERRUPTED'
  | 'STORE_UNAVAILABLE'
  | 'FEED_FULL'
  | 'UNAUTHORIZED'
  | 'INTERNAL'

/** An error that says what went wrong, where, and how to mend it; `code` tells machines the same. */
export class PortreaError extends Error {
  override readonly name = 'PortreaError'
  readonly code: ErrorCode
  /** One line a fault, where one cause has several (a configuration file, say). */
  readonly faults: readonly string[]

  constructor(code: ErrorCode, message: string, options?: ErrorOptions & { faults?: readonly string[] }) {
    super(message, options)
    this.code = code
    this.faults = options?.faults ?? []
  }
}
