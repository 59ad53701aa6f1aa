import type { FormDesk } from './form-desk.ts'
import { formAddressRoutes } from './form-address-routes.ts'
import { formLinks } from './form-key.ts'
import { formRoutes } from './form-routes.ts'
import type { ReportSources } from './page-reports.ts'
import type { Sessions } from './session.ts'
import type { App } from './zod-routes.ts'

/** The forms without an account and the page of their addresses; none where config/forms.yaml has none. */
export function formPages(
  app: App,
  sessions: Sessions,
  {
    forms,
    keyed,
    ...parts
  }: ReportSources & {
    readonly forms: FormDesk
    readonly now: () => Date
    /** PORTREA_PUBLIC_URL, with its last slash; null: addresses follow the request. */
    readonly publicUrl: string | null
    /** An HMAC by a secret of the service that is not in its store. */
    readonly keyed: (text: string) => string
  },
): void {
  if (forms === null) return
  const open = { ...parts, forms, links: formLinks(parts.store, keyed) }
  formRoutes(app, sessions, open)
  formAddressRoutes(app, sessions, open)
}
