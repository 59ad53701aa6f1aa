import pino from 'pino'
import type { Logger } from 'pino'

/** A log that tests can read: each line as it was written. */
export function memoryLog(): { log: Logger; lines: Record<string, unknown>[]; text: () => string } {
  const lines: Record<string, unknown>[] = []
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>)
  return { log: pino({ level: 'debug' }, { write }), lines, text: () => JSON.stringify(lines) }
}
