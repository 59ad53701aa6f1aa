import type { Role } from '../domain/member.ts'
import { PortreaError } from '../errors.ts'
import { findBase } from './base.ts'
import { baseAddress, dashboardAddress } from './dashboard.ts'
import type { Http } from './http.ts'
import { membersOf } from './members.ts'
import { shared } from '../shared.ts'
import { signIn } from './sign-in.ts'
import type { Credentials, SignedIn } from './sign-in.ts'

/** What is asked of NocoDB about those who look at the pages; every answer may throw a PortreaError. */
export type People = {
  signIn(credentials: Credentials): Promise<SignedIn | 'refused' | 'stranger'>
  /** The role of an account on the base now; null: it is no member. */
  roleOf(id: string): Promise<Role | null>
  /** The same with their address. */
  memberOf(id: string): Promise<{ readonly role: Role; readonly email: string } | null>
  /** Where people open the base in NocoDB. */
  baseAddress(): Promise<string>
}

/** Somebody waits for a page: a NocoDB that is away must show soon. */
const FIRST_ANSWER_SECONDS = 5
/** One list of the members, or one failure to get it, serves every session for this long. */
const SHARED_MS = 15_000
/** What a base that is no longer the one we knew answers. */
const ANOTHER_BASE: readonly string[] = ['SCHEMA_MISMATCH', 'NOCODB_REFUSED', 'NOCODB_FORBIDDEN']

/** @param wanted the base, by id or title: found once, and again where it is no longer there */
export function openPeople(http: Http, wanted: string): People {
  let known: string | null = null
  const find = async () => (known = (await findBase(http, wanted, FIRST_ANSWER_SECONDS)).id)
  const onBase = async <Answer>(use: (baseId: string) => Promise<Answer>): Promise<Answer> => {
    const before = known
    try {
      return await use(before ?? (await find()))
    } catch (cause) {
      const moved = cause instanceof PortreaError && ANOTHER_BASE.includes(cause.code)
      if (before === null || !moved || (await find()) === before) throw cause
      return use(await find())
    }
  }
  const members = shared(() => onBase((id) => membersOf(http, id)), SHARED_MS)
  const memberOf: People['memberOf'] = async (id) => {
    const { role = null, email = '' } = (await members()).get(id) ?? {}
    return role === null ? null : { role, email }
  }
  return {
    signIn: (credentials) => onBase((id) => signIn(http.url, id, credentials)),
    memberOf,
    roleOf: async (id) => (await memberOf(id))?.role ?? null,
    baseAddress: () => onBase(async (id) => baseAddress(await dashboardAddress(http), id)),
  }
}
