import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { EpciReport } from '../../domain/epci-report.ts'
import { frenchDay, typeset } from '../../domain/typography.ts'
import { FORM_KINDS } from '../form-key.ts'
import type { FormKind } from '../form-key.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'

const TITLES: Readonly<Record<FormKind, readonly [title: string, purpose: string]>> = {
  diagnostic: [
    'Le diagnostic du territoire',
    'Dix questions. Chaque envoi devient une ligne de « Diagnostics », au nom du « Formulaire public ».',
  ],
  place: [
    'Signaler un lieu ou une correction',
    'Chaque envoi attend dans « Propositions » : vous acceptez, ou non.',
  ],
}

/** The secret addresses of the forms of an EPCI, for who may write in the base. */
export function formAddressesPage({
  visitor,
  report: { siren, name },
  until,
  addresses,
  renewed,
}: {
  readonly visitor: Visitor
  readonly report: EpciReport
  /** The last day on which they are open, 'YYYY-MM-DD'. */
  readonly until: string
  readonly addresses: Readonly<Record<FormKind, string>>
  readonly renewed: boolean
}): SafeHtml {
  const one = (kind: FormKind) => {
    const [title, purpose] = TITLES[kind]
    return html`<section class="card form-address">
      <img
        src="/epcis/${siren}/formulaires/${kind}.svg"
        alt="${typeset(`Code QR : ${title}, ${name}`)}"
        width="180"
        height="180"
      />
      <div>
        <h2>${typeset(title)}</h2>
        <p>${typeset(purpose)}</p>
        <p><a href="${addresses[kind]}">${addresses[kind]}</a></p>
      </div>
    </section>`
  }
  const main = html`<p class="small screen"><a href="/epcis/${siren}">← ${name}</a></p>
    <h1>${typeset(`Formulaires : ${name}`)}</h1>
    ${renewed ? html`<p class="notice" role="status">${typeset('Les adresses sont renouvelées : les précédentes n’ouvrent plus rien.')}</p>` : null}
    <p>
      ${typeset(`À donner à qui connaît le territoire : ces formulaires se remplissent sans compte. Qui a l'adresse peut répondre, jusqu'au ${frenchDay(until)}.`)}
    </p>
    ${FORM_KINDS.map(one)}
    <form method="post" action="/epcis/${siren}/formulaires" class="card screen">
      <h2>${typeset('Une adresse a trop circulé ?')}</h2>
      <p>${typeset('Renouvelez-les : celles que vous avez données ou imprimées ne s’ouvrent plus.')}</p>
      <p><button class="quiet">Renouveler les deux adresses</button></p>
    </form>`
  return layout({ title: `Formulaires\u00a0: ${name}`, visitor, kind: 'sheet', main })
}
