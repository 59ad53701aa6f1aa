/** Big targets, for a phone held in one hand. */
export const DAY_STYLE = `
.choices { list-style: none; padding: 0; display: grid; gap: .75rem; max-width: 32rem }
.choices li { margin: 0; max-width: none }
.big { display: block; width: 100%; padding: .9rem 1rem; font-size: var(--large); text-align: center; min-height: 3.25rem }
.record { border-top: 1px solid var(--line); max-width: 40rem }
.record summary { display: grid; gap: .1rem .75rem; list-style: none; padding: .9rem 0; cursor: pointer; min-height: 3rem }
.record summary { grid-template-columns: 1fr auto }
.record summary > * { grid-column: 1 } .record summary .pill { justify-self: start }
.record summary::after { content: "+"; grid-area: 1 / 2; font-size: var(--large); color: var(--accent) } .record[open] summary::after { content: "−" }
.record form { padding-bottom: 1.25rem }
.record :is(input:not([type=checkbox]), textarea), form[data-answer=place] :is(input:not([type=checkbox]), textarea) { width: 100%; font-size: 1rem; padding: .7rem }
fieldset { border: 0; padding: 0; margin: .75rem 0 0; min-width: 0 } legend { font-weight: 600; padding: 0 }
label.choice { display: flex; gap: .6rem; align-items: center; font-weight: 400; margin: 0; padding: .55rem 0; min-height: 2.75rem }
label.choice input { width: 1.25rem; height: 1.25rem; margin: 0; flex: none }
.help { display: block; color: var(--soft); font-size: var(--small); margin: .1rem 0 .25rem }
.tick { display: grid; text-align: left; background: var(--paper); color: var(--ink); border-color: var(--edge); font-size: var(--text) }
.tick strong { font-size: 1.05rem } .tick span { color: var(--soft); font-size: var(--small) }
.tick[aria-pressed=true] { background: var(--good-ground); border-color: var(--good-ink) }
.tick[aria-pressed=true] strong::before { content: "✓ " }
svg.qr { display: block; width: 11rem; height: 11rem; max-width: 100% }
form.states { display: flex; flex-wrap: wrap; gap: .25rem; margin: .35rem 0 0 } form.states button { padding: .2rem .5rem; font-size: var(--small) }
.sending { position: sticky; top: 0; z-index: 1; margin: 0; padding: .35rem 0; background: var(--paper); color: var(--soft); font-size: var(--small) }
.sending:empty { display: none }
.sending:not([data-queue="0"]) { color: var(--fair-ink); font-weight: 600 }
[data-said].done { color: var(--good-ink); font-weight: 600 } [data-said].error { background: none; color: var(--bad-ink); padding: 0; font-weight: 600 }`
