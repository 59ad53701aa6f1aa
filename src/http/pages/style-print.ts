/** On paper: A4, without what is there to be clicked, readable in grey; the list of EPCI lies across the page. */
export const PRINT = `
@media print {
  @page { size: A4; margin: 13mm }
  @page wide { size: A4 landscape; margin: 11mm }
  :root { font-size: 9.5pt }
  main.wide { page: wide }
  th, td { padding: .12rem .4rem }
  h3 { margin-top: .5rem }
  .chart { max-width: 26rem }
  header.top, footer.site, .skip, .screen { display: none }
  main { padding: 0; max-width: none }
  .card { padding: .6rem 0 0; margin-top: .6rem; break-inside: avoid }
  .card:has(table.rows) { break-inside: auto }
  tr { break-inside: avoid }
  thead { display: table-header-group }
  .scroll { overflow: visible }
  a { color: inherit; text-decoration: none }
  .pill { border: 1px solid #555; background: none; color: #000 }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}`
