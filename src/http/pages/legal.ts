import { commandLine } from '../../domain/command-line.ts'
import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { THEMES } from '../../config/accessibility-file.ts'
import type { Accessibility } from '../../config/accessibility-file.ts'
import type { Hub, Legal } from '../../config/hub-file.ts'
import type { Retention } from '../../domain/rules/retention.ts'
import { counted, frenchDay, frenchNumber, typeset } from '../../domain/typography.ts'
import { card, list } from './epci-card.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'
import { foldingTable } from './table.ts'

/** Who answers for the service, as the Hub says it. */
export type LegalView = {
  readonly visitor: Visitor | null
  readonly hub: Pick<Hub, 'name' | 'contact'> & { readonly legal: Legal }
}

const MISSING = 'à compléter par le Hub (config/hub.yaml)'

function page(
  { visitor }: LegalView,
  here: string,
  title: string,
  parts: readonly (SafeHtml | null)[],
): SafeHtml {
  const main = html`<h1>${title}</h1>
    ${[...parts]}`
  return layout({ title: `Portrea\u00a0: ${title}`, visitor, here, kind: 'sheet', main })
}

function text(sentence: string): SafeHtml {
  return html`<p>${typeset(sentence)}</p>`
}

/** An address as a link; other words as they are; null: whose it is to be said. */
function reach(contact: string | null): SafeHtml {
  if (contact === null) return html`<em>${MISSING}</em>`
  if (/^[^\s@]+@[^\s@]+$/u.test(contact)) return html`<a href="mailto:${contact}">${contact}</a>`
  return /^https:\/\/\S+$/u.test(contact) ? html`<a href="${contact}">${contact}</a>` : html`${contact}`
}

function told(label: string, value: string | null): SafeHtml {
  return html`<li>
    ${typeset(`${label} : `)}${value === null ? html`<em>${MISSING}</em>` : typeset(value)}
  </li>`
}

/** « Mentions légales » */
export function noticePage(view: LegalView): SafeHtml {
  const { name, contact, legal } = view.hub
  return page(view, '/mentions-legales', 'Mentions légales', [
    card('Qui publie ce service', [
      html`<ul>
        ${told('Éditeur', legal.publisher ?? name)} ${told('Responsable de la publication', legal.director)}
        ${told('Hébergeur', legal.host)}
        <li>Contact : ${reach(contact)}</li>
      </ul>`,
    ]),
    card('Données et logiciel', [
      text('Les chiffres viennent de la base NocoDB du Hub, et des règles de son dossier config/.'),
      text(
        'La liste des communes et des EPCI vient du découpage administratif publié par Etalab (INSEE, DGCL, La Poste ; Licence Ouverte) ; la carte nomme la source de ses contours.',
      ),
      text('Portrea est un logiciel libre (licence MIT).'),
    ]),
  ])
}

const TABLE_NAMES: Readonly<Record<keyof Retention, string>> = {
  participants: 'participant·e·s des journées',
  referents: 'référent·e·s',
  officers: 'chargé·e·s de déploiement',
  invitations: 'personnes nommées dans les invitations',
  diagnostics: 'personnes qui ont rempli un diagnostic',
}

/** « Données personnelles » */
export function privacyPage(
  view: LegalView & { readonly retention: Retention; readonly forms: boolean },
): SafeHtml {
  const { name, contact, legal } = view.hub
  const kept = (Object.keys(TABLE_NAMES) as (keyof Retention)[]).map((table) => {
    const months = view.retention[table]?.months ?? null
    return `${TABLE_NAMES[table]} : ${months === null ? 'sans limite fixée' : `${counted(months, 'mois', 'mois')} après le dernier signe`}`
  })
  return page(view, '/donnees-personnelles', 'Données personnelles', [
    card('Qui en répond', [
      html`<ul>
        ${told('Responsable du traitement', legal.publisher ?? name)}
        <li>${typeset('Délégué·e à la protection des données : ')}${reach(legal.dataProtection)}</li>
        <li>Contact : ${reach(contact)}</li>
      </ul>`,
    ]),
    card('Ce qui est tenu, et où', [
      text(
        'Noms, courriels et téléphones sont dans la base NocoDB du Hub, et là seulement : Portrea les lit pour les montrer. Ce qu’il a lu peut lui servir quelques minutes, le temps de quelques pages, dans la mémoire de l’ordinateur ; il n’en écrit rien dans ses fichiers ni dans ses journaux.',
      ),
      text('Ses fichiers tiennent des chiffres par EPCI, des empreintes et des numéros de lignes.'),
      titledList('Durées de conservation dans NocoDB (config/retention.yaml) :', kept),
      text(`L’effacement se fait par la commande « ${commandLine('purge')} », lancée par le Hub.`),
    ]),
    view.forms ? publicForms(view.retention) : null,
    card('Cookie', [
      text(
        'Un seul, signé, posé à la connexion et effacé à la déconnexion ou au bout de dix heures : il dit qui vous êtes dans la base. Aucun traceur, aucune mesure d’audience, aucun contenu venu d’ailleurs : il n’y a rien à accepter.',
      ),
    ]),
    card('Vos droits', [
      text(
        'Accès, rectification, effacement, opposition : écrivez au contact ci-dessus. Sans réponse sous un mois, vous pouvez saisir la CNIL.',
      ),
    ]),
  ])
}

