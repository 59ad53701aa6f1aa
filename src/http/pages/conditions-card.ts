import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { CONDITION_HEADINGS, CONDITION_STATUSES } from '../../domain/labels.ts'
import type { ConditionResult } from '../../domain/success-conditions.ts'
import { typeset } from '../../domain/typography.ts'
import { card } from './epci-card.ts'
import { pill } from './pills.ts'

const TONES = { ok: 'good', to_do: 'weak', unknown: 'neutral' } as const

/** The conditions of success under their headings; null where the rules hold none. */
export function conditionsCard(conditions: readonly ConditionResult[]): SafeHtml | null {
  const groups = [...Map.groupBy(conditions, ({ heading }) => heading)]
  if (groups.length === 0) return null
  return card(
    'Conditions de réussite',
    groups.map(([heading, own]) => group(CONDITION_HEADINGS[heading], own)),
  )
}

function group(heading: string, conditions: readonly ConditionResult[]): SafeHtml {
  const rows = conditions.map(
    ({ label, status, observed }) =>
      html`<tr>
        <td>${typeset(label)}</td>
        <td class="soft">${typeset(observed?.evidence ?? '')}</td>
        <td class="number">${pill(CONDITION_STATUSES[status], TONES[status])}</td>
      </tr>`,
  )
  return html`<h3>${heading}</h3>
    <table class="small">
      <tbody>
        ${rows}
      </tbody>
    </table>`
}
