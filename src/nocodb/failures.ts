import { commandLine } from '../domain/command-line.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'

/** One call that failed: its error, whether trying again is worth it, and whether the server may have acted on it. */
export type Failure = {
  readonly error: PortreaError
  readonly retry: 'never' | 'few' | 'while-time'
  readonly arrived: boolean
  /** What the server asked us to wait (Retry-After). */
  readonly waitMs?: number
  /** A short word for the log. */
  readonly cause: string
}

type Where = { readonly root: string; readonly method: string; readonly path: string }

/** The words of a NocoDB that said no, kept as the `cause` of the PortreaError. */
export class NocodbAnswer extends Error {
  override readonly name = 'NocodbAnswer'
  readonly status: number
  /** Such as ERR_RECORD_NOT_FOUND; null in the older body form, `{ msg }`. */
  readonly errorCode: string | null

  constructor(status: number, errorCode: string | null, message: string) {
    super(message)
    this.status = status
    this.errorCode = errorCode
  }
}

/** What NocoDB answered, when that is what made the error. */
export function answerOf(error: unknown): NocodbAnswer | null {
  return error instanceof PortreaError && error.cause instanceof NocodbAnswer ? error.cause : null
}

/** Whether NocoDB looked at the request and said no to it: the row is at fault, not the connection nor the rights. */
export function isRefusal(error: unknown): error is PortreaError {
  return error instanceof PortreaError && error.code === 'NOCODB_REFUSED'
}

/** Errors of a connection that was never made: nothing can have been written. */
const NEVER_ARRIVED = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH'])
/** Faults of the address: another try gives the same. */
const HOPELESS = new Set(['ENOTFOUND', 'ERR_INVALID_URL', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED'])

/** No answer came: refused, reset, timed out. */
export function brokenConnection(where: Where, error: unknown): Failure {
  const cause = causeOf(error)
  const retry = HOPELESS.has(cause) ? 'never' : 'while-time'
  return { error: unavailable(where, cause, error), retry, arrived: !NEVER_ARRIVED.has(cause), cause }
}

/** A 200 whose body is not what NocoDB answers. */
export function garbage(where: Where, error?: unknown): Failure {
  const cause = 'an answer that is not NocoDB’s'
  return {
    error: unavailable(where, 'une réponse qui n’est pas celle de NocoDB', error),
    retry: 'while-time',
    arrived: true,
    cause,
  }
}

/** An answer outside 2xx. */
export function badAnswer(where: Where, status: number, text: string, retryAfter: unknown): Failure {
  const answer = parseAnswer(status, text)
  const cause = `HTTP ${status}`
  if (status === 429) {
    const waitMs = retryAfterMs(retryAfter)
    const error = unavailable(where, 'HTTP 429, trop de requêtes', answer)
    return { error, retry: 'while-time', arrived: false, cause, ...(waitMs === null ? {} : { waitMs }) }
  }
  if (status >= 500 && (status !== 500 || answer.errorCode === NOT_JSON)) {
    const waitMs = retryAfterMs(retryAfter)
    const error = unavailable(where, cause, answer)
    return { error, retry: 'while-time', arrived: true, cause, ...(waitMs === null ? {} : { waitMs }) }
  }
  if (status >= 500) return { error: refused(where, answer), retry: 'few', arrived: true, cause }
  if (status === 401 || status === 403)
    return { error: forbidden(where, answer), retry: 'never', arrived: true, cause }
  if (isChanged(answer)) return { error: changed(where, answer), retry: 'never', arrived: true, cause }
  if (status < 400)
    return {
      error: unavailable(where, `${cause}, une redirection`, answer),
      retry: 'never',
      arrived: true,
      cause,
    }
  // A NocoDB that starts has no route yet, and says so in a page; one that has started answers in JSON.
  if (status === 404 && answer.errorCode === NOT_JSON)
    return {
      error: unavailable(where, `${cause}, pas dans les mots de NocoDB`, answer),
      retry: 'never',
      arrived: false,
      cause,
    }
  return { error: refused(where, answer), retry: 'never', arrived: true, cause }
}

/** What NocoDB says where the base, a table or a column that we ask for by its id is there no more. */
const CHANGED = new Set(['ERR_BASE_NOT_FOUND', 'ERR_TABLE_NOT_FOUND', 'ERR_FIELD_NOT_FOUND'])

function isChanged({ status, errorCode, message }: NocodbAnswer): boolean {
  if (status !== 404 && status !== 422) return false
  return CHANGED.has(errorCode ?? '') || (errorCode === null && message.startsWith('Column alias '))
}

const NOT_JSON = 'NOT_JSON'

function parseAnswer(status: number, text: string): NocodbAnswer {
  try {
    const body = JSON.parse(text) as { error?: unknown; message?: unknown; msg?: unknown }
    const message = [body.message, body.msg, body.error].find((words) => typeof words === 'string')
    return new NocodbAnswer(
      status,
      typeof body.error === 'string' ? body.error : null,
      message ?? `HTTP ${status}`,
    )
  } catch {
    // A page of a proxy, or an empty body: only its status says something.
    return new NocodbAnswer(status, NOT_JSON, `HTTP ${status}`)
  }
}

function unavailable({ root, method, path }: Where, why: string, cause: unknown): PortreaError {
  const text = `NocoDB ne répond pas à ${root} (${method} ${path} : ${why}). Vérifiez qu’il tourne et que NOCODB_URL est son adresse.`
  return new PortreaError('NOCODB_UNAVAILABLE', text, { cause })
}

function forbidden({ method, path }: Where, answer: NocodbAnswer): PortreaError {
  const text =
    answer.status === 401
      ? `NocoDB n’accepte pas NOCODB_TOKEN (${method} ${path} : ${answer.message}).`
      : `NocoDB interdit ${method} ${path} au compte de NOCODB_TOKEN (${answer.message}).`
  const fault =
    answer.status === 401
      ? "NocoDB n'accepte plus le jeton NOCODB_TOKEN : créez un jeton d'API dans NocoDB et donnez-le à Portrea."
      : `NocoDB interdit cela au compte du jeton NOCODB_TOKEN : donnez-lui le rôle « editor » dans cette base (« creator » pour \`${commandLine('provision')}\`).`
  return new PortreaError('NOCODB_FORBIDDEN', text, { cause: answer, faults: [typeset(fault)] })
}

function refused({ method, path }: Where, answer: NocodbAnswer): PortreaError {
  return coded(
    'NOCODB_REFUSED',
    `NocoDB a refusé ${method} ${path} (HTTP ${answer.status}) : ${answer.message}`,
    answer,
  )
}

function changed({ method, path }: Where, answer: NocodbAnswer): PortreaError {
  return coded(
    'SCHEMA_MISMATCH',
    `NocoDB n’a plus ce que ${method} ${path} demande (${answer.message}) : cela y a changé, la base est à rouvrir.`,
    answer,
  )
}

function coded(code: ErrorCode, text: string, cause: NocodbAnswer): PortreaError {
  return new PortreaError(code, text, { cause })
}

function causeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown }
  if (code === 'ERR_CANCELED' || name === 'TimeoutError') return 'ETIMEDOUT'
  if (typeof code === 'string') return code
  return error instanceof Error ? error.message : String(error)
}

function retryAfterMs(header: unknown): number | null {
  if (typeof header !== 'string' || header === '') return null
  const seconds = Number(header)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}
