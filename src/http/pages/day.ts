import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { FieldName } from '../../domain/fields.ts'
import { LONGEST } from '../../domain/journee/answers.ts'
import type { DayRecord } from '../../domain/journee/day-record.ts'
import { capital, counted, frenchDay, frenchList, isPlural, typeset } from '../../domain/typography.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'
import { qrCode } from './qr-code.ts'

/** Where the pages of one journée stand, and what they may show. */
export type DayPlace = {
  /** The path of its first page, without a slash at the end. */
  readonly root: string
  /** null: somebody with a link of the day. */
  readonly visitor: Visitor | null
  /** « Haut-Léon Communauté » */
  readonly name: string
  /** 'YYYY-MM-DD'; null: it has none yet. */
  readonly date: string | null
  readonly place: string | null
  /** Whether who looks may open the door, where names are read. */
  readonly door: boolean
  readonly groups: readonly number[]
  /** Why nothing that is written here can be taken, in French; null: it is. */
  readonly refusal: string | null
}

/** A field as it is asked for: its title, how it is written, and the values to choose from; none: free text. */
export type AskedField = {
  readonly field: FieldName
  readonly title: string
  readonly help: string | null
  readonly choices: readonly string[]
}

/** What a phone tells after a form that was sent without the script. */
export type Said = string | null

/** Somebody who is expected; `group` null: in none yet. */
export type Expected = {
  readonly id: number
  readonly name: string | null
  readonly organisation: string | null
  readonly position: string | null
  readonly group: number | null
  readonly attended: boolean
}

function dayPage(place: DayPlace, title: string, main: SafeHtml): SafeHtml {
  const { visitor } = place
  return layout({ title: `${title}\u00a0: Portrea`, visitor, kind: 'sheet', script: 'day', main })
}

function head(place: DayPlace, title: string): SafeHtml {
  const when = place.date === null ? 'Journée sans date' : `Journée du ${frenchDay(place.date)}`
  const where = place.place === null ? '' : `, ${place.place}`
  return html`<p class="soft">${place.name} · ${when}${where}</p>
    <h1>${typeset(title)}</h1>`
}

/** The links of the day, for who prepares it. */
export type DayLinkAddresses = { readonly groups: string; readonly door: string }

/** The first page: the groups, the door, a place that lacks; `links` null: not for who looks. */
export function dayHome(place: DayPlace, links: DayLinkAddresses | null): SafeHtml {
  const { root, groups, door } = place
  const group = (number: number) =>
    html`<li><a class="button big" href="${root}/groupe/${number}">Groupe ${number}</a></li>`
  const main = html`${head(place, 'La journée')} ${sending(place, null)}
    <p>
      ${typeset('Chaque groupe complète une part des fiches du territoire. Ce que vous écrivez est proposé aux référent·e·s, qui le relisent avant de le mettre dans la base.')}
    </p>
    <ul class="choices">
      ${groups.map(group)}
      ${door ? html`<li><a class="button big quiet" href="${root}/accueil">Accueil : qui est là</a></li>` : null}
      <li><a class="button big quiet" href="${root}/lieu">Ajouter un lieu qui manque</a></li>
      ${place.visitor === null ? null : html`<li><a class="button big quiet" href="${root}/bilan">Ce que la journée a apporté</a></li>`}
    </ul>
    ${links === null ? null : linksCard(place, links)}`
  return dayPage(place, 'La journée', main)
}

function linksCard({ root, date }: DayPlace, { groups, door }: DayLinkAddresses): SafeHtml {
  return html`<div class="card">
    <h2>${typeset('Sans compte, le jour même')}</h2>
    <p>
      ${typeset(`Ces liens s'ouvrent le ${date === null ? 'jour de la journée' : frenchDay(date)}, et ce jour-là seulement. Le second montre les noms des personnes attendues : donnez-le à qui tient l'accueil.`)}
    </p>
    <p><strong>Pour les groupes</strong><br /><a href="${groups}">${groups}</a></p>
    ${qrCode(groups, 'Code QR : la page des groupes')}
    <p><strong>${typeset("Pour l'accueil")}</strong><br /><a href="${door}">${door}</a></p>
    ${qrCode(door, "Code QR : la page de l'accueil")}
    <form method="post" action="${root}/liens"><button class="quiet">Renouveler les deux liens</button></form>
  </div>`
}

