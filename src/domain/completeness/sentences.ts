import type { ActorAssessment } from '../assessment.ts'
import type { FieldName } from '../fields.ts'
import type { Finding, Severity } from '../finding.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import { frenchList, typeset } from '../typography.ts'

const SENTENCE_LIMIT = 200
const ANOMALIES_LIMIT = 1000

/** « Il manque les horaires et au moins un moyen de contact. », heaviest first, at most 200 signs; null: nothing is. */
export function missingSentence(
  { missing }: Pick<ActorAssessment, 'missing'>,
  rules: CompletenessRules,
): string | null {
  const labels = missingLabels(missing, rules)
  if (labels.length === 0) return null
  for (let named = labels.length; named > 0; named--) {
    const sentence = missingWith(labels, named)
    if (sentence.length <= SENTENCE_LIMIT) return sentence
  }
  return missingWith(labels, 0)
}

function missingWith(labels: readonly string[], named: number): string {
  const left = labels.length - named
  if (left === 0) return typeset(`Il manque ${frenchList(labels)}.`)
  const others =
    named === 0
      ? `${left} informations`
      : left === 1
        ? 'une autre information'
        : `${left} autres informations`
  return typeset(`Il manque ${frenchList([...labels.slice(0, named), others])}.`)
}

/** Fields in the order of their weight, several as one where the rules name them together. */
function missingLabels(missing: readonly FieldName[], rules: CompletenessRules): readonly string[] {
  const known = new Map(rules.fields.map((rule) => [rule.field, rule]))
  const groups = rules.together.filter((group) => group.fields.every((field) => missing.includes(field)))
  const grouped = groups.map(({ label, fields }) => ({
    label,
    weight: fields.reduce((sum, field) => sum + (known.get(field)?.weight ?? 0), 0),
  }))
  const alone = missing
    .filter((field) => !groups.some((group) => group.fields.includes(field)))
    .map((field) => ({ label: known.get(field)?.label ?? field, weight: known.get(field)?.weight ?? 0 }))
  return [...grouped, ...alone].sort((one, other) => other.weight - one.weight).map(({ label }) => label)
}

const RANK: Readonly<Record<Severity, number>> = { blocking: 0, warning: 1, info: 2 }
const HEADING: Readonly<Record<Severity, string>> = {
  blocking: 'À corriger',
  warning: 'À vérifier',
  info: 'À normaliser',
}

/**
 * One line a finding, gravest first, each with its suggestion and the code a person may accept for good; whole
 * lines only, at most 1,000 signs; null: nothing to say.
 */
export function anomaliesText(assessment: ActorAssessment): string | null {
  const lines = [...assessment.findings]
    .sort((one, other) => RANK[one.severity] - RANK[other.severity])
    .map(anomalyLine)
  if (lines.length === 0) return null
  for (let shown = lines.length; shown > 0; shown--) {
    const text = anomaliesWith(lines, shown)
    if (text.length <= ANOMALIES_LIMIT) return text
  }
  return anomaliesWith(lines, 0)
}

function anomaliesWith(lines: readonly string[], shown: number): string {
  const left = lines.length - shown
  if (left === 0) return lines.join('\n')
  return [
    ...lines.slice(0, shown),
    left === 1 ? '… et une autre anomalie' : `… et ${left} autres anomalies`,
  ].join('\n')
}

function anomalyLine({ severity, message, suggestion, code }: Finding): string {
  const proposal = suggestion === null ? '' : `${typeset(' Proposition :')} ${suggestion}`
  return `${HEADING[severity]} — ${message}${proposal} [${code}]`
}
