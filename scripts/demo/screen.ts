import { styleText } from 'node:util'
import { typeset } from '../../src/domain/typography.ts'

/** How long a step may be silent where nothing can be rewritten (ms). */
const PATIENCE = 2000

let hushed = false

/** From now on nothing is said: what ends because everything ends is no news. */
export function hush(): void {
  hushed = true
  clearLine()
  if (process.stderr.isTTY) process.stderr.write('\u001B[?25h') // a bar under way hides the cursor
}

/** Says one line to the person who looks, in French typography. */
export function say(text = ''): void {
  if (!hushed) process.stdout.write(text === '' ? '\n' : `  ${typeset(text)}\n`)
}

/**
 * Runs one step and says it in one line: while it runs, then again with a tick and its time. `done` may say
 * what came out of it. Elsewhere than in a terminal a line is written once, twice when it is long.
 */
export async function step<Result>(
  text: string,
  work: () => Promise<Result>,
  done: (result: Result) => string = () => text,
): Promise<Result> {
  const start = performance.now()
  const begin = () =>
    hushed || process.stdout.write(`  … ${typeset(text)}${process.stdout.isTTY ? '' : '\n'}`)
  const begun = setTimeout(begin, process.stdout.isTTY ? 0 : PATIENCE)
  try {
    const result = await work()
    const seconds = (performance.now() - start) / 1000
    const time = seconds < 0.95 ? '' : styleText('dim', ` (${Math.round(seconds)} s)`)
    clearLine()
    say(`${styleText('green', '✓')} ${done(result)}${time}`)
    return result
  } finally {
    clearTimeout(begun)
  }
}

/** Takes away what a running step shows, so that a line can be written. */
export function clearLine(): void {
  if (process.stdout.isTTY) process.stdout.write('\r\u001B[2K')
}