/** The records of one group, each with a form for what it lacks. */
export function groupPage(
  place: DayPlace,
  group: number,
  {
    records,
    left,
    waiting,
    known,
    asked,
    next,
    said,
  }: {
    readonly records: readonly DayRecord[]
    /** How many of the group's records lack something, and of how many something waits to be accepted. */
    readonly left: number
    readonly waiting: number
    /** How many records the territory has. */
    readonly known: number
    readonly asked: (field: FieldName) => AskedField
    /** The address of the records after these; null: there are none. */
    readonly next: string | null
    readonly said: Said
  },
): SafeHtml {
  const main = html`${head(place, `Groupe ${group}`)} ${sending(place, said)}
    <p>${typeset(groupText(left, waiting, known))}</p>
    ${records.map((record) => recordForm(place, group, record, asked))}
    <ul class="links">
      ${next === null ? null : html`<li><a href="${next}">Les fiches suivantes</a></li>`}
      <li><a href="${place.root}/lieu?groupe=${group}">Ajouter un lieu qui manque</a></li>
      <li><a href="${place.root}">Les autres groupes</a></li>
    </ul>`
  return dayPage(place, `Groupe ${group}`, main)
}

function groupText(left: number, waiting: number, known: number): string {
  if (known === 0)
    return "Aucune fiche de ce territoire n'est encore dans la base : ajoutez les lieux que vous connaissez."
  const sent =
    waiting === 0
      ? ''
      : ` ${counted(waiting, 'fiche')} ${waiting < 2 ? 'a une réponse qui attend' : 'ont des réponses qui attendent'} d'être relue${waiting < 2 ? '' : 's'}.`
  if (left === 0) return `Rien d'autre ne manque aux fiches de ce groupe.${sent}`
  return `${counted(left, 'fiche')} à compléter. Ouvrez une fiche, écrivez ce que vous savez, laissez le reste vide.${sent}`
}

function recordForm(
  { root, refusal }: DayPlace,
  group: number,
  { id, name, commune, address, lacks, wrong }: DayRecord,
  asked: (field: FieldName) => AskedField,
): SafeHtml {
  const where = [address, commune].filter((one) => one !== null).join(', ')
  const count = lacks.length + wrong.length
  const corrected = wrong.map(({ field, value, message }) =>
    input(`f${id}`, { ...asked(field), help: `${message} Aujourd’hui : « ${value} ».` }),
  )
  const titles = [...wrong, ...lacks.map((field) => ({ field }))].map(({ field }) => asked(field).title)
  const form = html`<form
    method="post"
    action="${root}/groupe/${group}/fiches/${id}"
    data-answer="record"
    data-about="${name}"
  >
    ${corrected} ${lacks.map((field) => input(`f${id}`, asked(field)))}
    <p><button class="big">Envoyer</button> <span data-said role="status"></span></p>
  </form>`
  return html`<details class="record" id="f${id}">
    <summary>
      <strong>${name}</strong>
      <span class="soft">${where === '' ? 'adresse inconnue' : where}</span>
      <span class="pill fair">${count} ${isPlural(count) ? 'réponses manquent' : 'réponse manque'}</span>
    </summary>
    ${refusal === null ? form : html`<p>${frenchList(titles)}</p>`}
  </details>`
}

/** A place that the base does not have. */
export function newPlacePage(
  place: DayPlace,
  {
    asked,
    group,
    said,
  }: { readonly asked: readonly AskedField[]; readonly group: number | null; readonly said: Said },
): SafeHtml {
  const back = group === null ? place.root : `${place.root}/groupe/${group}`
  const form = html`<form
    method="post"
    action="${place.root}/lieu"
    data-answer="place"
    data-about="Un lieu qui manque"
  >
    ${group === null ? null : html`<input type="hidden" name="groupe" value="${group}" />`}
    ${asked.map((field) => input('lieu', field))}
    <p><button class="big">Envoyer</button> <span data-said role="status"></span></p>
  </form>`
  const main = html`${head(place, 'Un lieu qui manque')} ${sending(place, said)}
    ${place.refusal === null ? form : null}
    <p><a href="${back}">Retour</a></p>`
  return dayPage(place, 'Un lieu qui manque', main)
}

