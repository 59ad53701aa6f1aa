import type { SafeHtml } from '@remix-run/html-template'
import type { Accessibility } from '../config/accessibility-file.ts'
import type { Hub } from '../config/hub-file.ts'
import type { Retention } from '../domain/rules/retention.ts'
import { knownVisitor } from './page-visitor.ts'
import { accessibilityPage, noticePage, privacyPage, securityPage } from './pages/legal.ts'
import type { LegalView } from './pages/legal.ts'
import type { Sessions } from './session.ts'
import { sendPage } from './sign-in-routes.ts'
import type { App } from './zod-routes.ts'

/** What the pages of information are made of. */
export type LegalSources = {
  readonly hub: Pick<Hub, 'name' | 'contact' | 'legal'>
  readonly retention: Retention
  /** config/forms.yaml; absent: no form without an account. */
  readonly forms?: { readonly enabled: boolean }
  readonly accessibility: Accessibility
  readonly now: () => Date
}

/** GET /accessibilite, /mentions-legales, /donnees-personnelles, /securite and /.well-known/security.txt: open to all. */
export function legalRoutes(app: App, sessions: Sessions, sources: LegalSources): void {
  const { hub, retention, accessibility, now, forms } = sources
  const pages: Readonly<Record<string, (view: LegalView) => SafeHtml>> = {
    '/accessibilite': (view) => accessibilityPage({ ...view, found: accessibility }),
    '/mentions-legales': noticePage,
    '/donnees-personnelles': (view) => privacyPage({ ...view, retention, forms: forms?.enabled === true }),
    '/securite': securityPage,
  }
  for (const [address, page] of Object.entries(pages))
    app.get(address, { schema: { hide: true } }, async (request, reply) => {
      const visitor = await knownVisitor(sessions, request, reply)
      return sendPage(reply, page({ visitor, hub }))
    })
  app.get('/.well-known/security.txt', { schema: { hide: true } }, async (_, reply) => {
    const contact = securityContact(hub)
    if (contact === null) return reply.callNotFound()
    const lines = [`Contact: ${contact}`, `Expires: ${nextYear(now())}`, 'Preferred-Languages: fr, en']
    return reply
      .type('text/plain; charset=utf-8')
      .serializer(String)
      .send(`${lines.join('\n')}\n`)
  })
}

/** RFC 9116 asks for an address of the web or of a mailbox; null: neither is known. */
function securityContact({ contact, legal }: LegalSources['hub']): string | null {
  const given = legal.security ?? contact
  if (given === null) return null
  if (/^[^\s@]+@[^\s@]+$/u.test(given)) return `mailto:${given}`
  return /^https:\/\/\S+$/u.test(given) ? given : null
}

/** It is read from the configuration each time: it holds for as long as RFC 9116 allows. */
function nextYear(at: Date): string {
  return new Date(at.getTime() + 364 * 86_400_000).toISOString()
}
