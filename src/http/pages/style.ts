import { COLOURS } from './style-colours.ts'
import { MAP_STYLE } from './map-style.ts'
import { DAY_STYLE } from './style-day.ts'
import { FORM_STYLE } from './style-form.ts'
import { PRINT } from './style-print.ts'

/**
 * One scale of type, four steps beside the text itself; one accent; white. A section is told by its rule and the room
 * around it, not by a box.
 */
const FRAME = `
:root {
  --small: .8125rem; --text: .9375rem; --large: 1.1875rem; --huge: 1.75rem;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
* { box-sizing: border-box }
body { margin: 0; color: var(--ink); background: var(--paper); overflow-wrap: break-word }
a { color: var(--accent); text-underline-offset: 3px; text-decoration-thickness: 1px }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px }
main:focus { outline: none }
.skip { position: absolute; left: .5rem; top: -4rem; z-index: 1; padding: .5rem 1rem; background: var(--paper); border: 1px solid var(--accent) }
.skip:focus { top: .5rem }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
header.top { display: flex; flex-wrap: wrap; gap: .25rem 2rem; align-items: center; padding: .7rem 2rem; border-bottom: 1px solid var(--line); font-size: var(--text) }
.brand { display: flex; gap: .5rem; align-items: center; font-weight: 700; font-size: 1rem; color: var(--ink); text-decoration: none }
.brand svg { width: 1.5rem; height: 1.5rem }
header nav ul { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; list-style: none; margin: 0; padding: 0 }
header nav li + li { margin: 0 }
header nav a { display: block; padding: .25rem 0; color: var(--soft); text-decoration: none; border-bottom: 2px solid transparent; white-space: nowrap }
header nav a:hover { color: var(--ink) }
header nav a[aria-current] { color: var(--ink); border-color: var(--accent) }
header.top form { display: flex; flex-wrap: wrap; gap: .25rem .9rem; align-items: center; margin: 0 0 0 auto; color: var(--soft); font-size: var(--small) }
main { max-width: 80rem; margin: 0 auto; padding: 2rem 2rem 3rem }
main.wide { max-width: 92rem }
main.narrow { max-width: 30rem; padding-top: 8vh }
main.sheet { max-width: 62rem }
footer.site { border-top: 1px solid var(--line); padding: 1rem 2rem 2rem; color: var(--soft); font-size: var(--small) }
footer.site ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0; padding: 0 } footer.site li { margin: 0 }
h1 { font-size: var(--huge); line-height: 1.2; letter-spacing: -.01em; margin: 0 0 .35rem; text-wrap: balance }
h2 { font-size: var(--large); line-height: 1.3; margin: 0 0 .5rem }
h3 { font-size: var(--text); margin: 1rem 0 .25rem }
p { margin: .25rem 0 .5rem; max-width: 75ch }
ul { margin: .25rem 0; padding-left: 1.15rem }
ul.plain { list-style: none; margin: 0; padding: 0 } .person { display: block }
li { max-width: 80ch } li + li { margin-top: .2rem }
.soft { color: var(--soft) }
.small { font-size: var(--small) }
.card { border-top: 1px solid var(--line); padding: 1.4rem 0 .25rem; margin-top: 1.75rem }
.box { background: var(--wash); border-radius: 10px; padding: 1rem 1.2rem }
.narrow .card { border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem; margin: 1.5rem 0 0; padding: 0; list-style: none }
.tiles > * { margin: 0; max-width: none; border: 0; background: var(--wash); border-radius: 10px; padding: 1rem 1.2rem }
.tiles strong { display: block; font-size: var(--huge); line-height: 1.2; font-variant-numeric: tabular-nums }
.tiles strong a { text-decoration: none }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem }
footer.note { margin-top: 1.5rem; color: var(--soft); font-size: var(--small) }
.tabs { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; list-style: none; padding: 0; margin: 1.25rem 0 0; border-bottom: 1px solid var(--line) }
.tabs li { margin: 0 } .tabs a { display: block; padding: .4rem 0; color: var(--soft); text-decoration: none; border-bottom: 2px solid transparent; margin-bottom: -1px }
.tabs a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--accent) }
nav + div > .card:first-child { border-top: 0; margin-top: 0 }`

