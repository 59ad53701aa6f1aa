import type { CheckName, CheckUse } from '../domain/completeness/checks.ts'
import type { OutlierParams } from '../domain/completeness/cross-checks.ts'
import { heading } from '../domain/completeness/raise.ts'
import type { FieldName } from '../domain/fields.ts'
import type { Severity } from '../domain/finding.ts'
import { ANSWER_LABELS, ANSWER_SUBJECTS, FACTOR_LABELS } from '../domain/labels.ts'
import type { FieldRule } from '../domain/rules/field-rule.ts'
import type { CriterionRule, ReferentialRules } from '../domain/rules/referentials.ts'
import type { IndicatorRule, MaturityRules } from '../domain/rules/maturity.ts'
import { counted, frenchList, frenchNumber } from '../domain/typography.ts'
import { type ByProfile, PROFILES, type RuleOfField } from './rules-document.ts'

/** The moments, as people name them. */
export const PROFILE_WORDS: ByProfile<string> = {
  prefill: 'pré-remplissage',
  journee: 'journée',
  publication: 'publication',
}
export const LEVEL_WORDS: Readonly<Record<FieldRule['level'], string>> = {
  required: 'requis',
  expected: 'attendu',
  optional: 'facultatif',
}
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  blocking: 'à corriger',
  warning: 'à vérifier',
  info: 'à normaliser',
}

/** « requis », or « attendu (journée : requis) » where a moment differs from publication. */
export function inEachMoment<Value extends string>(
  values: ByProfile<Value>,
  words: Readonly<Record<Value, string>>,
): string {
  const others = PROFILES.filter((profile) => values[profile] !== values.publication).map(
    (profile) => `${PROFILE_WORDS[profile]} : ${words[values[profile]]}`,
  )
  return `${words[values.publication]}${others.length === 0 ? '' : ` (${others.join(', ')})`}`
}

const CHECK_WORDS: Readonly<Record<CheckName, string>> = {
  pivot: 'SIRET (14 chiffres, clé de Luhn, exception de La Poste), RNA ou RIDET',
  shared: 'numéro porté par plusieurs fiches',
  shared_phone: 'numéro porté par des fiches de plusieurs EPCI',
  unique: 'identifiant porté par une seule fiche',
  outlier: 'point proche des autres fiches de la commune, sinon de l’EPCI',
  code_insee: 'code de la liste officielle (communes fusionnées suivies), dans l’EPCI de la fiche',
  code_postal: 'code postal de la commune',
  commune: 'nom officiel de la commune, en accord avec ses codes',
  phone: 'numéro français, outre-mer compris (libphonenumber)',
  email: 'adresses de courriel',
  url: 'adresses de site',
  date: 'date réelle, passée, écrite AAAA-MM-JJ',
  enumeration: 'valeurs du standard',
  opening_hours: 'horaires au format OpenStreetMap',
  address: 'voie seule, sans code postal ni commune',
  text: 'texte d’une ligne, sans espaces en trop ni caractères abîmés',
  prose: 'texte sans caractères abîmés',
  coordinates: 'point en France, outre-mer compris',
  capitals: 'nom qui n’est pas tout en capitales',
  from_name: 'type auquel le nom fait penser, proposé là où rien n’est indiqué',
  max_length: 'longueur',
  contradictions: 'réponses qui ne se contredisent pas',
}

/** What a check looks at, with its thresholds. */
export function checkWords({ name, params }: CheckUse): string {
  const words = CHECK_WORDS[name]
  if (name === 'max_length') return `${counted((params as { signs: number }).signs, 'signe')} au plus`
  if (name === 'outlier') {
    const { km, others, alone, radii } = params as OutlierParams
    return `${words} : à ${frenchNumber(km)} km au plus de leur point médian (dans un grand EPCI, ${frenchNumber(radii)} fois le rayon d’un disque de sa surface)${alone ? ' ou de l’une d’elles' : ''}, dès ${frenchNumber(others)} autres fiches`
  }
  const hosts = name === 'url' ? (params as { hosts?: readonly string[] }).hosts : undefined
  return hosts === undefined ? words : `${words} (${frenchList(hosts, 'ou')})`
}

