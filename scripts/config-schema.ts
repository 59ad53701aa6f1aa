import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rulesDocument } from '../src/commands/rules-document.ts'
import { rulesPage } from '../src/commands/rules-page.ts'
import { readNocodbSettings } from '../src/config/nocodb-file.ts'
import { readSources } from '../src/config/sources.ts'
import { readRules } from '../src/config/rules-file.ts'
import { schemaFiles } from './config-schemas.ts'
import { guide } from './guide/guide.ts'

/**
 * Writes what is generated in config/: schema/*.schema.json from the zod schemas, so that editors complete and check
 * the YAML; LISEZ-MOI.md from the rules, so that people can do each sum again; REGLES.md, which lists every field and
 * code. `--check` writes nothing and fails where a file is out of date.
 */
const directory = fileURLToPath(new URL('../config/', import.meta.url))
const rules = readRules(directory)
const files = [
  ...schemaFiles(),
  {
    file: 'LISEZ-MOI.md',
    text: guide(rules, readNocodbSettings(directory).brake, readSources(directory, rules)),
  },
  { file: 'REGLES.md', text: rulesPage(rulesDocument(rules)) },
]

const check = process.argv.includes('--check')
const stale = files.filter(({ file, text }) => current(join(directory, file)) !== text)
for (const { file, text } of check ? [] : stale) {
  mkdirSync(dirname(join(directory, file)), { recursive: true })
  writeFileSync(join(directory, file), text)
}
const names = stale.map(({ file }) => file).join(', ')
if (check && stale.length > 0) {
  console.error(`config/ is out of date (${names}): run \`npm run schema\`.`)
  process.exitCode = 1
} else console.log(stale.length === 0 ? 'config/ is up to date.' : `config/ written: ${names}.`)

function current(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null // not there yet
  }
}
