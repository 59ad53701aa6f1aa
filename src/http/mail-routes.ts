import { z } from 'zod'
import type { Store } from '../store/database.ts'
import { mailKeys } from '../store/mail-keys.ts'
import { hasLeft, leaveMail, rejoinMail } from '../store/mailings.ts'
import { leavePage, unknownLinkPage } from './pages/leave-mail.ts'
import { sendPage } from './sign-in-routes.ts'
import type { App } from './zod-routes.ts'

/** What the pages of those who want no mail are made of. */
export type MailPageParts = {
  readonly store: Store
  /** An HMAC by a secret of the service that is not in its store. */
  readonly keyed: (text: string) => string
}

const Link = z.object({ link: z.string().max(100) })

/**
 * GET /courriels/{link}: a page with a button, that changes nothing by being read (mail readers open links by themselves); POST
 * to it leaves the weekly mail, also when a mail reader does it by itself (RFC 8058); POST …/reprise takes it back. No account.
 */
export async function mailRoutes(app: App, { store, keyed }: MailPageParts): Promise<void> {
  const keys = mailKeys(store, keyed)
  // RFC 8058 lets a mail reader send its one word in either form; the address alone says what is asked.
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, async () => null)
  app.get('/courriels/:link', { schema: { hide: true } }, async (request, reply) => {
    const { link } = Link.parse(request.params)
    const person = await keys.read(link)
    if (person === null) return sendPage(reply.code(404), unknownLinkPage())
    return sendPage(reply, leavePage({ link, left: await hasLeft(store, person), asked: false }))
  })
  app.post('/courriels/:link', { schema: { hide: true } }, async (request, reply) => {
    const { link } = Link.parse(request.params)
    const person = await keys.read(link)
    if (person === null) return sendPage(reply.code(404), unknownLinkPage())
    await leaveMail(store, person)
    return sendPage(reply, leavePage({ link, left: true, asked: true }))
  })
  app.post('/courriels/:link/reprise', { schema: { hide: true } }, async (request, reply) => {
    const { link } = Link.parse(request.params)
    const person = await keys.read(link)
    if (person === null) return sendPage(reply.code(404), unknownLinkPage())
    await rejoinMail(store, person)
    return sendPage(reply, leavePage({ link, left: false, asked: true }))
  })
}
