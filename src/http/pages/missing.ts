import { html } from 'ghtml'
import { typeset } from '../../domain/typography.ts'
import { layout } from './layout.ts'

/** What stands where an EPCI has no sheet. */
export function missingPage(email: string): string {
  const main = html`<main class="sheet">
    <h1>Pas de fiche</h1>
    <p>
      ${typeset("Cet EPCI n'a pas encore de résultat : vérifiez son SIREN dans la table « EPCI » de NocoDB, puis attendez la prochaine synchronisation.")}
    </p>
    <p><a href="/">← Tous les EPCI</a></p>
  </main>`
  return layout({ title: 'Portrea : pas de fiche', email, main })
}
