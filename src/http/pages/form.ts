import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { UNKNOWN_LABEL } from '../../domain/labels.ts'
import { LONGEST } from '../../domain/journee/answers.ts'
import { DO_NOT_KNOW } from '../../domain/public-diagnostic.ts'
import { counted, frenchDay, typeset } from '../../domain/typography.ts'
import { AUTHOR_SIGNS, REMARK_SIGNS } from '../form-answer.ts'
import type { AskedQuestion, FormDesk } from '../form-desk.ts'
import type { FormKind } from '../form-key.ts'
import type { AskedField } from './day.ts'
import { describedBy, faultOf, formPage, written } from './form-parts.ts'
import type { FormView } from './form-parts.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'

export type { FormView } from './form-parts.ts'

const [AUTHOR, REMARK] = [
  'Votre fonction ou votre structure (facultatif)',
  'Ce qui éclaire vos réponses (facultatif)',
]

/** The diagnostic of an EPCI: ten questions on one calm page, « je ne sais pas » for each, nothing chosen beforehand. */
export function diagnosticForm(view: FormView): SafeHtml {
  const { forms } = view
  const fields = html`${forms.questions.map((asked) => question(view, asked))}
    <div class="question">
      ${written(view, {
        ...{ name: 'qui', label: AUTHOR, most: AUTHOR_SIGNS },
        help: typeset(
          `Par exemple : directrice du CCAS. Votre nom n'est pas demandé. ${keptText(forms.keptMonths)}`,
        ),
      })}
      ${written(view, {
        ...{ name: 'remarque', label: REMARK, most: REMARK_SIGNS, lines: 3 },
        help: typeset(
          `Ne nommez personne et n'écrivez ni adresse, ni numéro de quelqu'un. ${keptText(forms.remarkMonths)}`,
        ),
      })}
    </div>
    ${becomes([
      "Une question sans réponse, ou « je ne sais pas », n'inscrit rien et n'efface rien.",
      `Vos réponses, datées d'aujourd'hui, sont lues par ${forms.hub.name} et par les référent·e·s du territoire.`,
      "Aucun traceur : ni cookie, ni mesure d'audience, ni adresse de votre appareil gardée.",
    ])}`
  const labelOf = (name: string) =>
    name === 'qui'
      ? AUTHOR
      : name === 'remarque'
        ? REMARK
        : (forms.questions.find((one) => one.name === name)?.title ?? name)
  const shown = {
    title: 'Diagnostic du territoire',
    intro: forms.settings.diagnostic.intro,
    fields,
    button: 'Envoyer mes réponses',
  }
  return formPage(view, shown, labelOf)
}

function keptText(months: number | null): string {
  return months === null
    ? 'Ce que vous écrivez ici est gardé avec vos réponses.'
    : `Ce que vous écrivez ici est effacé au bout de ${counted(months, 'mois', 'mois')} ; vos réponses restent.`
}

function becomes(sentences: readonly string[]): SafeHtml {
  return html`<div class="box">
    <h2>${typeset('Ce que deviennent vos réponses')}</h2>
    <ul>
      ${sentences.map((one) => html`<li>${typeset(one)}</li>`)}
    </ul>
  </div>`
}

function question(view: FormView, { name, title, question: asked, options }: AskedQuestion): SafeHtml {
  const legend = html`<legend>
    <span class="topic">${title}</span>
    <span class="ask">${asked}</span>
  </legend>`
  if (options.length === 0) return number(view, name, legend)
  const described = describedBy(view, name, false)
  const choice = ([value, words]: readonly [string, string], at: number) =>
    html`<label class="choice"
      ><input
        type="radio"
        name="${name}"
        value="${value}"
        ${at === 0 ? html` id="champ-${name}"` : null}
        ${view.typed[name] === value ? html` checked` : null}
        ${described}
      />${words}</label
    >`
  return html`<fieldset class="question">
    ${legend} ${faultOf(view, name)} ${[...options, [DO_NOT_KNOW, UNKNOWN_LABEL] as const].map(choice)}
  </fieldset>`
}

function number(view: FormView, name: string, legend: SafeHtml): SafeHtml {
  const unknown = `${name}-${DO_NOT_KNOW}`
  return html`<fieldset class="question">
    ${legend}
    ${written(view, {
      ...{ name, label: 'Nombre par an', most: 40, help: typeset('Par exemple : 3. Zéro veut dire aucune.') },
      more: html` inputmode="numeric" class="short"`,
    })}
    <label class="choice"
      ><input
        type="checkbox"
        name="${unknown}"
        value="oui"
        ${view.typed[unknown] === undefined ? null : html` checked`}
      />${UNKNOWN_LABEL}</label
    >
  </fieldset>`
}

const CLOSED_PLACE = 'Ce lieu n’existe plus, ou n’accueille plus le public'

/** A place that lacks, or a correction: what is known of it, nothing of who says it. */
export function placeForm(view: FormView): SafeHtml {
  const { forms, typed } = view
  const asked = forms.settings.place.fields.map((field) => forms.asked(field))
  const fields = html`${asked.map((field) => placeField(view, field))}
    <label class="choice"
      ><input
        type="checkbox"
        name="ferme"
        value="oui"
        ${typed['ferme'] === undefined ? null : html` checked`}
      />${CLOSED_PLACE}</label
    >
    ${becomes([
      "Rien ne change dans la base avant qu'un·e référent·e l'ait relu et accepté.",
      "Écrivez ce qui est public : le numéro et l'adresse du lieu, jamais ceux d'une personne. Rien n'est gardé de vous : ni nom, ni cookie, ni adresse de votre appareil.",
      'Si la base a déjà ce lieu, sous ce nom et dans cette commune, ce que vous écrivez y est proposé comme correction.',
    ])}`
  const labelOf = (name: string) => asked.find(({ field }) => field === name)?.title ?? name
  const shown = {
    title: 'Signaler un lieu ou une correction',
    intro: forms.settings.place.intro,
    fields,
    button: 'Envoyer',
  }
  return formPage(view, shown, labelOf)
}

const LONG = ['presentation_resume', 'presentation_detail', 'horaires']

function placeField(view: FormView, { field, title, help, choices }: AskedField): SafeHtml {
  const isNeeded = field === 'nom' || field === 'commune'
  const label = isNeeded ? typeset(`${title} (obligatoire)`) : title
  if (choices.length === 0)
    return written(view, {
      ...{ name: field, label, help, lines: LONG.includes(field) ? 3 : 1, most: LONGEST },
      more: isNeeded ? html` required` : null,
    })
  const chosen = (view.typed[field] ?? '').split('|')
  return html`<fieldset>
    <legend>${title}</legend>
    ${help === null ? null : html`<span class="help" id="aide-${field}">${help}</span>`}
    ${faultOf(view, field)}
    ${choices.map(
      (one, at) =>
        html`<label class="choice"
          ><input
            type="checkbox"
            name="${field}"
            value="${one}"
            ${at === 0 ? html` id="champ-${field}"` : null}
            ${chosen.includes(one) ? html` checked` : null}
            ${describedBy(view, field, help !== null)}
          />${one}</label
        >`,
    )}
  </fieldset>`
}

/** What happens next; `sheet`: whether who looks may see the sheet of the EPCI. */
export function thanksPage({
  key,
  kind,
  siren,
  name,
  visitor,
  sheet,
  forms: { settings, hub },
}: {
  readonly key: string
  readonly kind: FormKind
  readonly siren: string
  readonly name: string
  readonly visitor: Visitor | null
  readonly sheet: boolean
  readonly forms: NonNullable<FormDesk>
}): SafeHtml {
  const contact = hub.contact === null ? '' : ` (${hub.contact})`
  const main = html`<p class="soft">${name} · ${hub.name}</p>
    <h1>${typeset('Merci, c’est enregistré')}</h1>
    <p>${typeset(settings[kind].thanks)}</p>
    <ul class="links">
      ${sheet ? html`<li><a href="/epcis/${siren}">${typeset(`La fiche : ${name}`)}</a></li>` : null}
      <li>
        <a href="/formulaire/${key}"
          >${typeset(kind === 'diagnostic' ? 'Compléter ou corriger mes réponses' : 'Signaler un autre lieu')}</a
        >
      </li>
    </ul>
    ${
      sheet
        ? null
        : html`<p class="small soft">
            ${typeset(`La fiche du territoire se lit avec un compte : demandez-la à ${hub.name}${contact}. `)}<a
              href="/connexion?to=/epcis/${siren}"
              >${typeset('J’ai un compte')}</a
            >
          </p>`
    }`
  return layout({ title: `Merci\u00a0: ${name}`, visitor, kind: 'narrow', main })
}

/** What stands where an address opens no form, or no more; `until` null: it says nothing of a day. */
export function closedFormPage(until: string | null): SafeHtml {
  const text =
    until === null
      ? "Cette adresse n'ouvre aucun formulaire : elle a été renouvelée, ou s'est abîmée en chemin. Demandez la nouvelle à qui vous l'a donnée."
      : `Ce formulaire était ouvert jusqu'au ${frenchDay(until)}. Demandez la nouvelle adresse à qui vous l'a donnée.`
  const main = html`<h1>${typeset('Ce formulaire est fermé')}</h1>
    <p>${typeset(text)}</p>`
  return layout({ title: 'Formulaire fermé\u00a0: Portrea', visitor: null, kind: 'narrow', main })
}
