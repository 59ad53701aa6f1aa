import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { REFERENTIALS } from '../../domain/diagnostic.ts'
import type { EpciReport } from '../../domain/epci-report.ts'
import { FACTOR_LABELS, REFERENTIAL_LABELS } from '../../domain/labels.ts'
import { FACTORS } from '../../domain/diagnostic.ts'
import type { Recommendation } from '../../domain/recommendation.ts'
import type { changedAnswers } from '../../domain/new-answers.ts'
import { frenchList, frenchNumber, typeset } from '../../domain/typography.ts'
import type { Days } from '../../domain/workload.ts'
import { NOT_KNOWN, SEEN } from '../what-if-form.ts'
import type { WhatIf, WhatIfField } from '../what-if-form.ts'
import { card, list } from './epci-card.ts'
import { figuresDay } from './figures-day.ts'
import { layout } from './layout.ts'
import { foldingTable } from './table.ts'
import type { Visitor } from './layout.ts'

import { confidencePill, referentialPill, unknown } from './pills.ts'

/** What the page of a what-if shows. */
export type WhatIfView = {
  readonly visitor: Visitor
  readonly report: EpciReport
  readonly whatIf: WhatIf
  /** By today's rules, as `changed` is: the stored result may be of former ones. */
  readonly now: Recommendation
  /** With the changes. */
  readonly changed: Recommendation
  /** Which of the changed answers a diagnostic would hold. */
  readonly saved: ReturnType<typeof changedAnswers>
  /** As it was typed. */
  readonly remark: string
  /** Whether the person may keep the answers as a diagnostic. */
  readonly maySave: boolean
  /** What became of keeping them; null: nothing was asked. */
  readonly told: { readonly kind: 'notice' | 'error'; readonly text: string } | null
}

/** « Et si ? »: answers and figures of one EPCI changed, and what moves; nothing is kept unless it is asked for. */
export function whatIfPage(view: WhatIfView): SafeHtml {
  const { visitor, report, whatIf, now, changed, maySave, told } = view
  const { siren, name, retained } = report
  const action = `/epcis/${siren}/et-si`
  const isChanged = changes(whatIf).length > 0
  const main = html`<p class="small"><a href="/epcis/${siren}">← ${name}</a></p>
    <h1>${typeset(`Et si ? ${name}`)}</h1>
    <p class="soft">
      ${typeset(
        'Changez des réponses ou des chiffres : le référentiel, la confiance et les jours sont refaits par les mêmes règles. Rien n’est enregistré ; l’adresse de la page garde vos changements, et peut s’envoyer.',
      )}
    </p>
    ${told === null ? null : html`<p class="${told.kind}" role="${told.kind === 'error' ? 'alert' : 'status'}">${typeset(told.text)}</p>`}
    <p class="small soft">${figuresDay([report])}</p>
    ${outcome(now, changed, { isChanged, retained })}
    <form method="get" action="${action}" class="what-if">
      ${fields('Réponses du diagnostic', whatIf.answers)} ${fields('Chiffres', whatIf.figures)}
      <p>
        <button>Refaire le calcul</button>
        ${isChanged ? html`<a class="button quiet" href="${action}">Revenir à aujourd’hui</a>` : null}
      </p>
    </form>
    ${maySave ? saving(action, view) : null}`
  return layout({ title: typeset(`Et si ? ${name}`), visitor, kind: 'sheet', main })
}

function changes({ answers, figures }: Pick<WhatIf, 'answers' | 'figures'>): WhatIfField[] {
  return [...answers, ...figures].filter(({ today, here }) => today !== here)
}

function outcome(
  now: Recommendation,
  then: Recommendation,
  { isChanged, retained }: { readonly isChanged: boolean; readonly retained: EpciReport['retained'] },
): SafeHtml {
  // As the sheet: a human choice is what the days are for.
  const load = ({ workloads, recommended }: Recommendation) => workloads[retained ?? recommended]
  const by = retained === null ? '' : ` (${REFERENTIAL_LABELS[retained]}, retenu)`
  const rows: readonly (readonly [string, SafeHtml | string, SafeHtml | string, boolean])[] = [
    [
      'Référentiel',
      referentialPill(now.recommended),
      referentialPill(then.recommended),
      now.recommended !== then.recommended,
    ],
    line('Lu d’après', now, then, ({ reading }) =>
      reading === 'aim' ? 'l’objectif' : 'la maturité (a priori)',
    ),
    line('A priori, sans l’objectif', now, then, ({ aPriori }) => REFERENTIAL_LABELS[aPriori.recommended]),
    [
      'Confiance',
      confidencePill(now.confidence.level),
      confidencePill(then.confidence.level),
      now.confidence.level !== then.confidence.level,
    ],
    line(`Jours des référent·e·s${by}`, now, then, (one) => daysText(load(one).referents)),
    line(`Jours du ou de la chargé·e${by}`, now, then, (one) => daysText(load(one).deploymentOfficer)),
    ...REFERENTIALS.map((key) =>
      line(`Points : ${REFERENTIAL_LABELS[key]}`, now, then, ({ scores }) => frenchNumber(scores[key])),
    ),
    ...FACTORS.map((key) => {
      const { score: before } = now.factors[key]
      const { score: after } = then.factors[key]
      const text = (score: number | null) => (score === null ? unknown() : frenchNumber(score))
      return [`${FACTOR_LABELS[key]} (sur 100)`, text(before), text(after), before !== after] as const
    }),
  ]
  const isTurned = now.recommended !== then.recommended
  const sentence = !isChanged
    ? 'Aucun changement : voici les résultats d’aujourd’hui.'
    : isTurned
      ? `Le référentiel recommandé passerait de ${REFERENTIAL_LABELS[now.recommended]} à ${REFERENTIAL_LABELS[then.recommended]}.`
      : `Le référentiel recommandé resterait ${REFERENTIAL_LABELS[then.recommended]}.`
  return card('Ce qui bouge', [
    html`<p><strong>${typeset(sentence)}</strong></p>`,
    foldingTable(
      'Aujourd’hui et avec ces changements',
      ['Résultat', 'Aujourd’hui', 'Avec ces changements', 'Différence'].map((label) => ({ label })),
      rows.map(([label, before, after, moved]) => [
        typeset(label),
        before,
        after,
        moved ? html`<strong>changé</strong>` : html`<span class="soft">pareil</span>`,
      ]),
    ),
    list(then.why),
  ])
}

