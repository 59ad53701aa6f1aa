/** The look of every page, on a screen and on A4; colours mean what they mean in NocoDB's selects. */
export const STYLE = `
:root {
  color-scheme: light;
  --ink: #1d2433; --soft: #5b6477; --line: #dfe3ea; --paper: #fff; --ground: #f5f6f9; --accent: #1f4fa3;
  --generaliste: #6d4bc3; --outil: #0f7f6b; --reseau: #b3327f;
  --good: #2f7d32; --fair: #9a6b00; --weak: #b4540a; --bad: #b3261e;
  --good-ground: #dff3d8; --fair-ground: #ffefc4; --weak-ground: #fee2d5; --bad-ground: #ffdce0; --neutral-ground: #eceef2;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
* { box-sizing: border-box }
body { margin: 0; color: var(--ink); background: var(--ground) }
a { color: var(--accent); text-underline-offset: 2px }
header.top { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; justify-content: space-between; padding: .6rem 1.5rem; background: var(--paper); border-bottom: 1px solid var(--line) }
header.top > a { font-weight: 700; color: var(--ink); text-decoration: none }
header.top :is(a, button) { white-space: nowrap }
header.top form { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; margin: 0; color: var(--soft); font-size: .875rem }
main { max-width: 84rem; margin: 0 auto; padding: 1.25rem 1.5rem 3rem }
main.narrow { max-width: 27rem; padding-top: 9vh }
main.sheet { max-width: 60rem }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem }
h2 { font-size: 1.125rem; margin: 0 0 .5rem }
h3 { font-size: .9375rem; margin: 1rem 0 .25rem }
p { margin: .25rem 0 .5rem }
ul { margin: .25rem 0; padding-left: 1.15rem }
li + li { margin-top: .2rem }
.soft { color: var(--soft) }
.small { font-size: .875rem }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.15rem; margin-top: 1rem }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem; margin-top: 1rem }
.tiles .card { margin: 0 }
.tiles strong { display: block; font-size: 1.75rem; line-height: 1.2; font-variant-numeric: tabular-nums }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1rem }
button, select, input { font: inherit; color: inherit; border: 1px solid #b9c0cc; border-radius: 6px; padding: .4rem .65rem; background: var(--paper) }
button { cursor: pointer; background: var(--accent); border-color: var(--accent); color: #fff }
button.quiet { background: none; border-color: var(--line); color: var(--accent) }
:focus-visible { outline: 3px solid #8ab0ff; outline-offset: 1px }
label { display: block; font-weight: 600; margin-top: .75rem }
form p { margin-top: 1rem }
label input { display: block; width: 100%; margin-top: .2rem; font-weight: 400 }
.filters { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin: 0 0 .75rem }
.filters label { margin: 0; font-size: .8125rem; font-weight: 400; color: var(--soft) }
.filters label > * { display: block; color: var(--ink); font-size: .9375rem }
.filters label input { margin: 0 }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
th, td { padding: .42rem .55rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: middle }
th { font-size: .8125rem; font-weight: 600; color: var(--soft); white-space: nowrap }
th a { color: inherit; text-decoration: none }
th a:hover { text-decoration: underline }
tbody tr:hover { background: #f8f9fc }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
thead th { vertical-align: bottom } th.wraps { white-space: normal; min-width: 6.5rem }
td.name { min-width: 12rem; font-weight: 600 }
.scroll table { font-size: .85rem }
.scroll :is(th, td) { padding-inline: .35rem }
.scroll :is(th, .pill) { font-size: .775rem }
.pill { display: inline-block; padding: .05rem .55rem; border-radius: 99px; font-size: .8125rem; font-weight: 600; white-space: nowrap; background: var(--neutral-ground) }
.pill.generaliste { background: #ede2fe; color: #50318f }
.pill.outil { background: #c8f3e8; color: #075a4b }
.pill.reseau { background: #ffdcf3; color: #85185a }
.pill.good { background: var(--good-ground); color: #215c23 }
.pill.fair { background: var(--fair-ground); color: #6b4b00 }
.pill.weak { background: var(--weak-ground); color: #8a3c02 }
.pill.bad { background: var(--bad-ground); color: #8c1d18 }
.bar { display: block; width: 100%; min-width: 3.5rem; height: .55rem; border-radius: 4px; overflow: hidden; background: var(--neutral-ground) }
.bar rect { fill: var(--accent) }
.bar .span { fill: #c4d3ee }
.bar.generaliste rect, .split .generaliste { fill: var(--generaliste) } .bar.generaliste .span { fill: #d9cdf3 }
.bar.outil rect, .split .outil { fill: var(--outil) } .bar.outil .span { fill: #bfe5dc }
.bar.reseau rect, .split .reseau { fill: var(--reseau) } .bar.reseau .span { fill: #efcbe0 }
.bar.good rect { fill: var(--good) } .bar.fair rect { fill: #c99a18 } .bar.weak rect { fill: #d97a35 } .bar.bad rect { fill: var(--bad) }
.bar .mark { fill: var(--ink) }
.split { display: block; width: 100%; height: .8rem; border-radius: 4px; margin: .5rem 0 .35rem }
.bar.neutral rect { fill: var(--neutral-ground) }
.levels { display: grid; grid-template-columns: repeat(4, 2.4rem); gap: .35rem }
.levels .bar { min-width: 0 }
.levels.names { height: 7rem; align-items: end } .levels.names span { white-space: nowrap; transform-origin: 0 100%; transform: translateX(1.4rem) rotate(-52deg) }
.watch { list-style: none; padding: 0; margin: 0; columns: 30rem auto; column-gap: 2rem; font-size: .9375rem }
.watch li { padding: .2rem 0; margin: 0; break-inside: avoid }
.verdict { display: flex; flex-wrap: wrap; gap: .4rem 2rem; align-items: baseline; font-size: 1.125rem }
.error { background: var(--bad-ground); border-radius: 6px; padding: .5rem .75rem }
.chart { display: block; width: 100%; height: auto; margin-top: .5rem }
.chart text { font-size: 11px; fill: var(--soft) }
.chart .axis { stroke: var(--line) } .chart .expected { stroke: var(--soft); stroke-dasharray: 4 3; fill: none }
.chart .present { stroke: #8fa8d6; fill: none; stroke-width: 2 } .chart .prefilled { stroke: var(--accent); fill: none; stroke-width: 2.5 }
.chart .journee { stroke: var(--bad); stroke-dasharray: 2 3 }
footer { margin-top: 1.5rem; color: var(--soft); font-size: .8125rem }
@media (max-width: 44rem) { .pair { grid-template-columns: minmax(0, 1fr) } }
@media screen and (max-width: 44rem) { main { padding-inline: .75rem } .card { overflow-x: auto } }
@media print {
  @page { size: A4; margin: 13mm }
  :root { font-size: 9.5pt }
  th, td { padding: .12rem .4rem }
  h3 { margin-top: .5rem }
  .chart { max-width: 26rem }
  body { background: none }
  header.top, .screen { display: none }
  main { padding: 0; max-width: none }
  .card { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: .6rem 0 0; margin-top: .6rem; break-inside: avoid }
  a { color: inherit; text-decoration: none }
  svg, .pill { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}`