function input(prefix: string, { field, title, help, choices }: AskedField): SafeHtml {
  const id = `${prefix}-${field}`
  const helped = help === null ? null : html`<span class="help" id="${id}-aide">${help}</span>`
  if (choices.length > 0)
    return html`<fieldset>
      <legend>${title}</legend>
      ${helped}
      ${choices.map((one) => html`<label class="choice"><input type="checkbox" name="${field}" value="${one}" />${one}</label>`)}
    </fieldset>`
  const described = help === null ? null : html` aria-describedby="${id}-aide"`
  const long = field === 'presentation_resume' || field === 'presentation_detail' || field === 'horaires'
  const box = long
    ? html`<textarea id="${id}" name="${field}" rows="3" maxlength="${LONGEST}" ${described}></textarea>`
    : html`<input id="${id}" name="${field}" autocomplete="off" maxlength="${LONGEST}" ${described} />`
  return html`<label for="${id}">${title}</label>${helped}${box}`
}

/** Who is expected, to tick at the door. */
export function doorPage(place: DayPlace, people: readonly Expected[], said: Said): SafeHtml {
  const here = people.filter(({ attended }) => attended).length
  const main = html`${head(place, 'Accueil')} ${sending(place, said)}
    <p>
      ${
        people.length === 0
          ? typeset("Personne n'est encore inscrit dans « Participants » pour cette journée.")
          : html`Présent·e·s : <strong data-here>${here}</strong> sur ${people.length}. Touchez un nom pour le
              cocher, encore une fois pour l’ôter.`
      }
    </p>
    <ul class="choices people">
      ${people.map((one) => person(place, one))}
    </ul>
    <p><a href="${place.root}">Les groupes</a></p>`
  return dayPage(place, 'Accueil', main)
}

function person({ root }: DayPlace, one: Expected): SafeHtml {
  const about = [one.organisation, one.position, one.group === null ? null : `groupe ${one.group}`]
  return html`<li>
    <form method="post" action="${root}/accueil/${one.id}" data-answer="presence">
      <input type="hidden" name="present" value="${one.attended ? '' : '1'}" />
      <button class="big tick" aria-pressed="${one.attended ? 'true' : 'false'}">
        <strong>${one.name ?? 'Sans nom'}</strong>
        <span>${about.filter((text) => text !== null).join(' · ')}</span>
      </button>
      <span data-said role="status"></span>
    </form>
  </li>`
}

function sending({ root, refusal }: DayPlace, said: Said): SafeHtml {
  return html`${refusal === null ? null : html`<p class="error">${refusal}</p>`}
    <p class="sending" data-queue="0" data-root="${root}" role="status"></p>
    <div class="error" data-refused hidden>
      <p>${typeset("Ces réponses n'ont pas été prises :")}</p>
      <ul></ul>
      <p><button type="button" class="quiet" data-forget>Les oublier</button></p>
    </div>
    ${said === null ? null : html`<p class="notice">${said}</p>`}`
}

/** Why a form that was sent was not taken, to a browser without the script: going back keeps what was typed. */
export function refusedDayPage(visitor: Visitor | null, said: string, back: string): SafeHtml {
  const main = html`<h1>${typeset("Cette réponse n'a pas été prise")}</h1>
    <p class="error">${said}</p>
    <p><a href="${back}">Revenir</a></p>`
  return layout({ title: 'La journée\u00a0: Portrea', visitor, kind: 'narrow', main })
}

/** A journée that is linked to no EPCI: nobody knows which records are its. */
export function dayWithoutEpciPage(visitor: Visitor): SafeHtml {
  const main = html`<h1>${typeset("Cette journée n'a pas d'EPCI")}</h1>
    <p>
      ${typeset('Liez-la à son EPCI dans « Journées », dans NocoDB, puis revenez : ses fiches seront là.')}
    </p>`
  return layout({ title: 'La journée\u00a0: Portrea', visitor, kind: 'sheet', main })
}

/** A link that is not for today, or for nothing any more; `date` null: it says nothing of a day. */
export function closedDayPage(date: string | null): SafeHtml {
  const text =
    date === null
      ? 'Ce lien ne donne plus rien : il a été renouvelé, ou la journée a changé de date. Demandez le nouveau à qui anime la journée.'
      : `Ce lien s’ouvre le ${frenchDay(date)}, et ce jour-là seulement.`
  return layout({
    title: 'La journée\u00a0: Portrea',
    visitor: null,
    kind: 'narrow',
    main: html`<h1>${capital('la journée')}</h1>
      <p>${typeset(text)}</p>`,
  })
}
