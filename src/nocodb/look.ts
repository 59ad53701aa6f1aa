import { z } from 'zod'
import { ask } from './http.ts'
import type { Http } from './http.ts'

const Me = z.object({ email: z.string().nullish(), base_roles: z.record(z.string(), z.boolean()).nullish() })

/** The roles of the token's user on a base: 'owner', 'creator', 'editor', 'commenter', 'viewer'. */
export async function tokenRoles(http: Http, baseId: string): Promise<readonly string[]> {
  const me = await ask(http, { method: 'GET', path: '/api/v1/auth/user/me', query: { base_id: baseId } }, Me)
  return Object.entries(me.base_roles ?? {}).flatMap(([role, held]) => (held ? [role] : []))
}

/** Seconds by which the server's clock is ahead of ours (negative: behind); null where it does not tell the time. */
export async function clockLead(url: string): Promise<number | null> {
  const asked = Date.now()
  const date = Date.parse((await dateHeader(url)) ?? '')
  return Number.isNaN(date) ? null : (date + 500 - (asked + Date.now()) / 2) / 1000
}

async function dateHeader(url: string): Promise<string | null> {
  try {
    const answer = await fetch(new URL('api/v1/health', `${url}/`), { signal: AbortSignal.timeout(5000) })
    return answer.headers.get('date')
  } catch {
    return null // a server that is slow here does not tell the time: the other checks say whether it answers
  }
}
