import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { EpciReport } from '../../domain/epci-report.ts'
import { counted, frenchInstant, frenchList, typeset } from '../../domain/typography.ts'
import type { Contours } from '../../files/contours-file.ts'
import type { Drawing } from '../map-drawing.ts'
import { MEASURE_TITLES, MEASURES } from '../map-measures.ts'
import type { Measure, MeasureKey } from '../map-measures.ts'
import { figuresDay } from './figures-day.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'
import { patterns } from './map-patterns.ts'

/** What the page of the map shows. */
export type MapView = {
  readonly visitor: Visitor
  readonly key: MeasureKey
  readonly measure: Measure
  /** In the order of their names. */
  readonly reports: readonly EpciReport[]
  /** null: no contours are kept. */
  readonly map: {
    readonly drawing: Drawing
    readonly contours: Pick<Contours, 'attribution' | 'licence' | 'readAt'>
  } | null
}

type Painted = {
  readonly siren: string
  readonly name: string
  readonly key: string
  readonly paint: string
  readonly text: string
}

// Not under the name by which the formatter would know it: a thousand rows on lines of their own weigh too much.
const compact = html

/** The EPCI on a map, painted by one figure, and the same figures in a table. */
export function mapPage({ visitor, key, measure, reports, map }: MapView): SafeHtml {
  const paints = new Map(measure.classes.map((one) => [one.key, one.paint]))
  const painted = reports.map((report) => {
    const shown = measure.of(report)
    return { siren: report.siren, name: report.name, ...shown, paint: paints.get(shown.key)! }
  })
  const main = html`
    <h1>Carte des EPCI</h1>
    ${ways(key)}
    <section class="card">
      <h2>${measure.title}</h2>
      <p class="soft">${typeset(measure.about)}</p>
      <p class="small soft">${figuresDay(reports)}</p>
      ${legend(measure, painted)} ${map === null ? noContours() : null}
      <div class="map">
        ${map === null ? null : picture(map, measure, painted)}
        <div class="beside" id="tableau" tabindex="0" role="region" aria-label="Tableau des EPCI">
          ${table(measure, painted)}
        </div>
      </div>
    </section>
  `
  return layout({
    title: typeset(`Carte des EPCI : ${measure.title.toLowerCase()}`),
    visitor,
    here: '/carte',
    kind: 'wide',
    main,
  })
}

function ways(current: MeasureKey): SafeHtml {
  const links = MEASURES.map(
    (key) =>
      html`<li>
        <a href="/carte?par=${key}" ${key === current ? html` aria-current="page"` : null}
          >${MEASURE_TITLES[key]}</a
        >
      </li>`,
  )
  return html`<nav class="screen" aria-label="Ce que montre la carte">
    <ul class="tabs">
      ${links}
    </ul>
  </nav>`
}

function legend({ classes }: Measure, painted: readonly Painted[]): SafeHtml {
  const items = classes.map(({ key, paint, label }) => {
    const count = painted.filter((one) => one.key === key).length
    return html`<li>
      <svg viewBox="0 0 32 22" aria-hidden="true"><rect class="${paint}" width="32" height="22" /></svg>
      <span>${label} (${counted(count, 'EPCI', 'EPCI')})</span>
    </li>`
  })
  return html`${patterns(classes.map(({ paint }) => paint))}
    <ul class="key" aria-label="Légende">
      ${items}
    </ul>`
}

function noContours(): SafeHtml {
  return html`<p>
    Les contours des EPCI ne sont pas encore là : <code>npm run -s portrea -- contours</code> les prend à
    l’adresse de <code>config/map.yaml</code> (ou dans le fichier que vous nommez), une fois pour toutes.
    D’ici là, le tableau dit la même chose.
  </p>`
}

function picture(
  { drawing, contours }: NonNullable<MapView['map']>,
  { title }: Measure,
  painted: readonly Painted[],
): SafeHtml {
  const { width, height, paths, insets } = drawing
  const areas = painted.map(({ siren, name, paint, text }) => {
    const path = paths.get(siren)
    if (path === undefined) return null
    return compact`<a href="/epcis/${siren}"><title>${name} : ${text}</title><path class="${paint}" d="${path}"/></a>`
  })
  const missing = painted.filter(({ siren }) => !paths.has(siren)).map(({ name }) => name)
  return html`<div>
    <p class="past"><a href="#tableau">Passer la carte, aller au tableau</a></p>
    <svg
      class="france"
      viewBox="0 0 ${width} ${height}"
      role="group"
      aria-label="${typeset(`Carte des EPCI : ${title.toLowerCase()}`)}"
    >
      ${areas} ${insets.map(({ name, x, y }) => html`<text x="${x}" y="${y}">${name}</text>`)}
    </svg>
    ${missing.length === 0 ? null : html`<p class="small">${typeset(`Sans contour : ${shown(missing)}.`)}</p>`}
    <p class="small soft">
      ${typeset(`Contours : ${contours.attribution}, ${contours.licence}, lus ${frenchInstant(contours.readAt)} ; simplifiés.`)}
    </p>
  </div>`
}

/** Names told at most. */
const NAMES = 12

function shown(names: readonly string[]): string {
  const more = names.length - NAMES
  return more > 0 ? `${names.slice(0, NAMES).join(', ')} et ${more} autres` : frenchList(names)
}

function table({ title }: Measure, painted: readonly Painted[]): SafeHtml {
  const rows = painted.map(
    ({ siren, name, text }) => compact`<tr><th scope=row><a href="/epcis/${siren}">${name}</a><td>${text}`,
  )
  return html`<table>
    <caption>
      ${counted(painted.length, 'EPCI', 'EPCI')}, par nom
    </caption>
    <thead>
      <tr>
        <th scope="col">EPCI</th>
        <th scope="col">${title}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
}