function publicForms({ diagnostics }: Retention): SafeHtml {
  const erase = diagnostics?.erase ?? []
  const isBoth = erase === 'row' || (erase.includes('author') && erase.includes('remark'))
  const months = isBoth ? (diagnostics?.months ?? null) : null
  const ends = months === null ? 'sans limite fixée' : `effacés au bout de ${counted(months, 'mois', 'mois')}`
  return card('Les formulaires sans compte', [
    text(
      `Le diagnostic demande, sans obligation, une fonction ou une structure et une remarque : elles vont dans la base NocoDB du Hub (durée : ${ends}). Un lieu signalé n’y inscrit que ce qui est écrit du lieu. Rien d’autre n’est gardé de qui répond : ni nom demandé, ni cookie, ni adresse de son appareil ; une empreinte de son réseau, qui ne permet pas de le retrouver, reste en mémoire pour limiter les envois.`,
    ),
  ])
}

function titledList(title: string, sentences: readonly string[]): SafeHtml {
  return html`<p>${typeset(title)}</p>
    ${list(sentences)}`
}

/** « Sécurité » */
export function securityPage(view: LegalView): SafeHtml {
  const { contact, legal } = view.hub
  return page(view, '/securite', 'Sécurité', [
    card('Signaler une faille', [
      html`<p>
        ${typeset('Écrivez à ')}${reach(legal.security ?? contact)}.
        ${typeset('Dites ce que vous avez vu et comment le refaire ; n’ouvrez les données de personne, et laissez le temps d’une correction avant d’en parler.')}
      </p>`,
      html`<p><a href="/.well-known/security.txt">security.txt</a></p>`,
    ]),
    card('Ce que fait le service', [
      list([
        'On s’y connecte avec son compte NocoDB ; le mot de passe n’est pas gardé, les essais sont limités.',
        'Quelques minutes après qu’un compte a quitté la base, ses pages se ferment.',
        'Les pages n’exécutent qu’un script, le leur, et ne chargent rien d’ailleurs.',
        'Aucune donnée personnelle n’est écrite dans les journaux.',
      ]),
    ]),
  ])
}

const STATES = { C: 'conforme', NC: 'non conforme', NA: 'non applicable', NT: 'non testé' } as const

/** « Accessibilité »: the declaration, and the grid of the 106 criteria. */
export function accessibilityPage(view: LegalView & { readonly found: Accessibility }): SafeHtml {
  const { found, hub } = view
  const count = (state: keyof typeof STATES) => found.criteria.filter((one) => one.state === state).length
  const [met, failed, untested, none] = [count('C'), count('NC'), count('NT'), count('NA')]
  const share = (100 * met) / (met + failed + untested)
  return page(view, '/accessibilite', 'Accessibilité', [
    card('Déclaration', [
      html`<p>
        <strong>${typeset(`Accessibilité : ${found.statement.state}.`)}</strong>
        ${typeset(found.statement.why)}
      </p>`,
      text(
        `Au ${frenchDay(found.date)}, des 106 critères du RGAA 4.1.2 : ${frenchNumber(met)} conformes, ${frenchNumber(failed)} non conformes, ${frenchNumber(untested)} non testés, ${frenchNumber(none)} non applicables ; soit ${frenchNumber(Math.floor(share), 0)} % de critères constatés conformes parmi ceux qui s’appliquent, les non testés comptés comme non conformes.`,
      ),
      text(found.method),
      text(`Pages essayées : ${found.pages.join(', ')}.`),
    ]),
    card('Une difficulté ?', [
      html`<p>
        ${typeset('Écrivez à ')}${reach(hub.contact)}${typeset(' : ce que vous cherchiez, et avec quel matériel. Sans réponse, vous pouvez saisir le Défenseur des droits.')}
      </p>`,
    ]),
    ...THEMES.map(([title], theme) =>
      card(`${theme + 1}. ${title}`, [
        foldingTable(
          `Critères du thème ${title}`,
          [{ label: 'Critère' }, { label: 'État' }, { label: 'Pourquoi' }],
          found.criteria
            .filter(({ criterion }) => criterion.startsWith(`${theme + 1}.`))
            .map(({ criterion, subject, state, why }) => [
              typeset(`${criterion} ${subject}`),
              STATES[state],
              typeset(why),
            ]),
        ),
      ]),
    ),
  ])
}
