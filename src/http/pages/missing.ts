import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { ROLE_LABELS } from '../../domain/member.ts'
import type { Role } from '../../domain/member.ts'
import { frenchInstant, typeset } from '../../domain/typography.ts'
import { list } from './epci-card.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'
import type { PortreaError } from '../../errors.ts'

/** What stands where an EPCI has no sheet. */
export function missingPage(visitor: Visitor): SafeHtml {
  return message(
    visitor,
    'Pas de fiche',
    "Cet EPCI n'a pas encore de résultat : vérifiez son SIREN dans la table « EPCI » de NocoDB, puis attendez la prochaine synchronisation.",
  )
}

/** What stands where a perimeter is closed (config/nocodb.yaml) and the EPCI is not one's own. */
export function notYoursPage(visitor: Visitor): SafeHtml {
  return message(
    visitor,
    'Cette fiche est réservée',
    "Seul·e·s les référent·e·s de cet EPCI et les chargé·e·s de déploiement la voient. Si c'est le vôtre, faites écrire votre courriel dans la table « Référents » de NocoDB.",
  )
}

/** What stands where a perimeter is closed and NocoDB does not say in time whose the EPCI is. */
export function contactsAwayPage(visitor: Visitor): SafeHtml {
  return message(
    visitor,
    'NocoDB ne répond pas',
    "On ne sait pas pour l'instant quels EPCI sont les vôtres : rien n'est montré d'ici là. Réessayez dans un moment.",
  )
}

/** What stands where an address leads to nothing; `visitor`: who signed in, null: nobody. */
export function unknownPage(visitor: Visitor | null): SafeHtml {
  return message(visitor, 'Page introuvable', 'Cette adresse ne mène à rien dans Portrea.')
}

/** What stands where the base should open and NocoDB does not answer. */
export function nocodbAwayPage(visitor: Visitor): SafeHtml {
  return message(
    visitor,
    'NocoDB ne répond pas',
    "La base ne peut pas être ouverte pour l'instant. Réessayez dans un moment ; si cela dure, prévenez la personne qui administre Portrea.",
  )
}

/** What stands where the base cannot do it until somebody mends it; `why`: what is to be mended, in French. */
export function notPossiblePage(visitor: Visitor, why: string): SafeHtml {
  return message(visitor, 'Cela ne peut pas se faire', why)
}

/** What stands where somebody is no member of the base any more. */
export function removedPage(): SafeHtml {
  return message(
    null,
    'Vous êtes déconnecté·e',
    "Ce compte n'est plus membre de la base Portrea dans NocoDB : demandez à y être ajouté·e de nouveau, puis reconnectez-vous.",
  )
}

/** What stands where NocoDB has been away for so long that who is a member cannot be told. */
export function unverifiablePage(checkedAt: string): SafeHtml {
  return message(
    null,
    'NocoDB ne répond pas',
    `Votre accès à la base n'a pas pu être vérifié depuis ${frenchInstant(checkedAt)} : rien n'est montré d'ici là. Réessayez dans un moment, sans vous reconnecter ; si cela dure, prévenez la personne qui administre Portrea.`,
  )
}

/** What stands where something failed; `request` finds it in the log. */
export function faultPage(status: number, request: string): SafeHtml {
  const text =
    status < 500
      ? "Cette demande n'est pas de celles que Portrea comprend : vérifiez l'adresse."
      : status === 503
        ? `Ce dont cette page a besoin ne répond pas pour l'instant. Réessayez dans un moment ; si cela dure, donnez ce numéro à la personne qui administre Portrea : ${request}.`
        : `Quelque chose n'a pas fonctionné de notre côté. Réessayez dans un moment ; si cela dure, donnez ce numéro à la personne qui administre Portrea : ${request}.`
  return message(null, 'Cette page ne peut pas être montrée', text)
}

/** What stands where a journée is not there. */
export function noDayPage(visitor: Visitor): SafeHtml {
  return message(
    visitor,
    'Pas de journée',
    "Cette journée n'est pas, ou n'est plus, dans la table « Journées » de NocoDB.",
  )
}

/** What stands where a role in NocoDB may not print names; `least`: the one that may. */
export function mayNotPrintPage(visitor: Visitor, least: Role): SafeHtml {
  return message(
    visitor,
    'Ce document porte des noms',
    `Votre rôle dans NocoDB ne permet pas de l'imprimer : il faut au moins « ${ROLE_LABELS[least]} » (config/papers.yaml).`,
  )
}

/** What stands where a paper cannot be printed since its template is at fault; `faults`: in French, with file and line. */
export function faultyPaperPage(visitor: Visitor, faults: readonly string[]): SafeHtml {
  return message(
    visitor,
    'Ce document ne peut pas être imprimé',
    'Son modèle est à corriger, dans le dossier config/ du service. Les autres documents n’en souffrent pas.',
    '/',
    faults,
  )
}

/** What stands where a role does not allow what was asked, or another site asked for it. */
export function notAllowedPage(visitor: Visitor): SafeHtml {
  return message(
    visitor,
    'Votre rôle ne le permet pas',
    'Recalculer est permis à qui peut modifier la base, et lancer une synchronisation à ses propriétaires et créateur·rice·s. Demandez-le à la personne qui administre Portrea.',
  )
}

/** What stands once something was asked for; `back` leads to where it shows. */
export function askedPage(visitor: Visitor, back: string): SafeHtml {
  return message(visitor, 'C’est demandé', 'Les chiffres seront à jour dans un moment.', back)
}

/** What stands where it cannot be done. */
export function notDonePage(visitor: Visitor, { code }: PortreaError, back: string): SafeHtml {
  return message(visitor, 'Ce n’est pas possible pour l’instant', NOT_DONE[code] ?? NOT_DONE_OTHERWISE, back)
}

/** A file that would not hold what its address asks for is not made. */
export function noFilePage(visitor: Visitor, ignored: readonly string[]): SafeHtml {
  return message(
    visitor,
    'Ce fichier n’a pas été fait',
    'Son adresse demande ce qui ne peut pas être suivi pour l’instant : le fichier contiendrait autre chose.',
    '/epcis',
    ignored,
  )
}

/** Why, by the code of a fault: its own words name addresses that are for those who administer the service. */
const NOT_DONE: Readonly<Record<string, string>> = {
  SYNC_RUNNING: 'Une synchronisation est en cours : attendez sa fin, puis recommencez.',
  SYNC_HELD:
    'Le frein retient la synchronisation : le tableau de bord dit pourquoi, et comment la laisser passer.',
  NOCODB_UNAVAILABLE: 'NocoDB ne répond pas : réessayez dans un moment.',
  SCHEMA_MISMATCH:
    'La base ne correspond plus à la configuration : le tableau de bord dit ce qui est à mettre en ordre.',
}
const NOT_DONE_OTHERWISE =
  "Le service n'a pas pu le faire : sa personne administratrice en trouvera la cause dans le journal."

function message(
  visitor: Visitor | null,
  title: string,
  text: string,
  back = '/',
  faults: readonly string[] = [],
): SafeHtml {
  const where = back === '/' ? 'Mes EPCI' : 'Retour à la fiche'
  const main = html`<h1>${typeset(title)}</h1>
    <p>${typeset(text)}</p>
    ${list(faults)}
    <p><a href="${back}">← ${where}</a></p>`
  return layout({ title: `Portrea\u00a0: ${title}`, visitor, kind: 'sheet', main })
}