/** A sentence of the rules with « … » for what it names in a record. */
export function sentenceWords(message: string, label: string): string {
  return message
    .replaceAll('{label}', heading(label))
    .replaceAll('{where}', '')
    .replace(/\{\w+\}/gu, '…')
}

/** What else is to be known of a field; none for most. */
export function fieldRemarks({ none, placeholders, appliesUnless }: RuleOfField): string[] {
  return [
    ...(none ? ['« sans objet » ou « aucun » y est une réponse'] : []),
    ...(placeholders.length === 0 ? [] : [`${frenchList(placeholders, 'ou')} ne dit rien`]),
    ...(appliesUnless === null
      ? []
      : [
          `ne compte pas si ${fieldName(appliesUnless.field)} dit « ${frenchList(appliesUnless.says, 'ou')} »`,
        ]),
  ]
}

function fieldName(field: FieldName): string {
  return `\`${field}\``
}

/** How an indicator becomes 0 to 100, its answers as people read them. */
export function indicatorWords(rule: IndicatorRule): string {
  switch (rule.kind) {
    case 'ladder':
      return `${rule.steps.map((step) => answerWords(rule.key, step)).join(' → ')}, de 0 à 100 par pas égaux`
    case 'scale':
      return Object.entries(rule.scores)
        .map(([value, score]) => `« ${answerWords(rule.key, value)} » ${frenchNumber(score)}`)
        .join(', ')
    case 'count':
      return `de 0 à 100 quand on va de 0 à ${frenchNumber(rule.full)} et plus`
    case 'share':
      return 'part observée'
    case 'percent':
      return 'pourcentage observé'
  }
}

/** Where the fit of a criterion comes from. */
export function criterionWords(rule: CriterionRule, maturity: MaturityRules): string {
  if ('fits' in rule) {
    const fits = Object.entries(rule.fits).map(
      ([value, fit]) => `« ${answerWords(rule.answer, value)} » ${frenchNumber(fit)}`,
    )
    return `d'après ${ANSWER_SUBJECTS[rule.answer]} : ${fits.join(', ')}`
  }
  const labels = new Map(
    Object.values(maturity.factors).flatMap(({ indicators }) =>
      indicators.map(({ key, label }) => [key, label]),
    ),
  )
  const source =
    'factor' in rule
      ? `facteur « ${FACTOR_LABELS[rule.factor]} »`
      : `moyenne de ${frenchList(rule.mean.map((key) => `« ${labels.get(key) ?? key} »`))}`
  const fit = rule.inverted ? `1 − ${source} / 100` : `${source} / 100`
  if (!('mean' in rule) || rule.unless === undefined) return fit
  const { answer, is } = rule.unless
  return `${fit} ; 0 si ${ANSWER_SUBJECTS[answer]} est « ${answerWords(answer, is)} »`
}

/** What a référentiel asks for before it can begin. */
export function requirementWords({
  answer,
  atLeast,
}: ReferentialRules['referentials']['outil']['requires'][number]): string {
  return `${ANSWER_SUBJECTS[answer]} : « ${answerWords(answer, atLeast)} » au moins`
}

function answerWords(key: string, value: string): string {
  const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = ANSWER_LABELS
  return labels[key]?.[value] ?? value
}

type Referential = ReferentialRules['referentials']['generaliste']

/** « 6 à 12 jours » for the référents and for the chargé·e, and what moves the figure. */
export function workloadWords({ days, driver }: Referential): string {
  const range = ({ low, high }: { low: number; high: number }): string =>
    `${frenchNumber(low)} à ${frenchNumber(high)}`
  return `jours des référent·e·s : ${range(days.referents)}, selon « ${driver.basis} » (haut de la fourchette à ${frenchNumber(driver.full)}) ; jours du ou de la chargé·e de déploiement : ${range(days.deploymentOfficer)}, selon la maturité`
}
