import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { FACTORS } from '../../domain/diagnostic.ts'
import type { Situation } from '../../domain/diagnostic.ts'
import { FACTOR_LABELS } from '../../domain/labels.ts'
import type { AnswerKey } from '../../domain/answer-changes.ts'
import type { EpciReport } from '../../domain/epci-report.ts'
import type { Maturity } from '../../domain/maturity.ts'
import type { MaturityRules } from '../../domain/rules/maturity.ts'
import { answerLabel } from '../../domain/subjects.ts'
import { frenchMonth, frenchNumber, typeset } from '../../domain/typography.ts'
import { card, pair } from './epci-card.ts'
import { bar, levelPill, levelTone } from './pills.ts'

/** The four factors, each with its level, its coverage and what makes it. */
export function maturityCard(report: Shown, rules: MaturityRules): SafeHtml {
  return card('La maturité, de 0 à 100', [pair(...FACTORS.map((key) => factor(key, report, rules)))])
}

type Shown = Pick<EpciReport, 'declared' | 'recommendation' | 'situation'>

function factor(key: (typeof FACTORS)[number], report: Shown, rules: MaturityRules): SafeHtml {
  const { answeredOn } = report.declared
  const { score, level, coverage, indicators } = report.recommendation.factors[key]
  const label = FACTOR_LABELS[key]
  const labels = new Map(rules.factors[key].indicators.map((rule) => [rule.key, rule.label]))
  const rows = indicators.map(
    (one) =>
      html`<tr>
        <td>${typeset(labels.get(one.key) ?? one.key)}</td>
        <td class="number">
          ${valueText(one, report.situation.listed)}
          <span class="soft">${since(answeredOn[one.key as AnswerKey])}</span>
        </td>
      </tr>`,
  )
  const known =
    coverage === 1 ? 'tout est connu' : `${frenchNumber(100 * coverage, 0)} % des indicateurs connus`
  const partly = level === null ? 'en partie connu : ' : ''
  const figures = score === null ? 'inconnu' : `${partly}${frenchNumber(score, 0)}, ${known}`
  return html`<div>
    <h3>${typeset(label)} ${levelPill(level)} <span class="soft small">${typeset(figures)}</span></h3>
    ${bar(score, { kind: levelTone(level), label })}
    <table class="small">
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

/** « (formulaire public, mars 2025, à redemander) »; nothing of a member's answer without a date, or of a figure. */
function since(one: EpciReport['declared']['answeredOn'][AnswerKey]): string {
  if (one === undefined) return ''
  const told = [
    ...(one.byForm === true ? ['formulaire public'] : []),
    ...(one.date === null ? [] : [frenchMonth(one.date)]),
    ...(one.old ? ['à redemander'] : []),
  ]
  return told.length === 0 ? '' : `(${told.join(', ')})`
}

/** The answer in people's words; an observed share as a percentage. */
function valueText(
  { key, value, score }: Maturity[keyof Maturity]['indicators'][number],
  { referents }: Situation['listed'],
): string {
  if (value === 'one' && referents !== null && referents > 1)
    return typeset(`${frenchNumber(referents)} référent·e·s, pas de binôme connu`)
  if (value === null) return 'inconnu'
  if (typeof value === 'string') return answerLabel(key as Parameters<typeof answerLabel>[0], value)
  if (key === 'meetingsPerYear') return frenchNumber(value)
  return `${frenchNumber(score ?? 0, 0)}\u202f%`
}
