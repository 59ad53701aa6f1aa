import { randomBytes } from 'node:crypto'
import fastifyCookie from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

/** Who looks at the pages: kept in their browser, in a signed cookie, and nowhere else. */
export type Session = { readonly email: string; readonly until: number }

/** How long one sign-in lasts, in seconds: a working day. */
const LASTS = 10 * 3600
const NAME = 'portrea'
const Kept = z.object({ email: z.string(), until: z.number() })

/** What signs the cookies. */
export type SessionParts = {
  /** PORTREA_SESSION_SECRET; null: one of this process's own, and everyone signs in again after a restart. */
  readonly secret: string | null
  /** Whether browsers reach the service by https: the cookie then never travels in clear. */
  readonly secure: boolean
  readonly now: () => Date
}

/** Sessions in signed cookies. */
export type Sessions = {
  open(reply: FastifyReply, email: string): void
  close(reply: FastifyReply): void
  /** null: nobody is signed in, or no longer. */
  of(request: FastifyRequest): Session | null
}

/** Registers the cookies on `app`. */
export async function openSessions(
  app: FastifyInstance,
  { secret, secure, now }: SessionParts,
): Promise<Sessions> {
  await app.register(fastifyCookie, { secret: secret ?? randomBytes(32).toString('hex') })
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', signed: true, secure } as const
  return {
    open(reply, email) {
      const kept: Session = { email, until: now().getTime() + LASTS * 1000 }
      const value = Buffer.from(JSON.stringify(kept)).toString('base64url')
      void reply.setCookie(NAME, value, { ...cookie, maxAge: LASTS })
    },
    close(reply) {
      void reply.clearCookie(NAME, cookie)
    },
    of(request) {
      const { valid, value } = request.unsignCookie(request.cookies[NAME] ?? '')
      if (!valid || value === null) return null
      const session = Kept.parse(JSON.parse(Buffer.from(value, 'base64url').toString()))
      return session.until > now().getTime() ? session : null
    },
  }
}
