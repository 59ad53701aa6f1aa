import type { FastifyReply, FastifyRequest } from 'fastify'
import { PortreaError } from '../errors.ts'
import { API_TOKEN_ASKED } from './messages.ts'
import { secretCheck } from './secrets.ts'

/** A hook that lets pass the requests that carry this token; compared in constant time. Throws UNAUTHORIZED. */
export function bearer(token: string): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const isToken = secretCheck([token])
  return async ({ headers }, reply) => {
    if (isToken(/^Bearer +(\S+) *$/iu.exec(headers.authorization ?? '')?.[1])) return
    reply.header('www-authenticate', 'Bearer realm="Portrea"')
    throw new PortreaError('UNAUTHORIZED', API_TOKEN_ASKED)
  }
}
