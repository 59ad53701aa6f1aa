import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { EpciReport } from '../../domain/epci-report.ts'
import { UNKNOWN_TYPE } from '../../domain/rules/typology.ts'
import type { TypologyRules } from '../../domain/rules/typology.ts'
import { degreeText, typologySentences } from '../../domain/typology-sentences.ts'
import { frenchNumber, typeset } from '../../domain/typography.ts'
import { card, list } from './epci-card.ts'
import { bar, pill } from './pills.ts'

/** Which type of territory it is, and how far it belongs to each. */
export function typologyCard({ typology, imported }: Shown, rules: TypologyRules): SafeHtml {
  const { type, label, degrees } = typology
  const named =
    label === null
      ? null
      : html`<p class="verdict">${pill(label, type === UNKNOWN_TYPE ? 'neutral' : 'fair')}</p>`
  const rows = degrees.map((one) => {
    const [low, high] = one.range
    const mark = bar(100 * one.degree, { label: one.label, span: [100 * low, 100 * high] })
    return html`<tr>
      <th scope="row">${typeset(one.label)}</th>
      <td>${mark}</td>
      <td class="number">${degreeText(one)}</td>
    </tr>`
  })
  const table = html`<table class="small">
    <thead>
      <tr>
        <td></td>
        <th scope="col">Degré d’appartenance</th>
        <th scope="col" class="number">De 0 à 1</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
  return card('Le type de territoire', [
    named,
    list([...typologySentences(typology, rules), ...figures(imported)]),
    table,
  ])
}

type Shown = Pick<EpciReport, 'typology' | 'imported'>

/** Every figure that was imported, whether it counts or not; a sentence a source. */
function figures(imported: Shown['imported']): string[] {
  const sources = Map.groupBy(imported, ({ source, year }) => (year === null ? source : `${source}, ${year}`))
  return [...sources].map(([origin, its]) => {
    const each = its.map(({ column, value }) => `${column} ${frenchNumber(value, 2)}`)
    return `Chiffres importés (${origin}) : ${each.join(' ; ')}.`
  })
}
