import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { typeset } from '../../domain/typography.ts'
import { layout } from './layout.ts'

/** What the page of sign-in says. */
export type SignInView = {
  /** Where to go afterwards: a path of this service. */
  readonly to: string
  /** What went wrong the last time, in French; null: nothing yet. */
  readonly error: string | null
  readonly email: string
}

const WHAT =
  "Portrea lit les fiches d'acteurs dans NocoDB, mesure leur complétude et la maturité de chaque EPCI, et y inscrit le référentiel de déploiement recommandé et la charge en jours."

/** The page on which people sign in with their NocoDB account. */
export function signInPage({ to, error, email }: SignInView): SafeHtml {
  const main = html`<h1>Portrea</h1>
    <p class="soft">${typeset(WHAT)}</p>
    <div class="card">
      ${error === null ? null : html`<p class="error" role="alert">${typeset(error)}</p>`}
      <form method="post" action="/connexion">
        <input type="hidden" name="to" value="${to}" />
        <label
          >Courriel de votre compte NocoDB<input
            name="email"
            type="email"
            autocomplete="username"
            required
            value="${email}"
            autofocus
        /></label>
        <label
          >Mot de passe<input name="password" type="password" autocomplete="current-password" required
        /></label>
        <p><button>Se connecter</button></p>
      </form>
      <p class="small soft">
        ${typeset("C'est le compte avec lequel vous ouvrez NocoDB ; Portrea ne garde pas le mot de passe.")}
      </p>
    </div> `
  return layout({ title: 'Portrea\u00a0: se connecter', visitor: null, kind: 'narrow', main })
}
