import { readFileSync } from 'node:fs'
import { configDirectory } from '../app.ts'
import { readRules } from '../config/rules-file.ts'
import { readYaml } from '../config/yaml-text.ts'
import { parseSituation } from '../domain/rules/situation.ts'
import { assessTerritory } from '../domain/territory-report.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'
import { reportLines } from './report-text.ts'

/** `portrea recommend FILE`: what-if for one EPCI, offline. */
export async function recommend(file: string, { json }: CommonOptions): Promise<number> {
  const { situation } = parseSituation(readInput(file))
  const rules = readRules(configDirectory())
  const report = { rules: rules.fingerprint, ...assessTerritory(situation, rules) }
  if (json) print(report)
  else say(...reportLines(report))
  return 0
}

/** JSON is YAML too, so one parser reads both. */
function readInput(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (cause) {
    throw new PortreaError(
      'INPUT_INVALID',
      `${file} cannot be read (${(cause as NodeJS.ErrnoException).code}); check the path.`,
      { cause },
    )
  }
  const read = readYaml(text)
  if ('value' in read) return read.value
  throw new PortreaError('INPUT_INVALID', `${file} ne peut pas être lu comme du JSON ni du YAML.`, {
    faults: read.faults.map(({ line, reason }) =>
      typeset(line === null ? reason : `ligne ${line} : ${reason}`),
    ),
  })
}
