import { z } from 'zod'
import type { Base } from './base.ts'
import { answerOf } from './failures.ts'
import { ask } from './http.ts'
import type { Http } from './http.ts'
import { countRows } from './rows.ts'
import type { Table } from './schema.ts'

const roles = z.record(z.string(), z.boolean()).nullish()
const Me = z.object({
  id: z.string().nullish(),
  email: z.string().nullish(),
  base_roles: roles,
  roles: z.union([roles, z.string()]),
})

/** The roles that may change the tables of a base. */
export const BUILDERS: readonly string[] = ['owner', 'creator']

/** The user of a token: its roles on a base ('owner', 'creator', 'editor', 'commenter', 'viewer'), and whether it rules the server. */
export type TokenUser = {
  readonly id: string | null
  readonly email: string | null
  readonly roles: readonly string[]
  readonly superAdmin: boolean
}

/** Whose token it is, and what it may do on a base. */
export async function tokenUser(http: Http, baseId: string): Promise<TokenUser> {
  const me = await ask(http, { method: 'GET', path: '/api/v1/auth/user/me', query: { base_id: baseId } }, Me)
  const server = typeof me.roles === 'string' ? me.roles.split(',') : grantedRoles(me.roles)
  return {
    id: me.id ?? null,
    email: me.email ?? null,
    roles: grantedRoles(me.base_roles),
    superAdmin: server.includes('super'),
  }
}

function grantedRoles(given: Readonly<Record<string, boolean>> | null | undefined): string[] {
  return Object.entries(given ?? {}).flatMap(([role, has]) => (has ? [role] : []))
}

/** How many rows of a table this user made, or changed last; null where the server does not tell. */
export async function rowsBy(
  base: Base,
  table: Table,
  what: 'CreatedBy' | 'LastModifiedBy',
  userId: string,
): Promise<number | null> {
  const column = [...table.columns.values()].find(({ uidt, id }) => uidt === what && id !== '')
  if (column === undefined) return null
  try {
    return await countRows(base, table, `(${column.id},anyof,${userId})`)
  } catch (error) {
    if (answerOf(error) === null) throw error
    return null // a server that filters users otherwise
  }
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
