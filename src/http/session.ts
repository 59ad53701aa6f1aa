import { randomBytes } from 'node:crypto'
import fastifyCookie from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ROLES } from '../domain/member.ts'
import type { Role } from '../domain/member.ts'
import { PortreaError } from '../errors.ts'

/**
 * Who looks at the pages: kept in their browser, in a signed cookie, and nowhere else. Instants are milliseconds.
 * Nothing in it opens NocoDB: what is known of them is asked with the service's own token.
 */
export type Session = {
  /** Of the account in NocoDB. */
  readonly id: string
  readonly email: string
  readonly role: Role
  readonly until: number
  /** When NocoDB last said that they are a member of the base. */
  readonly checkedAt: number
}

/** What a request comes with. `trusted` until: NocoDB is away, and cannot be asked whether they still are a member. */
export type Visit =
  | { readonly kind: 'in'; readonly session: Session; readonly trusted: number | null }
  | { readonly kind: 'out' | 'removed' }
  | { readonly kind: 'unverifiable'; readonly session: Session }

/** How long one sign-in lasts, in seconds: a working day. */
const LASTS = 10 * 3600
const MINUTE = 60_000
const NAME = 'portrea'
const WORD = 'portrea-dit'
const Left = z.object({ word: z.string(), until: z.number() })
const Kept = z.object({
  id: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  until: z.number(),
  checkedAt: z.number(),
})

/** What signs the cookies, and whom to ask. */
export type SessionDependencies = {
  /** PORTREA_SESSION_SECRET; null: one of this process's own, and everyone signs in again after a restart. */
  readonly secret: string | null
  /** Whether browsers reach the service by https: the cookie then never travels in clear. */
  readonly secure: boolean
  /** The role of an account on the base now; null: no member. Throws a PortreaError where NocoDB does not say. */
  readonly roleOf: (id: string) => Promise<Role | null>
  /** How often that is asked, and how long a session goes on where nobody answers. */
  readonly recheckMinutes: number
  readonly awayMinutes: number
  readonly now: () => Date
}

/** Sessions in signed cookies. */
export type Sessions = {
  open(reply: FastifyReply, who: Pick<Session, 'id' | 'email' | 'role'>): void
  close(reply: FastifyReply): void
  /** Whose request it is; every few minutes NocoDB is asked, and the cookie follows what it says. */
  visit(request: FastifyRequest, reply: FastifyReply): Promise<Visit>
  /** Leaves a word for the next page that this browser asks for within a minute: signed, so that no link can say it. */
  leave(reply: FastifyReply, word: string): void
  /** Whether that word was left; it is told once. */
  wasLeft(request: FastifyRequest, reply: FastifyReply, word: string): boolean
}

/** Registers the cookies on `app`. */
export async function openSessions(
  app: FastifyInstance,
  dependencies: SessionDependencies,
): Promise<Sessions> {
  const { secret, secure, now } = dependencies
  await app.register(fastifyCookie, { secret: secret ?? randomBytes(32).toString('hex') })
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', signed: true, secure } as const
  const write = (reply: FastifyReply, session: Session) => {
    const value = Buffer.from(JSON.stringify(session)).toString('base64url')
    const maxAge = Math.max(1, Math.round((session.until - now().getTime()) / 1000))
    void reply.setCookie(NAME, value, { ...cookie, maxAge })
  }
  const close = (reply: FastifyReply) => void reply.clearCookie(NAME, cookie)
  return {
    close,
    open(reply, who) {
      const at = now().getTime()
      write(reply, { ...who, until: at + LASTS * 1000, checkedAt: at })
    },
    async visit(request, reply) {
      const session = kept(request)
      if (session === null || session.until <= now().getTime()) return { kind: 'out' }
      const visit = await checked(request, session, dependencies)
      if (visit.kind === 'removed') close(reply)
      if (visit.kind === 'in' && visit.session !== session) write(reply, visit.session)
      return visit
    },
    leave(reply, word) {
      const value = JSON.stringify({ word, until: now().getTime() + MINUTE })
      void reply.setCookie(WORD, Buffer.from(value).toString('base64url'), { ...cookie, maxAge: 60 })
    },
    wasLeft(request, reply, word) {
      const left = Left.safeParse(signedValue(request, WORD)).data
      if (left === undefined || left.word !== word || left.until < now().getTime()) return false
      void reply.clearCookie(WORD, cookie)
      return true
    },
  }
}

function kept(request: FastifyRequest): Session | null {
  return Kept.safeParse(signedValue(request, NAME)).data ?? null // null: signed by an older release
}

/** What a cookie of ours holds; null: there is none, or it is not ours. */
function signedValue(request: FastifyRequest, name: string): unknown {
  const { valid, value } = request.unsignCookie(request.cookies[name] ?? '')
  return valid && value !== null ? JSON.parse(Buffer.from(value, 'base64url').toString()) : null
}

/** The session, as NocoDB says that it is now. */
async function checked(
  request: FastifyRequest,
  session: Session,
  dependencies: SessionDependencies,
): Promise<Visit> {
  const now = dependencies.now().getTime()
  if (now < session.checkedAt + dependencies.recheckMinutes * MINUTE)
    return { kind: 'in', session, trusted: null }
  try {
    const role = await dependencies.roleOf(session.id)
    if (role !== null) return { kind: 'in', session: { ...session, role, checkedAt: now }, trusted: null }
    request.log.info('a session ended: its account is no member of the base any more')
    return { kind: 'removed' }
  } catch (cause) {
    if (!(cause instanceof PortreaError)) throw cause
    request.log.warn({ code: cause.code }, 'NocoDB does not say who is a member of the base')
    const trusted = session.checkedAt + dependencies.awayMinutes * MINUTE
    return now < trusted ? { kind: 'in', session, trusted } : { kind: 'unverifiable', session }
  }
}
