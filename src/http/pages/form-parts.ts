import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { frenchDay, typeset } from '../../domain/typography.ts'
import type { FormFault, Given } from '../form-answer.ts'
import type { FormDesk } from '../form-desk.ts'
import { layout } from './layout.ts'

/** What a form without an account shows. */
export type FormView = {
  readonly key: string
  readonly siren: string
  readonly name: string
  /** The last day on which it is open, 'YYYY-MM-DD'. */
  readonly until: string
  /** Says when this page was shown. */
  readonly stamp: string
  /** What was typed before, by field. */
  readonly typed: Given
  readonly faults: readonly FormFault[]
  /** Why what was sent is not kept, in French; null: the faults say it, or nothing was sent. */
  readonly told: string | null
  /** What is answered; 503: whether it is kept is not known. */
  readonly status?: number
  readonly forms: NonNullable<FormDesk>
}

/** A form in its page: what is wrong first, with a link to each field; then what it is for, its fields, what becomes of them. */
export function formPage(
  view: FormView,
  {
    title,
    intro,
    fields,
    button,
  }: { readonly title: string; readonly intro: string; readonly fields: SafeHtml; readonly button: string },
  labelOf: (name: string) => string,
): SafeHtml {
  const { key, name, until, stamp, faults, told, forms } = view
  const isWrong = faults.length > 0 || told !== null
  const main = html`<p class="soft">${name} · ${forms.hub.name}</p>
    <h1>${typeset(title)}</h1>
    ${isWrong ? summary(view, labelOf) : null}
    <p>${typeset(intro)}</p>
    <p class="small soft">${typeset(`Sans compte. Ouvert jusqu'au ${frenchDay(until)}.`)}</p>
    <form method="post" action="/formulaire/${key}" class="form" novalidate>
      <input type="hidden" name="page" value="${stamp}" />
      <p class="trap" aria-hidden="true">
        <label for="site">À laisser vide</label
        ><input id="site" name="site" tabindex="-1" autocomplete="off" />
      </p>
      ${fields}
      <p><button class="send">${typeset(button)}</button></p>
    </form>`
  return layout({
    title: `${isWrong ? `Erreur\u00a0: ` : ''}${typeset(title)}, ${name}`,
    visitor: null,
    kind: 'sheet',
    main,
  })
}

function summary({ faults, told, status }: FormView, labelOf: (name: string) => string): SafeHtml {
  return html`<div class="error" role="alert" tabindex="-1" autofocus id="erreurs">
    <h2>
      ${typeset(told === null ? 'À corriger avant d’envoyer' : status === 503 ? 'Pas encore confirmé' : 'Rien n’est envoyé')}
    </h2>
    ${told === null ? null : html`<p>${told}</p>`}
    ${
      faults.length === 0
        ? null
        : html`<ul>
            ${faults.map(({ name, message }) => html`<li><a href="#champ-${name}">${labelOf(name)}</a>${typeset(' : ')}${message}</li>`)}
          </ul>`
    }
  </div>`
}

/** What is wrong with a field, beside it; null: nothing. */
export function faultOf({ faults }: FormView, name: string): SafeHtml | null {
  const own = faults.filter((fault) => fault.name === name)
  if (own.length === 0) return null
  return html`<p class="error" id="faute-${name}">${own.map(({ message }) => message).join(' ')}</p>`
}

/** By what a field is described, as attributes: its help, its fault. */
export function describedBy(view: FormView, name: string, hasHelp: boolean): SafeHtml | null {
  const isWrong = view.faults.some((fault) => fault.name === name)
  const ids = [...(hasHelp ? [`aide-${name}`] : []), ...(isWrong ? [`faute-${name}`] : [])]
  if (ids.length === 0) return null
  return html` aria-describedby="${ids.join(' ')}" ${isWrong ? html` aria-invalid="true"` : null}`
}

/** One line or a few, with its help and its fault. */
export function written(
  view: FormView,
  {
    name,
    label,
    help,
    lines = 1,
    most,
    more = null,
  }: {
    readonly name: string
    readonly label: string
    readonly help: string | null
    readonly lines?: number
    readonly most: number
    readonly more?: SafeHtml | null
  },
): SafeHtml {
  const value = view.typed[name] ?? ''
  const described = describedBy(view, name, help !== null)
  const box =
    lines > 1
      ? html`<textarea id="champ-${name}" name="${name}" rows="${lines}" maxlength="${most}" ${described}>
${value}</textarea>`
      : html`<input
          id="champ-${name}"
          name="${name}"
          maxlength="${most}"
          autocomplete="off"
          value="${value}"
          ${described}
          ${more}
        />`
  return html`<label for="champ-${name}">${label}</label>
    ${help === null ? null : html`<span class="help" id="aide-${name}">${help}</span>`} ${faultOf(view, name)}
    ${box}`
}
