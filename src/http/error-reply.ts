import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { inputFaults } from '../domain/rules/situation.ts'
import { PortreaError } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'
import { BROKEN, causeInLog, NOT_HTTP, REFUSED } from './messages.ts'
import type { Problem } from './schemas/problem.ts'

/** What only HTTP can go wrong with. */
type ProblemCode =
  | ErrorCode
  | 'ROUTE_NOT_FOUND'
  | 'BODY_TOO_LARGE'
  | 'MEDIA_TYPE_UNSUPPORTED'
  | 'REQUEST_INVALID'

/** The one place where a code becomes an HTTP status. */
const STATUS: Readonly<Record<ProblemCode, number>> = {
  USAGE: 400,
  INPUT_INVALID: 400,
  REQUEST_INVALID: 400,
  UNAUTHORIZED: 401,
  EPCI_NOT_FOUND: 404,
  SYNC_NOT_FOUND: 404,
  ROUTE_NOT_FOUND: 404,
  SYNC_RUNNING: 409,
  SYNC_HELD: 409,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  FEED_FULL: 429,
  CONFIG_INVALID: 500,
  SCHEMA_MISMATCH: 500,
  INTERNAL: 500,
  NOCODB_FORBIDDEN: 502,
  NOCODB_REFUSED: 502,
  NOCODB_UNAVAILABLE: 503,
  STORE_UNAVAILABLE: 503,
  INTERRUPTED: 503,
}

/** Fastify's own refusals, by their status. */
const FASTIFY: Readonly<Record<number, ProblemCode>> = {
  404: 'ROUTE_NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  415: 'MEDIA_TYPE_UNSUPPORTED',
}

/**
 * Answers every failure as application/problem+json (RFC 9457) with a stable `code`. What went wrong on our side is
 * logged with the id of the request and hidden from the caller.
 */
export function errorReply(
  error: FastifyError | PortreaError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const code = codeOf(error)
  const status = failureOf(error, request)
  const detail = status >= 500 ? causeInLog(request.id) : detailOf(code, error)
  sendProblem(request, reply, code, detail, status >= 500 ? undefined : errorsOf(error))
}

/** The status of a failure; one on our side is logged with the id of the request. */
export function failureOf(error: FastifyError | PortreaError, request: FastifyRequest): number {
  const code = codeOf(error)
  if (STATUS[code] >= 500) request.log.error({ err: error, code }, 'request failed')
  return STATUS[code]
}

/** Answers what no route knows. */
export function notFoundReply(request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(request, reply, 'ROUTE_NOT_FOUND', REFUSED.ROUTE_NOT_FOUND)
}

/** Answers what never became a request: no HTTP, an address or headers that are too long, or too slow to arrive. */
export function brokenRequestReply({ code }: { readonly code?: string }, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return
  const [status, detail] = BROKEN[code ?? ''] ?? [400, NOT_HTTP]
  const title = STATUS_CODES[status] ?? 'Error'
  const body = JSON.stringify({ type: 'about:blank', title, status, code: 'REQUEST_INVALID', detail })
  const length = Buffer.byteLength(body)
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`,
  )
}

/** Fastify's own sentences are English, and name no remedy. */
function detailOf(code: ProblemCode, error: Error): string {
  return error instanceof PortreaError || !(code in REFUSED)
    ? error.message
    : REFUSED[code as keyof typeof REFUSED]
}

function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ProblemCode,
  detail: string,
  errors?: Problem['errors'],
): void {
  const status = STATUS[code]
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    request: request.id,
    ...(errors === undefined ? {} : { errors }),
  }
  // The type may already be set by the route that failed; a serializer may belong to another answer.
  void reply
    .code(status)
    .header('content-type', 'application/problem+json')
    .serializer(JSON.stringify)
    .send(problem)
}

function codeOf(error: FastifyError | PortreaError): ProblemCode {
  if (error instanceof PortreaError) return error.code
  const status = error.statusCode ?? 500
  return status >= 500 ? 'INTERNAL' : (FASTIFY[status] ?? 'REQUEST_INVALID')
}

function errorsOf({ cause }: Error): Problem['errors'] {
  return cause instanceof z.ZodError ? inputFaults(cause) : undefined
}