const FORMS = `
button, select, input, textarea, .button { font: inherit; color: inherit; border: 1px solid var(--edge); border-radius: 6px; padding: .4rem .7rem; background: var(--paper); max-width: 100% }
button, .button { cursor: pointer; background: var(--accent); border-color: var(--accent); color: var(--on-accent); text-decoration: none; display: inline-block }
button.quiet, .button.quiet { background: none; border-color: var(--line); color: var(--accent) }
label { display: block; font-weight: 600; margin-top: .75rem }
form p { margin-top: 1rem }
form.inline { display: inline; margin-left: .75rem }
label input { display: block; width: 100%; margin-top: .2rem; font-weight: 400 }
.filters select { max-width: 16rem }
.filters { display: flex; flex-wrap: wrap; gap: .6rem .9rem; align-items: end; margin: 1rem 0 .75rem }
.filters label { margin: 0; font-size: var(--small); font-weight: 400; color: var(--soft) }
.filters label > * { display: block; color: var(--ink); font-size: var(--text); margin: .1rem 0 0 }
.filters label input { margin: .1rem 0 0 }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; padding: 0; margin: .5rem 0 }
.chips li { margin: 0 }
.chips a { display: inline-block; padding: .15rem .7rem; border-radius: 99px; background: var(--accent-wash); color: var(--ink); text-decoration: none; font-size: var(--small) }
.chips a:hover { text-decoration: underline }
.links { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0; padding: 0; list-style: none; font-size: var(--text) }
.links li { margin: 0 }
.error { background: var(--bad-ground); color: var(--bad-ink); border-radius: 6px; padding: .5rem .75rem; max-width: none }
.notice { background: var(--fair-ground); color: var(--fair-ink); border-radius: 6px; padding: .5rem .75rem; max-width: none }`

/** A line a question: its words, its answer, what is said of it; where it is changed, a rule before it. */
const LINES = `
fieldset { border: 0; margin: 1.75rem 0 0; padding: 0; min-width: 0 } legend { padding: 0 }
.field .error { display: block; margin-top: .15rem }
.field { display: grid; grid-template-columns: minmax(0, 22rem) minmax(0, 16rem) minmax(0, 1fr); gap: .15rem 1rem; align-items: center; padding: .3rem 0 .3rem .6rem; border-left: 3px solid transparent }
.field.changed { border-color: var(--accent); background: var(--accent-wash) }
.field label { margin: 0; font-weight: 400 }
@media (max-width: 44rem) { .field { grid-template-columns: minmax(0, 1fr) } }`

const TABLES = `
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: var(--text) }
caption { text-align: left; color: var(--soft); font-size: var(--small); padding-bottom: .35rem }
th, td { padding: .5rem .55rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: middle }
:is(th, td):first-child { padding-left: 0 } :is(th, td):last-child { padding-right: 0 }
th { font-size: var(--small); font-weight: 600; color: var(--soft) }
thead th { vertical-align: bottom } tbody th { color: var(--ink); font-size: inherit }
th a { color: inherit; text-decoration: none }
th a:hover { text-decoration: underline }
tbody tr:hover { background: var(--hover) }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
td.number { white-space: nowrap }
table.small { font-size: var(--small) }
.name { min-width: 11rem; font-weight: 600 }
th .small { font-weight: 400 }
table.dense { font-size: var(--small) } .dense :is(th, td) { padding: .5rem .3rem } .dense :is(th, td):first-child { padding-left: 0 } .dense td.number { white-space: normal } .dense .pill { padding-inline: .45rem } .dense .name { min-width: 9rem; font-size: var(--text) }
.unknown { color: var(--soft); font-style: italic; font-weight: 400 }`

