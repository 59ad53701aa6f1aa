import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ColumnsFile } from '../src/config/columns-file.ts'
import { NocodbSettings } from '../src/config/nocodb-file.ts'
import { rulesDocument } from '../src/commands/rules-document.ts'
import { rulesPage } from '../src/commands/rules-page.ts'
import { readRules, RULE_FILES } from '../src/config/rules-file.ts'

/**
 * Writes config/schema/*.schema.json from the zod schemas, so that editors complete and check config/*.yaml, and
 * config/REGLES.md from the rules, so that people read them. `--check` writes nothing and fails where a file is out of
 * date.
 */
const config = fileURLToPath(new URL('../config/', import.meta.url))
const schemas = {
  ...Object.fromEntries(Object.entries(RULE_FILES).map(([name, { schema }]) => [name, schema])),
  columns: ColumnsFile,
  nocodb: NocodbSettings,
}

const files = [
  ...Object.entries(schemas).map(([name, schema]) => ({
    path: join('schema', `${name}.schema.json`),
    text: `${JSON.stringify(z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any', reused: 'ref' }), null, 2)}\n`,
  })),
  { path: 'REGLES.md', text: rulesPage(rulesDocument(readRules(config))) },
]

const check = process.argv.includes('--check')
const stale = files.filter(({ path, text }) => current(join(config, path)) !== text)
mkdirSync(join(config, 'schema'), { recursive: true })
if (!check) for (const { path, text } of stale) writeFileSync(join(config, path), text)
const names = stale.map(({ path }) => path).join(', ')
if (stale.length === 0) console.log('config/ is up to date.')
else if (check) {
  console.error(`config/ is out of date (${names}): run \`npm run schema\`.`)
  process.exitCode = 1
} else console.log(`written in config/: ${names}.`)

function current(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null // not there yet
  }
}
