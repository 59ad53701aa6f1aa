import type { Cause, Changes, Shift } from './changes.ts'
import { ANSWER_SUBJECTS, REFERENTIAL_LABELS } from './labels.ts'
import type { IndicatorRule } from './rules/maturity.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import { answerLabel } from './subjects.ts'
import { frenchDay, frenchList, frenchNumber, typeset } from './typography.ts'

const CONFIDENCE = { low: 'faible', medium: 'moyenne', high: 'élevée' } as const
const CAUSES: Readonly<Record<Cause, string>> = {
  answers: 'les réponses',
  data: 'les données',
  rules: 'les règles',
  program: 'le programme lui-même',
}

/** What changed since an earlier result and why, in French: the outcome first, then what moved it. */
export function changesSentences(changes: Changes, rules: RecommendationRules): string[] {
  return [
    outcome(changes),
    ...cause(changes),
    ...list('Réponses', changes.answers.map(answerShift)),
    ...list(
      'Données',
      shown(changes.observed, (one) => indicatorShift(one, rules)),
    ),
    ...list('Charge', shown(changes.drivers, driverShift)),
    ...ruleShift(changes),
    ...retainedShift(changes),
    ...points(changes),
  ].map(typeset)
}

function outcome({ since, until, recommended, confidence }: Changes): string {
  const span =
    since === until
      ? `Depuis le calcul du ${frenchDay(since)}`
      : `Entre le ${frenchDay(since)} et le ${frenchDay(until)}`
  const [before, after] = [quoted(recommended.before), quoted(recommended.after)]
  const sure =
    confidence.before === confidence.after
      ? `confiance ${CONFIDENCE[confidence.after]}`
      : `confiance ${CONFIDENCE[confidence.before]}, puis ${CONFIDENCE[confidence.after]}`
  return before === after
    ? `${span}, la recommandation reste ${after} (${sure}).`
    : `${span}, la recommandation est passée de ${before} à ${after} (${sure}).`
}

function cause({ decisive, recommended, effects }: Changes): string[] {
  if (recommended.before === recommended.after) return []
  if (effects === null)
    return ["Cause : inconnue, car les règles d'alors ne se lisent plus avec cette version."]
  const names = frenchList(decisive.map((one) => CAUSES[one]))
  return [`Cause : ${names}.`]
}

function list(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${heading} : ${items.join(' ; ')}.`]
}

/** « la feuille de route (sans réponse → « Adoptée ») » */
export function answerShift({ key, before, after }: Changes['answers'][number]): string {
  const said = (value: typeof before) => (value === null ? 'sans réponse' : `« ${answerLabel(key, value)} »`)
  return `${ANSWER_SUBJECTS[key]} (${said(before)} → ${said(after)})`
}

/** What does not show in the figures as they are written is not told. */
function shown<One>(shifts: readonly One[], say: (one: One) => string | null): string[] {
  return shifts.flatMap((one) => say(one) ?? [])
}

function indicatorShift(
  { key, ...values }: Changes['observed'][number],
  { maturity }: RecommendationRules,
): string | null {
  const rule = Object.values(maturity.factors)
    .flatMap(({ indicators }): readonly IndicatorRule[] => indicators)
    .find((one) => one.key === key)
  const factor = rule?.kind === 'percent' ? 1 : 100
  return written(rule?.label ?? key, values, (value) => `${frenchNumber(value * factor)} %`)
}

const DRIVER_LABELS: Readonly<Record<Changes['drivers'][number]['key'], string>> = {
  expectedParticipationRate: 'participation attendue à la prochaine journée',
  actors: 'acteurs du territoire',
}

function driverShift({ key, ...values }: Changes['drivers'][number]): string | null {
  const share = key === 'expectedParticipationRate'
  return written(DRIVER_LABELS[key], values, (value) =>
    share ? `${frenchNumber(value * 100)} %` : frenchNumber(value),
  )
}

function written(
  label: string,
  { before, after }: Shift<string | number | null>,
  write: (value: number) => string,
): string | null {
  const said = (value: typeof before) => (value === null ? 'inconnu' : write(Number(value)))
  return said(before) === said(after) ? null : `${label} (${said(before)} → ${said(after)})`
}

function ruleShift({ rules }: Changes): string[] {
  if (rules === null) return []
  const files = frenchList(rules.files.map((file) => `${file}.yaml`))
  return [rules.files.length > 1 ? `Règles : ${files} ont changé.` : `Règles : ${files} a changé.`]
}

function retainedShift({ retained }: Changes): string[] {
  if (retained === null) return []
  const said = (value: typeof retained.before) => (value === null ? 'aucun' : quoted(value))
  return [`Référentiel retenu : ${said(retained.before)} → ${said(retained.after)}.`]
}

/** « Points de « Outil » : 45 → 78 (réponses +30, données +3). » */
function points({ scores, recommended, effects }: Changes): string[] {
  const key = recommended.after
  const [before, after] = [frenchNumber(scores.before[key]), frenchNumber(scores.after[key])]
  if (before === after) return []
  const parts = (Object.keys(CAUSES) as Cause[]).flatMap((one) => {
    const brought = frenchNumber(effects?.[one][key] ?? 0)
    return /[1-9]/.test(brought) ? [`${CAUSES[one]} ${brought.startsWith('-') ? '' : '+'}${brought}`] : []
  })
  const why = parts.length === 0 ? '' : ` (${parts.join(', ')})`
  return [`Points de ${quoted(key)} : ${before} → ${after}${why}.`]
}

function quoted(referential: keyof typeof REFERENTIAL_LABELS): string {
  return `« ${REFERENTIAL_LABELS[referential]} »`
}
