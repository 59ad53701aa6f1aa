import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import type { PortreaError } from '../errors.ts'
import { errorReply, failureOf, notFoundReply } from './error-reply.ts'
import { knownVisitor } from './page-visitor.ts'
import { faultPage, unknownPage } from './pages/missing.ts'
import type { Sessions } from './session.ts'
import { sendPage } from './sign-in-routes.ts'

/** Faults and addresses of nothing: a page with its header for a person, a problem (RFC 9457) for a program. */
export function answerPeople(server: FastifyInstance, sessions: Sessions): void {
  server.setErrorHandler((error: FastifyError | PortreaError, request, reply) => {
    if (!isBrowser(request)) return errorReply(error, request, reply)
    const status = failureOf(error, request)
    return sendPage(reply.code(status), faultPage(status, request.id))
  })
  server.setNotFoundHandler(async (request, reply) => {
    if (!isBrowser(request)) return notFoundReply(request, reply)
    return sendPage(reply.code(404), unknownPage(await knownVisitor(sessions, request, reply)))
  })
}

/** Whether a person looks for a page, rather than a program for an answer. */
function isBrowser({ url, headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/html') === true && !PROGRAMS.test(url)
}

/** Where programs ask, whatever they say that they accept. */
const PROGRAMS = /^\/(?:api|webhooks|metrics|exports|health|openapi)\b/u
