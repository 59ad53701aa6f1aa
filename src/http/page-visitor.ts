import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Visitor } from './pages/layout.ts'
import { removedPage, unverifiablePage } from './pages/missing.ts'
import type { Sessions, Visit } from './session.ts'
import { sendPage } from './sign-in-routes.ts'

/** Who looks at a page; null: they may not, and the answer is sent. */
export type SignedIn = (request: FastifyRequest, reply: FastifyReply) => Promise<Visitor | null>

/** Who looks at a page; null: they may not, and the answer is sent. */
export async function visitorOf(
  sessions: Sessions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visitor | null> {
  return (await signedIn(sessions, request, reply))?.visitor ?? null
}

/** The same with the id of their account in NocoDB. */
export async function signedIn(
  sessions: Sessions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ readonly visitor: Visitor; readonly account: string } | null> {
  const visit = await sessions.visit(request, reply)
  switch (visit.kind) {
    case 'in':
      return { visitor: visitorIn(visit), account: visit.session.id }
    case 'removed':
      sendPage(reply.code(403), removedPage())
      return null
    case 'unverifiable':
      sendPage(reply.code(503), unverifiablePage(new Date(visit.session.checkedAt).toISOString()))
      return null
    case 'out':
      // What was sent is not sent again by itself: who signs in begins from a page.
      void reply.redirect(
        `/connexion?to=${encodeURIComponent(request.method === 'GET' ? request.url : '/')}`,
        303,
      )
      return null
  }
}

/** Whose session a request comes with, for the header of a page that is open to all; null: nobody's, or not to be told. */
export async function knownVisitor(
  sessions: Sessions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visitor | null> {
  const visit = await sessions.visit(request, reply)
  return visit.kind === 'in' ? visitorIn(visit) : null
}

function visitorIn({ session, trusted }: Visit & { readonly kind: 'in' }): Visitor {
  const { email, role } = session
  return { email, role, trustedUntil: trusted === null ? null : new Date(trusted).toISOString() }
}
