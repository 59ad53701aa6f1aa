import type { ActorAssessment } from '../assessment.ts'
import { FIELDS, type FieldName } from '../fields.ts'
import type { Finding, Severity } from '../finding.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import { counted, frenchList, typeset } from '../typography.ts'

const SENTENCE_LIMIT = 200
const ANOMALIES_LIMIT = 1000

/** The fields of a record with a finding that blocks. */
export function blockedFields({ findings }: Pick<ActorAssessment, 'findings'>): FieldName[] {
  return [...new Set(findings.filter(({ severity }) => severity === 'blocking').map(({ field }) => field))]
}

/**
 * « Il manque les horaires et au moins un moyen de contact. », heaviest first; what is there and blocks comes after it:
 * « Il reste à corriger le téléphone (voir les anomalies). » At most 200 signs; null: nothing is to be done.
 * `beside` are names of what is missing and is no field: they come first.
 */
export function missingSentence(
  {
    missing,
    blocked,
    beside = [],
    noColumn = 0,
  }: Pick<ActorAssessment, 'missing'> & {
    readonly blocked: readonly FieldName[]
    readonly beside?: readonly string[]
    /** Fields that are missing and for which the table of the record has no column: nobody can fill them there. */
    readonly noColumn?: number
  },
  rules: CompletenessRules,
): string | null {
  const lacking = [...beside, ...labelsOf(missing, rules)]
  const wrong = labelsOf(blocked, { ...rules, together: [] })
  const without = noColumn === 0 ? [] : [noColumnSentence(noColumn)]
  if (lacking.length + wrong.length === 0) return without[0] ?? null
  const tail = (named: number) => [
    ...(wrong.length === 0 ? [] : [correctionSentence(wrong, named)]),
    ...without,
  ]
  if (lacking.length === 0) {
    const sentence = tail(wrong.length).join(' ')
    return sentence.length <= SENTENCE_LIMIT ? sentence : tail(1).join(' ')
  }
  for (let named = lacking.length; named > 0; named--) {
    const sentence = [missingWith(lacking, named), ...tail(1)].join(' ')
    if (sentence.length <= SENTENCE_LIMIT) return sentence
  }
  return [missingWith(lacking, 0), ...tail(1)].join(' ')
}

function noColumnSentence(fields: number): string {
  return typeset(
    `${counted(fields, 'autre information attendue', 'autres informations attendues')} ${fields < 2 ? "n'a" : "n'ont"} pas de colonne dans cette table.`,
  )
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
      ? counted(left, 'information')
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
const SEVERITIES = Object.keys(HEADING) as Severity[]
const FIELD_RANK = new Map<string, number>(FIELDS.map((field, at) => [field, at]))
const CUT = '… et '

/** One line of « Anomalies »: what is said, and where it stands among the others. */
export type AnomalyLine = { readonly severity: Severity; readonly field: string; readonly text: string }

/** A finding as a line: what to do, the sentence, the suggestion, the code that a person may accept for good. */
export function anomalyLine({ severity, field, message, suggestion, code }: Finding): AnomalyLine {
  const proposal = suggestion === null ? '' : `${typeset(' Proposition :')} ${suggestion}`
  return { severity, field, text: `${HEADING[severity]} — ${message}${proposal} [${code}]` }
}

/** The text of « Anomalies » of one record; null: nothing to say. */
export function anomaliesText({ findings }: Pick<ActorAssessment, 'findings'>): string | null {
  return findings.length === 0 ? null : anomaliesOf(findings.map(anomalyLine))
}

/**
 * The lines, gravest first, then in the order of the standard, those of one field as they came; whole lines only, at
 * most 1,000 signs; null: nothing to say.
 */
export function anomaliesOf(lines: readonly AnomalyLine[]): string | null {
  if (lines.length === 0) return null
  const texts = [...lines].sort(compareLines).map(({ text }) => text)
  for (let shown = texts.length; shown > 0; shown--) {
    const text = anomaliesWith(texts, shown)
    if (text.length <= ANOMALIES_LIMIT) return text
  }
  return anomaliesWith(texts, 0)
}

/** The lines of a text of ours that end in one of these codes. */
export function linesWith(codes: ReadonlySet<string>, text: string): AnomalyLine[] {
  return text.split('\n').flatMap((line) => {
    const code = /\[([a-z_]+\.[a-z_]+)\]$/u.exec(line)?.[1] ?? ''
    const severity = SEVERITIES.find((one) => line.startsWith(HEADING[one]))
    if (severity === undefined || !codes.has(code)) return []
    return [{ severity, field: code.slice(0, code.indexOf('.')), text: line }]
  })
}

/** Whether a text of ours leaves lines out. */
export function isCut(text: string): boolean {
  return text.startsWith(CUT, text.lastIndexOf('\n') + 1)
}

function compareLines(one: AnomalyLine, other: AnomalyLine): number {
  return (
    RANK[one.severity] - RANK[other.severity] ||
    (FIELD_RANK.get(one.field) ?? 0) - (FIELD_RANK.get(other.field) ?? 0)
  )
}

function anomaliesWith(lines: readonly string[], shown: number): string {
  const left = lines.length - shown
  if (left === 0) return lines.join('\n')
  return [
    ...lines.slice(0, shown),
    left === 1 ? `${CUT}une autre anomalie` : `${CUT}${left} autres anomalies`,
  ].join('\n')
}
