import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { REFERENTIALS } from '../../../domain/diagnostic.ts'
import type { Referential } from '../../../domain/diagnostic.ts'
import { REFERENTIAL_LABELS } from '../../../domain/labels.ts'
import { overallCoverage, overallMaturity } from '../../../domain/maturity.ts'
import type { TypologyRules } from '../../../domain/rules/typology.ts'
import { typologyOverview } from '../../../domain/typology-overview.ts'
import type { Shares } from '../../../domain/typology-overview.ts'
import { TELLABLE_COVERAGE } from '../../../domain/scoring.ts'
import { frenchNumber, typeset } from '../../../domain/typography.ts'
import { card } from '../epci-card.ts'
import type { EpciRow } from '../epci-row.ts'
import { counting } from '../epci-query.ts'
import { unknown } from '../pills.ts'
import { foldingTable } from '../table.ts'
import type { TableCell } from '../table.ts'
import { questionPage, sheetLink } from './scope.ts'
import type { Scope } from './scope.ts'

/** Beyond so many EPCI, points are not named one by one. */
const NAMED = 150

/** Which types of territories there are: the need against the maturity, as a chart and as a table. */
export function typologyPage(scope: Scope, rules: TypologyRules, page = 1): SafeHtml {
  const points = scope.rows.map(pointOf)
  const placed = points.filter(({ need, maturity }) => need !== null && maturity !== null)
  const left = points.length - placed.length
  return questionPage(scope, 'Types de territoires', [
    types(scope, rules),
    card('Le besoin et la maturité', [
      placed.length === 0
        ? html`<p>Aucun EPCI dont le besoin et la maturité soient connus.</p>`
        : html`${chart(placed)} ${legend()}`,
      left === 0
        ? null
        : html`<p class="soft small">
            ${typeset(`Dont le besoin ou la maturité est connu à moins de la moitié, et donc hors du graphique : ${frenchNumber(left)} EPCI.`)}
          </p>`,
      paged(scope, points, page),
    ]),
  ])
}

type Point = { readonly row: EpciRow; readonly need: number | null; readonly maturity: number | null }

/** What is known by less than half has no place on an axis. */
function pointOf(row: EpciRow): Point {
  const { typology, recommendation } = row.report
  const coverage = overallCoverage(recommendation.factors)
  return {
    row,
    need: typology.need.coverage < TELLABLE_COVERAGE ? null : typology.need.half,
    maturity: coverage < TELLABLE_COVERAGE ? null : overallMaturity(recommendation.factors).half,
  }
}

function types({ rows, own }: Scope, rules: TypologyRules): SafeHtml {
  const overview = typologyOverview(
    rows.map(({ report }) => report),
    rules,
  )
  const mine = own === true ? '&miens=oui' : ''
  const shown = overview.filter(({ key, epcis }) => key !== null || epcis.length > 0)
  return foldingTable(
    'Types de territoires',
    [
      { label: 'Type' },
      { label: 'EPCI', kind: 'number' },
      { label: 'Recommandé' },
      { label: 'Retenu' },
      { label: 'Jours de chargé·e', kind: 'number' },
    ],
    shown.map(({ key, label, definition, epcis, recommended, retained, days }): TableCell[] => [
      html`<span
        ><a href="/epcis?type=${key ?? 'aucun'}${mine}">${typeset(label ?? 'Aucun type proche')}</a
        >${definition === null ? null : html`<br /><span class="soft small">${typeset(definition)}</span>`}</span
      >`,
      epcis.length === 0 ? 'aucun' : frenchNumber(epcis.length),
      sharesText(recommended),
      sharesText(retained),
      epcis.length === 0 ? '' : frenchNumber(days.deploymentOfficer.estimated),
    ]),
  )
}

