import type { SafeHtml } from '@remix-run/html-template'
import formbody from '@fastify/formbody'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Role } from '../domain/member.ts'
import { PortreaError } from '../errors.ts'
import { PAGE_POLICY } from './pages/layout.ts'
import { withDeclared } from './pages/navigation.ts'
import { signInPage } from './pages/sign-in.ts'
import type { Sessions } from './session.ts'
import { attemptLimit, networkOf } from './sign-in-limit.ts'
import type { App } from './zod-routes.ts'

/** Asks NocoDB whether someone may see the base: see nocodb/sign-in.ts. */
export type SignIn = (who: {
  readonly email: string
  readonly password: string
}) => Promise<{ readonly id: string; readonly role: Role } | 'refused' | 'stranger'>

const Form = z.object({
  email: z.string().trim().min(1).max(200),
  password: z.string().min(1).max(500),
  to: z.string().default('/'),
})

const ERRORS = {
  refused: 'Courriel ou mot de passe inconnus de NocoDB.',
  stranger: "Ce compte n'a pas accès à la base Portrea : demandez à être ajouté·e à ses membres.",
  away: "NocoDB ne répond pas : impossible de vérifier le compte pour l'instant. Réessayez dans un moment.",
  incomplete: 'Écrivez le courriel et le mot de passe.',
  often: "Trop d'essais : attendez une minute.",
} as const

const STATUS = { refused: 401, stranger: 403, away: 503, incomplete: 400, often: 429 } as const

/** GET and POST /connexion, POST /deconnexion: people sign in with their NocoDB account. */
export async function signInRoutes(
  app: App,
  sessions: Sessions,
  { signIn, now }: { readonly signIn: SignIn; readonly now: () => Date },
): Promise<void> {
  await app.register(formbody)
  const tried = limited(signIn, () => now().getTime())
  app.get('/connexion', { schema: { hide: true } }, async (request, reply) => {
    const { to } = z.object({ to: z.string().optional() }).parse(request.query)
    return sendPage(reply, signInPage({ to: inside(to), error: null, email: '' }))
  })
  app.post('/connexion', { schema: { hide: true } }, async (request, reply) => {
    if (fromElsewhere(request)) return reply.redirect('/connexion', 303)
    const form = Form.safeParse(request.body)
    const email = form.data?.email ?? ''
    const to = inside(form.data?.to)
    const outcome = form.success ? await tried(request.ip, form.data) : 'incomplete'
    if (typeof outcome === 'string') {
      void reply.code(STATUS[outcome])
      return sendPage(reply, signInPage({ to, email, error: ERRORS[outcome] }))
    }
    sessions.open(reply, { ...outcome, email })
    return reply.redirect(to, 303)
  })
  app.post('/deconnexion', { schema: { hide: true } }, async (request, reply) => {
    if (!fromElsewhere(request)) sessions.close(reply)
    return reply.redirect('/connexion', 303)
  })
}

/** Asks NocoDB, as often as wrong passwords from one network, and for one account, allow. */
function limited(signIn: SignIn, now: () => number) {
  const [networks, accounts] = [attemptLimit(now), attemptLimit(now)]
  const isWrong = (outcome: unknown) => outcome === 'refused'
  const ask = async ({ email, password }: z.infer<typeof Form>) => {
    try {
      return await signIn({ email, password })
    } catch (cause) {
      if (cause instanceof PortreaError) return 'away' as const
      throw cause
    }
  }
  return (address: string, form: z.infer<typeof Form>) =>
    networks.attempt(
      networkOf(address),
      () => accounts.attempt(form.email.toLowerCase(), () => ask(form), isWrong),
      isWrong,
    )
}

/** The decorator of the server that holds what is declared of the accessibility of its pages. */
export const DECLARED = 'declaredAccessibility'

/** A page, with what it may do; the session it shows is nobody else's. */
export function sendPage(reply: FastifyReply, page: SafeHtml, policy = PAGE_POLICY): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .serializer(String)
    .send(withDeclared(String(page), reply.server.getDecorator<string | null>(DECLARED)))
}

/** A path of this service, and nothing that a browser takes for another one's. */
function inside(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])[\w/?=&.%-]*$/.test(to) ? to : '/'
}

/** A form that another site sent; browsers that do not say so are held back by SameSite. */
export function fromElsewhere({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}