const MARKS = `
.pill { display: inline-block; padding: .05rem .6rem; border-radius: 99px; font-size: var(--small); font-weight: 600; white-space: nowrap; color: var(--ink); background: var(--neutral-ground) }
${['generaliste', 'outil', 'reseau', 'good', 'fair', 'weak', 'bad'].map((one) => `.pill.${one} { background: var(--${one}-ground); color: var(--${one}-ink) }`).join('\n')}
.bar { display: block; width: 100%; min-width: 3.5rem; height: .55rem; border-radius: 4px; overflow: hidden; background: var(--neutral-ground) }
.bar rect { fill: var(--accent) }
.bar .span { fill: var(--span) }
${['generaliste', 'outil', 'reseau'].map((one) => `.bar.${one} rect, .split .${one} { fill: var(--${one}) } .bar.${one} .span { fill: var(--${one}-span) }`).join('\n')}
${['good', 'fair', 'weak', 'bad'].map((one) => `.bar.${one} rect { fill: var(--${one}) }`).join('\n')}
.bar rect.mark { fill: var(--ink) }
.bar.neutral rect { fill: var(--neutral-ground) }
.split { display: block; width: 100%; height: .6rem; border-radius: 4px; margin: .6rem 0 .4rem }
.watch { list-style: none; padding: 0; margin: 0; columns: 30rem auto; column-gap: 3rem; font-size: var(--text) }
.watch li { padding: .25rem 0; margin: 0; break-inside: avoid }
.verdict { display: flex; flex-wrap: wrap; gap: .4rem 2rem; align-items: baseline; font-size: var(--large) }
.chart { display: block; width: 100%; height: auto; margin-top: .5rem }
.chart text { font-size: 11px; fill: var(--soft) }
.chart .axis { stroke: var(--line) } .chart .expected { stroke: var(--soft); stroke-dasharray: 4 3; fill: none }
.chart .present { stroke: var(--lines); fill: none; stroke-width: 2 } .chart .prefilled { stroke: var(--accent); fill: none; stroke-width: 2.5 }
.chart .half { stroke-dasharray: 2 4 } .points { max-width: 48rem } .key { width: 1rem; height: 1rem; vertical-align: -.15rem }
${['generaliste', 'outil', 'reseau'].map((one) => `.points .${one} { fill: var(--${one}); stroke: var(--paper) }`).join('\n')}
.chart .journee { stroke: var(--bad); stroke-dasharray: 2 3 }`

/** How a table folds. */
function folded(table: string): string {
  return `${table}, ${table} :is(tbody, tr, td, th) { display: block }
  ${table} thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  ${table} tr { padding: .75rem 0; border-bottom: 1px solid var(--line) }
  ${table} :is(td, tbody th) { display: flex; gap: 1rem; justify-content: space-between; align-items: baseline; text-align: right; border: 0; padding: .15rem 0; white-space: normal; min-width: 0 }
  ${table} :is(td, tbody th)[data-label]::before { content: attr(data-label); color: var(--soft); font-weight: 400; text-align: left; flex: none; max-width: 60% }
  ${table} .name { font-size: 1rem; text-align: left; min-width: 0 }
  ${table} td:empty { display: none }`
}

/** On a telephone or a small tablet: a row of a table becomes a small list, each value behind the name of its column. */
const NARROW = `
@media screen and (max-width: 50rem) {
  main, header.top, footer.site { padding-inline: 1rem }
  main { padding-top: 1.25rem }
  header.top form { margin: 0 }
  .pill, td.number { white-space: normal }
  ${folded('table.rows')}
}
@media screen and (max-width: 74rem) {
  ${folded('table.dense')}
}
@media screen and (min-width: 30rem) and (max-width: 74rem) {
  table.dense tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .1rem 2rem }
  table.dense tbody .name { grid-column: 1 / -1 }
}
@media (max-width: 44rem) { .pair { grid-template-columns: minmax(0, 1fr) } }`

/** The look of every page, on a screen of any width and on A4. */
export const STYLE = [
  COLOURS,
  FRAME,
  FORMS,
  LINES,
  TABLES,
  MARKS,
  DAY_STYLE,
  FORM_STYLE,
  NARROW,
  MAP_STYLE,
  PRINT,
].join('\n')
