import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { EpciReport } from '../../domain/epci-report.ts'
import { counted, frenchInstant, frenchList, typeset } from '../../domain/typography.ts'
import type { Contours } from '../../files/contours-file.ts'
import type { Drawing } from '../map-drawing.ts'
import { MEASURE_TITLES, MEASURES, UNKNOWN } from '../map-measures.ts'
import type { Measure, MeasureKey } from '../map-measures.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'

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
  readonly paint: string
  readonly text: string
}

// Not under the name by which the formatter would know it: a thousand rows on lines of their own weigh too much.
const compact = html

/** The EPCI on a map, painted by one figure, and the same figures in a table. */
export function mapPage({ visitor, key, measure, reports, map }: MapView): SafeHtml {
  const painted = reports.map((report) => ({ siren: report.siren, name: report.name, ...measure.of(report) }))
  const main = html`
    <h1>Carte des EPCI</h1>
    ${ways(key)}
    <section class="card">
      <h2>${measure.title}</h2>
      <p class="soft">${typeset(measure.about)}</p>
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
  const all = [...classes, { paint: UNKNOWN, label: 'inconnu' }]
  const items = all.map(({ paint, label }) => {
    const count = painted.filter((one) => one.paint === paint).length
    return html`<li>
      <svg viewBox="0 0 32 22" aria-hidden="true"><rect class="${paint}" width="32" height="22" /></svg>
      <span>${label} (${counted(count, 'EPCI', 'EPCI')})</span>
    </li>`
  })
  return html`${PATTERNS}
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
    ({ siren, name, text }) => compact`<tr><td><a href="/epcis/${siren}">${name}</a><td>${text}`,
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

/** A colour and a hatching for each kind; what is not known is white, crossed by grey lines. */
const PATTERNS = html`<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false">
  <defs>
    <pattern id="c0" width="8" height="8" patternUnits="userSpaceOnUse">
      <rect width="8" height="8" fill="#cbb6f2" />
    </pattern>
    <pattern id="c1" width="8" height="8" patternUnits="userSpaceOnUse">
      <rect width="8" height="8" fill="#a5e3d3" />
      <path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="#075a4b" stroke-width="1.6" />
    </pattern>
    <pattern id="c2" width="9" height="9" patternUnits="userSpaceOnUse">
      <rect width="9" height="9" fill="#f7bfe0" />
      <circle cx="4.5" cy="4.5" r="2" fill="#85185a" />
    </pattern>
    <pattern id="c3" width="8" height="8" patternUnits="userSpaceOnUse">
      <rect width="8" height="8" fill="#ffe08a" />
      <path d="M0 4h8" stroke="#6b4b00" stroke-width="1.6" />
    </pattern>
    <pattern id="c4" width="8" height="8" patternUnits="userSpaceOnUse">
      <rect width="8" height="8" fill="#fbc9a7" />
      <path d="M-2 6l4 4M0 0l8 8M6-2l4 4" stroke="#8a3c02" stroke-width="1.6" />
    </pattern>
    <pattern id="c5" width="8" height="8" patternUnits="userSpaceOnUse">
      <rect width="8" height="8" fill="#bcd3f2" />
      <path d="M4 0v8" stroke="#153a77" stroke-width="1.6" />
    </pattern>
    <pattern id="c6" width="8" height="8" patternUnits="userSpaceOnUse">
      <rect width="8" height="8" fill="#c9e6b8" />
      <path d="M4 0v8M0 4h8" stroke="#215c23" stroke-width="1.2" />
    </pattern>
    <pattern id="c7" width="14" height="14" patternUnits="userSpaceOnUse">
      <rect width="14" height="14" fill="#d9dbe0" />
      <circle cx="7" cy="7" r="2.2" fill="#1d2433" />
    </pattern>
    <pattern id="u" width="12" height="12" patternUnits="userSpaceOnUse">
      <rect class="blank" width="12" height="12" />
      <path d="M0 12L12 0M0 0l12 12" stroke="#b4bac5" stroke-width="1" />
    </pattern>
  </defs>
</svg>`