function line(
  label: string,
  now: Recommendation,
  then: Recommendation,
  text: (one: Recommendation) => string,
): readonly [string, string, string, boolean] {
  const [before, after] = [text(now), text(then)]
  return [label, before, after, before !== after]
}

function daysText({ estimate, range: [low, high] }: Days): string {
  const spread = high - low < 0.05 ? '' : ` (de ${frenchNumber(low)} à ${frenchNumber(high)})`
  return `${frenchNumber(estimate)}${spread}`
}

function fields(title: string, all: readonly WhatIfField[]): SafeHtml {
  return html`<fieldset>
    <legend><h2>${title}</h2></legend>
    ${all.map(field)}
  </fieldset>`
}

function field({ name, label, options, today, here, todayText, fault }: WhatIfField): SafeHtml {
  const id = `champ-${name}`
  const moved = today === here ? 'aujourd’hui' : `changé ; aujourd’hui : ${todayText}`
  const said = options === null ? `${moved} ; vide : je ne sais pas` : moved
  const described = html` id="${id}" name="${name}" aria-describedby="${id}-dit"`
  const control =
    options === null
      ? html`<input
          ${described}
          inputmode="decimal"
          maxlength="12"
          value="${here === NOT_KNOWN ? '' : here.replace('.', ',')}"
        />`
      : html`<select ${described}>
          ${options.map(([value, words]) => html`<option value="${value}" ${value === here ? html` selected` : null}>${words}</option>`)}
        </select>`
  return html`<div class="${today === here ? 'field' : 'field changed'}">
    <label for="${id}">${label}</label>
    ${control}
    <span class="small soft" id="${id}-dit"
      >${typeset(said)}${fault === null ? null : html`<strong class="error"> ${typeset(fault)}</strong>`}</span
    >
  </div>`
}

/** How long a remark may be. */
export const REMARK_SIGNS = 2000
/** Why « je ne sais pas » is no change that can be kept. */
export const UNKNOWN_NOT_KEPT =
  '« Je ne sais pas » ne s’enregistre pas : un nouveau diagnostic n’efface jamais une réponse. Pour retirer une réponse, corrigez le diagnostic qui la porte, dans NocoDB.'

function saving(
  action: string,
  { whatIf: { answers, figures }, saved, remark }: WhatIfView,
): SafeHtml | null {
  const { kept, unknown, counted } = saved
  const named = (keys: readonly string[]) =>
    answers.filter(({ name }) => keys.includes(name)).map(({ label }) => label)
  const fields = answers.filter(({ name }) => Object.hasOwn(kept, name))
  const notes = [
    ...(unknown.length === 0
      ? []
      : [`Ne change pas dans la base : ${frenchList(named(unknown))}. ${UNKNOWN_NOT_KEPT}`]),
    ...(counted.length === 0
      ? []
      : ['Le nombre de référent·e·s se compte dans la table « Référents » : il ne s’enregistre pas ici.']),
  ].map((note) => html`<p class="notice">${typeset(note)}</p>`)
  if (fields.length === 0 && notes.length === 0) return null
  // Figures and « je ne sais pas » are not kept, but the page that says why not shows them again.
  const hidden = [
    ...fields.map(({ name, today }) => [`${SEEN}${name}`, today] as const),
    ...changes({ answers, figures }).map(({ name, here }) => [name, here] as const),
  ]
  return card('Enregistrer', [
    ...notes,
    fields.length === 0 ? null : savingForm(action, fields, { hidden, remark }),
  ])
}

function savingForm(
  action: string,
  changed: readonly WhatIfField[],
  { hidden, remark }: { readonly hidden: readonly (readonly [string, string])[]; readonly remark: string },
): SafeHtml {
  return html`<p>
      ${typeset('Ces réponses deviennent un nouveau diagnostic de la base, daté d’aujourd’hui, à votre nom ; les autres gardent leur date et leur auteur·e. Les chiffres, eux, se mesurent et ne s’enregistrent pas.')}
    </p>
    ${list(changed.map(({ label, todayText, hereText }) => `${label} : ${hereText} (aujourd’hui : ${todayText})`))}
    <form method="post" action="${action}">
      ${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <label for="remarque">Remarque (facultative)</label>
      <textarea id="remarque" name="remarque" rows="2" maxlength="${REMARK_SIGNS}">${remark}</textarea>
      <p><button>Enregistrer comme nouveau diagnostic</button></p>
    </form>`
}
