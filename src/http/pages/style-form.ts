/** One question after the other, much white, targets that a thumb hits. */
export const FORM_STYLE = `
.form { max-width: 42rem }
.form .trap { position: absolute; left: -100vw; width: 1px; height: 1px; overflow: hidden }
.question { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1.25rem }
.question legend { float: left; width: 100%; margin-bottom: .5rem } .question legend + * { clear: both }
.topic { display: block; color: var(--soft); font-size: var(--small); font-weight: 400 } .ask { display: block; font-size: var(--large); line-height: 1.35 }
.form :is(input:not([type=radio], [type=checkbox], .short), textarea) { width: 100%; font-size: 1rem; padding: .7rem } .form .short { width: 8rem; font-size: 1rem; padding: .7rem }
.form label.choice { border-radius: 6px; padding-inline: .5rem; margin-inline: -.5rem } .form label.choice:hover { background: var(--hover) }
.form label.choice:has(:checked) { background: var(--accent-wash) }
.form [aria-invalid=true] { border-color: var(--bad-ink) }
.form .box { margin-top: 2rem } .form .send { padding: .8rem 1.6rem; font-size: var(--large) }
.error h2, .error ul { margin-bottom: .25rem } .error a { color: inherit }
.form-address { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: start } .form-address div { flex: 1 1 20rem; min-width: 0 } .form-address img { background: #fff; max-width: 100% }`
