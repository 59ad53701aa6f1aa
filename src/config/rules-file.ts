import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { stableJson } from '../domain/stable-json.ts'
import { CompletenessRules } from '../domain/rules/completeness.ts'
import { DuplicateRules } from '../domain/rules/duplicates.ts'
import { IndicatorRules, indicatorRulesBeside } from '../domain/rules/indicators.ts'
import { MaturityRules } from '../domain/rules/maturity.ts'
import { PrefillRules, prefillRulesBeside } from '../domain/rules/prefill.ts'
import { ReferentialRules } from '../domain/rules/referentials.ts'
import { SuccessConditionRules } from '../domain/rules/success-conditions.ts'
import { TypologyRules, typologyRulesBeside } from '../domain/rules/typology.ts'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

/** Everything that decides: read once, frozen, with the fingerprint that every result carries. */
export type Rules = {
  readonly completeness: CompletenessRules
  readonly duplicates: DuplicateRules
  readonly maturity: MaturityRules
  readonly referentials: ReferentialRules
  readonly prefill: PrefillRules
  readonly indicators: IndicatorRules
  readonly 'success-conditions': SuccessConditionRules
  readonly typology: TypologyRules
  /** 'sha256:' and 64 hexadecimal digits over what the files say (comments and order of keys do not count). */
  readonly fingerprint: string
}

/** The files that decide, each with its schema; `config/schema/` is generated from this table. */
export const RULE_FILES = {
  completeness: { file: 'completeness.yaml', schema: CompletenessRules },
  duplicates: { file: 'duplicates.yaml', schema: DuplicateRules },
  maturity: { file: 'maturity.yaml', schema: MaturityRules },
  referentials: { file: 'referentials.yaml', schema: ReferentialRules },
  prefill: { file: 'prefill.yaml', schema: PrefillRules },
  indicators: { file: 'indicators.yaml', schema: IndicatorRules },
  'success-conditions': { file: 'success-conditions.yaml', schema: SuccessConditionRules },
  typology: { file: 'typology.yaml', schema: TypologyRules },
} as const

/**
 * Reads and checks the rules of `directory`; CONFIG_INVALID lists every fault of every file at once.
 * @param pathOf where each file stands, where that is elsewhere
 */
export function readRules(directory: string, pathOf = (file: string) => join(directory, file)): Rules {
  const completeness = readYamlFile(pathOf(RULE_FILES.completeness.file), CompletenessRules)
  const duplicates = readYamlFile(pathOf(RULE_FILES.duplicates.file), DuplicateRules)
  const maturity = readYamlFile(pathOf(RULE_FILES.maturity.file), MaturityRules)
  const referentials = readYamlFile(pathOf(RULE_FILES.referentials.file), ReferentialRules)
  const expecting = completeness.value === null ? PrefillRules : prefillRulesBeside(completeness.value)
  const prefill = readYamlFile(pathOf(RULE_FILES.prefill.file), expecting)
  const beside = completeness.value === null ? IndicatorRules : indicatorRulesBeside(completeness.value)
  const indicators = readYamlFile(pathOf(RULE_FILES.indicators.file), beside)
  const conditions = readYamlFile(pathOf(RULE_FILES['success-conditions'].file), SuccessConditionRules)
  const types = maturity.value === null ? TypologyRules : typologyRulesBeside(maturity.value)
  const typology = readYamlFile(pathOf(RULE_FILES.typology.file), types)
  if (
    completeness.value === null ||
    duplicates.value === null ||
    maturity.value === null ||
    referentials.value === null ||
    prefill.value === null ||
    indicators.value === null ||
    conditions.value === null ||
    typology.value === null
  ) {
    const readings = [
      ...[completeness, duplicates, maturity, referentials, prefill, indicators, conditions],
      typology,
    ]
    const faults = readings.flatMap((reading) => [...reading.faults])
    throw new PortreaError('CONFIG_INVALID', `Les règles de ${directory} sont à corriger.`, { faults })
  }
  const rules = {
    completeness: completeness.value,
    duplicates: duplicates.value,
    maturity: maturity.value,
    referentials: referentials.value,
    prefill: prefill.value,
    indicators: indicators.value,
    'success-conditions': conditions.value,
    typology: typology.value,
  }
  return Object.freeze({ ...rules, fingerprint: fingerprint(rules) })
}

function fingerprint(rules: unknown): string {
  return `sha256:${createHash('sha256').update(stableJson(rules)).digest('hex')}`
}
