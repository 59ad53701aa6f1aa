import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ColumnsFile } from '../src/config/columns-file.ts'
import { NocodbSettings } from '../src/config/nocodb-file.ts'
import { RULE_FILES } from '../src/config/rules-file.ts'

/**
 * Writes config/schema/*.schema.json from the zod schemas, so that editors complete and check config/*.yaml.
 * `--check` writes nothing and fails where a file is out of date.
 */
const directory = fileURLToPath(new URL('../config/schema/', import.meta.url))
const schemas = {
  ...Object.fromEntries(Object.entries(RULE_FILES).map(([name, { schema }]) => [name, schema])),
  columns: ColumnsFile,
  nocodb: NocodbSettings,
}

const check = process.argv.includes('--check')
const stale: string[] = []
mkdirSync(directory, { recursive: true })
for (const [name, schema] of Object.entries(schemas)) {
  const path = join(directory, `${name}.schema.json`)
  const text = `${JSON.stringify(z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any', reused: 'ref' }), null, 2)}\n`
  if (current(path) === text) continue
  stale.push(name)
  if (!check) writeFileSync(path, text)
}
if (check && stale.length > 0) {
  console.error(`config/schema is out of date (${stale.join(', ')}): run \`npm run schema\`.`)
  process.exitCode = 1
} else
  console.log(
    stale.length === 0 ? 'config/schema is up to date.' : `config/schema written: ${stale.join(', ')}.`,
  )

function current(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null // not there yet
  }
}
