import type { ActorAssessment } from '../assessment.ts'
import type { FieldName } from '../fields.ts'
import type { Finding, Severity } from '../finding.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import { frenchList, typeset } from '../typography.ts'

const SENTENCE_LIMIT = 200
const ANOMALIES_LIMIT = 1000

/** The fields of a record with a finding that blocks. */
export function blockedFields({ findings }: Pick<ActorAssessment, 'findings'>): FieldName[] {
  return [...new Set(findings.filter(({ severity }) => severity === 'blocking').map(({ field }) => field))]
}

/**
 * « Il manque les horaires et au moins un moyen de contact. », heaviest first; what is there and blocks comes after it:
 * « Il reste à corriger le téléphone (voir les anomalies). » At most 200 signs; null: nothing is to be done.
 */
export function missingSentence(
  { missing, blocked }: Pick<ActorAssessment, 'missing'> & { readonly blocked: readonly FieldName[] },
  rules: CompletenessRules,
): string | null {
  const [lacking, wrong] = [labelsOf(missing, rules), labelsOf(blocked, { ...rules, together: [] })]
  if (lacking.length + wrong.length === 0) return null
  const tail = wrong.length === 0 ? '' : correctionSentence(wrong, lacking.length === 0 ? wrong.length : 1)
  if (lacking.length === 0) return tail.length <= SENTENCE_LIMIT ? tail : correctionSentence(wrong, 1)
  for (let named = lacking.length; named > 0; named--) {
    const sentence = [missingWith(lacking, named), ...(tail === '' ? [] : [tail])].join(' ')
    if (sentence.length <= SENTENCE_LIMIT) return sentence
  }
  return [missingWith(lacking, 0), ...(tail === '' ? [] : [tail])].join(' ')
}

function missingWith(labels: readonly string[], named: number): string {
  return typeset(`Il manque ${frenchList(someOf(labels, named))}.`)
}

function correctionSentence(labels: readonly string[], named: number): string {
  return typeset(`Il reste à corriger ${frenchList(someOf(labels, named))} (voir les anomalies).`)
}

/** The first ones by name, the others counted. */
function someOf(labels: readonly string[], named: number): readonly string[] {
  const left = labels.length - named
  if (left === 0) return labels
  const others =
    named === 0
      ? `${left} informations`
      : left === 1
        ? 'une autre information'
        : `${left} autres informations`
  return [...labels.slice(0, named), others]
}

/** Fields in the order of their weight, several as one where the rules name them together. */
function labelsOf(missing: readonly FieldName[], rules: CompletenessRules): readonly string[] {
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
