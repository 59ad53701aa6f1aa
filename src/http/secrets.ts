import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PortreaError } from '../errors.ts'
import { API_TOKEN_ASKED } from './messages.ts'

/** Compares what is given with every secret, in constant time; a missing one is none of them. */
export function secretCheck(secrets: readonly string[]): (given: string | undefined) => boolean {
  const expected = secrets.map(digest)
  return (given) => {
    const offered = digest(given ?? '')
    // Each is compared, whatever the others said: the time tells neither which one it was nor how many there are.
    const matches = expected.filter((one) => timingSafeEqual(offered, one))
    return given !== undefined && matches.length > 0
  }
}

/** Of equal length whatever the secret's: comparing tells nothing of it. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** A hook that lets pass the requests that carry this token; compared in constant time. Throws UNAUTHORIZED. */
export function bearer(token: string): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const isToken = secretCheck([token])
  return async ({ headers }, reply) => {
    if (isToken(/^Bearer +(\S+) *$/iu.exec(headers.authorization ?? '')?.[1])) return
    reply.header('www-authenticate', 'Bearer realm="Portrea"')
    throw new PortreaError('UNAUTHORIZED', API_TOKEN_ASKED)
  }
}
