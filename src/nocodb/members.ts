import { z } from 'zod'
import { strongestRole } from '../domain/member.ts'
import type { Role } from '../domain/member.ts'
import { PortreaError } from '../errors.ts'
import { ask } from './http.ts'
import type { Http } from './http.ts'

/** Every account that a base knows, by its id; `role` null: one that has none there (any more). */
export type Members = ReadonlyMap<string, { readonly role: Role | null; readonly email: string }>

/** Somebody waits for a page. */
const LIMIT_SECONDS = 5
const Users = z.object({
  users: z.object({
    list: z.array(z.object({ id: z.string(), roles: z.string().nullish(), email: z.string().nullish() })),
    pageInfo: z.object({ totalRows: z.number() }).partial().nullish(),
  }),
})

/** The members of a base, as the service's own token may list them: an editor's does. Throws NOCODB_*. */
export async function membersOf(http: Http, baseId: string): Promise<Members> {
  const path = `/api/v2/meta/bases/${baseId}/users`
  const { users } = await ask(http, { method: 'GET', path, timeLimitSeconds: LIMIT_SECONDS }, Users)
  const { list, pageInfo } = users
  if ((pageInfo?.totalRows ?? 0) > list.length)
    throw new PortreaError(
      'NOCODB_UNAVAILABLE',
      'NocoDB ne donne qu’une partie des membres de la base : on ne peut pas dire qui n’en est pas.',
    )
  return new Map(
    list.map(({ id, roles, email }) => [
      id,
      { role: strongestRole((roles ?? '').split(',')), email: email ?? '' },
    ]),
  )
}
