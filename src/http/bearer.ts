import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PortreaError } from '../errors.ts'

/** A hook that lets pass the requests that carry this token; compared in constant time. Throws UNAUTHORIZED. */
export function bearer(token: string): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const expected = digest(token)
  return async ({ headers }, reply) => {
    const given = /^Bearer +(\S+) *$/iu.exec(headers.authorization ?? '')?.[1]
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return
    reply.header('www-authenticate', 'Bearer realm="Portrea"')
    throw new PortreaError('UNAUTHORIZED', 'Send the header Authorization: Bearer …, with PORTREA_API_TOKEN.')
  }
}

/** Of equal length whatever the token's: comparing tells nothing of it. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
