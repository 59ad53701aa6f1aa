// `npm run check`: all that must hold before a push. Every step runs even when one fails; `--fast` leaves
// out the tests on the real NocoDB, `--no-tests` all of them (the CI has just run them).
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { styleText } from 'node:util'

const root = join(import.meta.dirname, '..')
const program = (name: string): string => join(root, 'node_modules/.bin', name)

const STEPS: readonly [title: string, command: string, ...args: string[]][] = [
  ['format', program('oxfmt'), '--check', '.'],
  ['types', program('tsc'), '--noEmit', '-p', '.'],
  ['lint and walls between rooms', program('oxlint')],
  ['unused code', program('knip'), '--no-config-hints'],
  ['schemas and page of config/', process.execPath, 'scripts/config-schema.ts', '--check'],
]

const flags = new Set(process.argv.slice(2))
const failures: string[] = []
for (const [title, command, ...args] of STEPS) await step(title, command, args)
if (flags.has('--fast')) await test('tests without a real NocoDB', '--project', 'unit')
else if (!flags.has('--no-tests')) await test('tests')
if (failures.length > 0) console.log(`To mend: ${failures.join(', ')}.`)
process.exit(failures.length > 0 ? 1 : 0)

function test(title: string, ...args: string[]): Promise<void> {
  return step(title, process.execPath, ['test/run-all.ts', ...args])
}

async function step(title: string, command: string, args: readonly string[]): Promise<void> {
  const start = performance.now()
  const { passed, output } = await run(command, args)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const mark = passed ? styleText('green', '✓') : styleText('red', '✗')
  console.log(`${mark} ${title} (${seconds} s)`)
  if (passed) return
  failures.push(title)
  console.log(output.trimEnd())
}

function run(command: string, args: readonly string[]): Promise<{ passed: boolean; output: string }> {
  return new Promise((done) => {
    let output = ''
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => (output += text.toString()))
    }
    child.on('error', (error) => done({ passed: false, output: error.message }))
    child.on('close', (code) => done({ passed: code === 0, output }))
  })
}
