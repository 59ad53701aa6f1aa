// `npm test`: every project of vitest.config.ts; arguments go to vitest (`npm test -- test/domain`). Its
// last line counts the tests, alone and bare, for whoever reads it by machine.
import { parseCLI, startVitest } from 'vitest/node'
import type { TestModule } from 'vitest/node'

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
const vitest = await startVitest('test', filter, { ...options, watch: false })
const count = { passed: 0, failed: 0, skipped: 0 }
for (const module of vitest.state.getTestModules()) countTests(module)
const errors = vitest.state.getUnhandledErrors().length
await vitest.close()

const total = count.passed + count.failed + count.skipped
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
// Zero tests prove nothing, and vitest counts neither a file that does not load nor a set-up that fails.
process.exit(total > 0 && count.failed === 0 && errors === 0 && !process.exitCode ? 0 : 1)

function countTests(module: TestModule): void {
  const results = [...module.children.allTests()].map((test) => test.result().state)
  for (const state of results) if (state !== 'pending') count[state] += 1
  const broken = !module.ok() && !results.includes('failed')
  if (broken) count.failed += 1 // the file itself: an import, a hook
}
