import { GUESSES, KINDS } from './map-patterns.ts'

/** The look of the map: kinds differ by their hatching as well as by their colour, steps by how dark they are. */
export const MAP_STYLE = `
.map { display: grid; grid-template-columns: minmax(0, 3fr) minmax(18rem, 2fr); gap: 1rem; align-items: start }
.map svg.france { display: block; width: 100%; height: auto; max-height: 85vh }
.map svg.france path { stroke: #444c5c; stroke-width: .8; vector-effect: non-scaling-stroke }
.map svg.france a:is(:hover, :focus-visible) path { stroke: var(--ink); stroke-width: 3 }
.map svg.france a:focus-visible { outline: none }
.map svg.france text { font-size: 20px; fill: var(--ink) }
.map .beside { max-height: 85vh; overflow: auto }
.map .beside thead th { position: sticky; top: 0; background: var(--paper) }
.key { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem 1rem; font-size: .875rem }
.key li { display: flex; gap: .4rem; align-items: center; margin: 0 }
.key svg { width: 1.6rem; height: 1.1rem; flex: none } .key rect { stroke: #444c5c }
svg.defs { position: absolute }
.past { margin: 0 } .past a:not(:focus) { position: absolute; left: -99rem }
.blank { fill: var(--paper) }
.s0 { fill: #eaf1fb } .s1 { fill: #bcd3f2 } .s2 { fill: #7fa8e0 } .s3 { fill: #3f73bd } .s4 { fill: #153a77 }
${Array.from({ length: KINDS }, (_, at) => `.c${at} { fill: url(#c${at}) }`).join(' ')}
${Array.from({ length: GUESSES }, (_, at) => `.g${at} { fill: url(#g${at}) }`).join(' ')}
.n { fill: url(#n) } .u { fill: url(#u) }
@media (max-width: 60rem) { .map { grid-template-columns: minmax(0, 1fr) } .map .beside { max-height: none } }
@media print { .map { display: block } .map .beside { max-height: none; overflow: visible } .map svg.france { max-height: 150mm } }
`
