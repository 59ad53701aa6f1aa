import { html } from 'ghtml'
import { typeset } from '../../domain/typography.ts'
import { layout } from './layout.ts'

/** What stands where an EPCI has no sheet. */
export function missingPage(email: string): string {
  return message(
    email,
    'Pas de fiche',
    "Cet EPCI n'a pas encore de résultat : vérifiez son SIREN dans la table « EPCI » de NocoDB, puis attendez la prochaine synchronisation.",
  )
}

/** What stands where an address leads to nothing; `email`: whoever signed in, null: nobody. */
export function unknownPage(email: string | null): string {
  return message(email, 'Page introuvable', 'Cette adresse ne mène à rien dans Portrea.')
}

/** What stands where the base should open and NocoDB does not answer. */
export function nocodbAwayPage(email: string): string {
  return message(
    email,
    'NocoDB ne répond pas',
    "La base ne peut pas être ouverte pour l'instant. Réessayez dans un moment ; si cela dure, prévenez la personne qui administre Portrea.",
  )
}

function message(email: string | null, title: string, text: string): string {
  const main = html`<main class="sheet">
    <h1>${title}</h1>
    <p>${typeset(text)}</p>
    <p><a href="/">← Tableau de bord</a></p>
  </main>`
  return layout({ title: `Portrea : ${title}`, email, main })
}
