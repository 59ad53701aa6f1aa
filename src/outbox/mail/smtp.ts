import { isIP } from 'node:net'
import { createTransport } from 'nodemailer'
import { PortreaError } from '../../errors.ts'
import type { MailMessage } from './message.ts'

/**
 * What became of a mail. `away`: the server takes nothing now, of anybody; `later`: not this one, for now; `refused`: this one
 * never; `perhaps`: it fell silent after it had begun to listen, and nobody knows whether it took the mail.
 */
export type Sent = 'sent' | 'away' | 'later' | 'refused' | 'perhaps'

/** A server that takes mail. */
export type PostOffice = {
  /** Whether it answers and lets us in; what it says, without a name or an address. */
  ready(): Promise<{ readonly ready: true } | { readonly ready: false; readonly reason: string }>
  send(message: MailMessage): Promise<Sent>
}

/** What nodemailer says of a failure, as far as it is needed: its text may hold an address. */
type Failure = { readonly code?: string; readonly responseCode?: number; readonly syscall?: string }

const CONNECT_MS = 10_000
const SILENCE_MS = 30_000
/** The port at which programs hand in mail (RFC 6409), and the one under TLS from the start (RFC 8314). */
const [SUBMISSION, SUBMISSIONS] = [587, 465]

/**
 * @param address PORTREA_SMTP_URL: smtp:// or smtps://; of it host, port, user and password count, and nothing after them
 * @param tls whether a server that does not encrypt is refused
 */
export function postOffice(address: string, { tls }: { readonly tls: boolean }): PostOffice {
  const { protocol, hostname, port, username, password } = new URL(address)
  const secure = protocol === 'smtps:'
  const host = hostname.replace(/^\[(.*)\]$/u, '$1')
  // No pool: it hands in again by itself what a lost connection may already have delivered.
  const transport = createTransport({
    ...{ host, secure, port: port === '' ? (secure ? SUBMISSIONS : SUBMISSION) : Number(port) },
    ...(username === '' ? {} : { auth: { user: decoded(username), pass: decoded(password) } }),
    ...{ requireTLS: tls && !secure, ignoreTLS: !tls && !secure && isLoopback(host) },
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true, allowInternalNetworkInterfaces: true },
  })
  return {
    async ready() {
      try {
        await transport.verify()
        return { ready: true }
      } catch (cause) {
        return { ready: false, reason: reasonOf(cause as Failure) }
      }
    },
    async send(message) {
      try {
        await transport.sendMail(message)
        return 'sent'
      } catch (cause) {
        return outcomeOf(cause as Failure)
      }
    },
  }
}

function outcomeOf({ code, responseCode, syscall }: Failure): Sent {
  if (code === 'EAUTH' || code === 'EDNS' || code === 'ETLS' || syscall === 'connect') return 'away'
  if (responseCode === undefined) return code === 'EENVELOPE' ? 'refused' : 'perhaps'
  if (responseCode === 421) return 'away'
  return responseCode >= 500 ? 'refused' : 'later'
}

function reasonOf({ code, responseCode }: Failure): string {
  return [code ?? 'unknown', ...(responseCode === undefined ? [] : [String(responseCode)])].join(' ')
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** A password may hold any sign, written %40 in an address. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (cause) {
    throw new PortreaError(
      'CONFIG_INVALID',
      'PORTREA_SMTP_URL : l’utilisateur ou le mot de passe contient un % seul ; écrivez-le %25.',
      { cause },
    )
  }
}
