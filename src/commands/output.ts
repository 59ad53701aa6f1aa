import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'

const EXIT: Readonly<Record<ErrorCode, number>> = {
  USAGE: 2,
  CONFIG_INVALID: 3,
  INPUT_INVALID: 3,
  SCHEMA_MISMATCH: 3,
  EPCI_NOT_FOUND: 3,
  SYNC_NOT_FOUND: 3,
  NOCODB_UNAVAILABLE: 4,
  NOCODB_FORBIDDEN: 4,
  NOCODB_REFUSED: 4,
  UNAUTHORIZED: 4,
  STORE_UNAVAILABLE: 5,
  FEED_FULL: 5,
  INTERNAL: 5,
  SYNC_HELD: 5,
  SYNC_RUNNING: 6,
  INTERRUPTED: 6,
}

/** The exit code that the contract promises for this failure. */
export function exitCodeOf(cause: unknown): number {
  return cause instanceof PortreaError ? EXIT[cause.code] : EXIT.INTERNAL
}

/** Says on standard error what went wrong and, a line each, every fault; with `--json`, as one document. */
export function tell(cause: unknown, json: boolean): void {
  const error = cause instanceof PortreaError ? cause : null
  const message =
    error === null
      ? cause instanceof Error
        ? (cause.stack ?? cause.message)
        : String(cause)
      : typeset(error.message)
  const faults = error?.faults ?? []
  if (json) print({ error: { code: error?.code ?? 'INTERNAL', message, faults } })
  console.error([message, ...faults.map((fault) => `  • ${fault}`)].join('\n'))
}

/** One JSON document on standard output. */
export function print(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
}

/** A line for people on standard output. */
export function say(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`)
}
