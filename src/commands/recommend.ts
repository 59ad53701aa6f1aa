import { configDirectory } from '../app.ts'
import { readRules } from '../config/rules-file.ts'
import { parseSituation } from '../domain/rules/situation.ts'
import { recommend as recommendFor } from '../domain/recommendation.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'
import { readInput } from './read-input.ts'
import { reportLines } from './report-text.ts'

/** `portrea recommend FILE`: what-if for one EPCI, offline. */
export async function recommend(file: string, { json }: CommonOptions): Promise<number> {
  const { situation } = parseSituation(readInput(file))
  const rules = readRules(configDirectory())
  const report = { rules: rules.fingerprint, ...recommendFor(situation, rules) }
  if (json) print(report)
  else say(...reportLines(report))
  return 0
}