function sharesText(shares: Shares): string {
  const parts = REFERENTIALS.filter((key) => shares[key] > 0).map(
    (key) => `${REFERENTIAL_LABELS[key]} ${shares[key]}`,
  )
  const all = shares.none > 0 ? [...parts, `aucun ${shares.none}`] : parts
  return typeset(all.join(' · '))
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [760, 420, 48, 44, 10] as const

/** Each EPCI by its need and its maturity; its référentiel is a shape as well as a colour. */
function chart(points: readonly Point[]): SafeHtml {
  const x = (need: number) => Math.round(LEFT + ((WIDTH - LEFT - 12) * need) / 100)
  const y = (maturity: number) => Math.round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - maturity / 100))
  const named = points.length <= NAMED
  const marks = points.map(({ row, need, maturity }) => {
    const key = counting(row.report)
    const shape = html`<path
      class="${key}"
      transform="translate(${x(need!)} ${y(maturity!)})"
      d="${SHAPES[key]}"
      >${named ? html`<title>${row.report.name}</title>` : null}</path
    >`
    return named
      ? html`<a href="/epcis/${row.report.siren}" aria-label="${row.report.name}">${shape}</a>`
      : shape
  })
  const [right, floor] = [WIDTH - 12, HEIGHT - BOTTOM]
  const text = `${frenchNumber(points.length)} EPCI par leur besoin (de gauche à droite) et leur maturité (de bas en haut) ; ${named ? 'le tableau qui suit donne les mêmes chiffres' : 'le tableau qui suit, page par page, donne les mêmes chiffres'}.`
  return html`<svg
      class="chart points"
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      role="${named ? 'group' : 'img'}"
      aria-label="${typeset(text)}"
    >
      <line class="axis" x1="${LEFT}" x2="${right}" y1="${floor}" y2="${floor}" />
      <line class="axis" x1="${LEFT}" x2="${LEFT}" y1="${TOP}" y2="${floor}" />
      <line class="axis half" x1="${x(50)}" x2="${x(50)}" y1="${TOP}" y2="${floor}" />
      <line class="axis half" x1="${LEFT}" x2="${right}" y1="${y(50)}" y2="${y(50)}" />
      <text x="${LEFT}" y="${floor + 16}">0</text>
      <text x="${right}" y="${floor + 16}" text-anchor="end">100</text>
      <text x="${(LEFT + right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">Besoin →</text>
      <text x="${LEFT - 6}" y="${y(100) + 10}" text-anchor="end">100</text>
      <text x="${LEFT - 6}" y="${floor}" text-anchor="end">0</text>
      <text transform="translate(14 ${(TOP + floor) / 2}) rotate(-90)" text-anchor="middle">Maturité →</text>
      ${marks}
    </svg>
    <p class="hidden">${typeset(text)}</p>`
}

/** A disc, a square, a triangle: told apart in grey too. */
const SHAPES: Readonly<Record<Referential, string>> = {
  generaliste: 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z',
  outil: 'M-5.5-5.5h11v11h-11Z',
  reseau: 'M0-7L7 6H-7Z',
}

function legend(): SafeHtml {
  const items = REFERENTIALS.map(
    (key) =>
      html`<li>
        <svg class="key points" viewBox="-8 -8 16 16" aria-hidden="true">
          <path class="${key}" d="${SHAPES[key]}" />
        </svg>
        ${REFERENTIAL_LABELS[key]}
      </li>`,
  )
  return html`<ul class="links small" aria-label="Légende">
    ${items}
  </ul>`
}

/** Rows of one page of the table. */
const ROWS = 100

/** The table, a page at a time, with the way to the others. */
function paged({ path, own }: Scope, points: readonly Point[], asked: number): SafeHtml {
  const sorted = points.toSorted((one, other) => (other.need ?? -1) - (one.need ?? -1))
  const pages = Math.max(1, Math.ceil(sorted.length / ROWS))
  const page = Math.min(asked, pages)
  const shown = table(sorted.slice((page - 1) * ROWS, page * ROWS))
  if (pages === 1) return shown
  const to = (at: number, words: string) =>
    html`<a class="screen" href="${path}?page=${at}${own === false ? '&tous=oui' : ''}#tableau">${words}</a>`
  return html`<div id="tableau">${shown}</div>
    <p class="small">
      ${page > 1 ? to(page - 1, 'Page précédente') : null} ${`Page ${page} sur ${pages}`}
      ${page < pages ? to(page + 1, 'Page suivante') : null}
    </p>`
}

function table(shown: readonly Point[]): SafeHtml {
  const figure = (value: number | null) => (value === null ? unknown() : frenchNumber(value, 0))
  return foldingTable(
    'Besoin et maturité de chaque EPCI, le besoin le plus grand d’abord',
    [
      { label: 'EPCI' },
      { label: 'Besoin, de 0 à 100', kind: 'number' },
      { label: 'Maturité, de 0 à 100', kind: 'number' },
      { label: 'Type' },
    ],
    shown.map(({ row, need, maturity }) => [
      sheetLink(row),
      figure(need),
      figure(maturity),
      row.report.typology.label === null ? unknown('aucun') : typeset(row.report.typology.label),
    ]),
  )
}
