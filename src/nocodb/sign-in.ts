import axios from 'axios'
import { z } from 'zod'
import { strongestRole } from '../domain/member.ts'
import type { Role } from '../domain/member.ts'
import { PortreaError } from '../errors.ts'

/** What a person signs in with. */
export type Credentials = { readonly email: string; readonly password: string }

/** A member of the base: the id of the account, and its role there. */
export type SignedIn = { readonly id: string; readonly role: Role }

const LIMIT_MS = 10_000
const Token = z.object({ token: z.string().min(1) })
const Me = z.object({ id: z.string().nullish(), base_roles: z.record(z.string(), z.boolean()).nullish() })

/**
 * Whether these are the credentials of someone who may see the base: 'refused' where NocoDB does not know them,
 * 'stranger' where they have no role there. Nothing of them is kept, nor the session that NocoDB opened for them.
 * Throws NOCODB_UNAVAILABLE, and SCHEMA_MISMATCH where the base is gone.
 */
export async function signIn(
  url: string,
  baseId: string,
  credentials: Credentials,
): Promise<SignedIn | 'refused' | 'stranger'> {
  const root = url.replace(/\/+$/, '')
  const answer = await call(() =>
    client.post<unknown>(`${root}/api/v1/auth/user/signin`, credentials, { signal: limit() }),
  )
  if (answer.status === 429 || answer.status >= 500) throw away(answer.status)
  const signed = Token.safeParse(answer.data)
  if (answer.status >= 300 || !signed.success) return 'refused'
  const me = await call(() =>
    client.get<unknown>(`${root}/api/v1/auth/user/me`, {
      params: { base_id: baseId },
      headers: { 'xc-auth': signed.data.token },
      signal: limit(),
    }),
  )
  if (me.status === 404)
    throw new PortreaError('SCHEMA_MISMATCH', `La base ${baseId} n’est plus dans NocoDB.`)
  if (me.status >= 300) throw away(me.status)
  const { id, base_roles: roles } = Me.parse(me.data)
  const role = strongestRole(Object.keys(roles ?? {}).filter((one) => roles?.[one] === true))
  return role === null || !id ? 'stranger' : { id, role }
}

/** Never sent twice: a wrong password sent again and again would lock the account. */
const client = axios.create({ validateStatus: () => true, maxRedirects: 0 })

function limit(): AbortSignal {
  return AbortSignal.timeout(LIMIT_MS)
}

/** The cause is left out: what axios tells of a call holds its body. */
async function call<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send()
  } catch (cause) {
    throw away((cause as NodeJS.ErrnoException).code ?? 'no answer')
  }
}

function away(why: string | number): PortreaError {
  return new PortreaError(
    'NOCODB_UNAVAILABLE',
    `NocoDB ne peut pas vérifier qui se connecte (${why}) : réessayez plus tard.`,
  )
}
