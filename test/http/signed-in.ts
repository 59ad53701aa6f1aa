import type { FastifyInstance } from 'fastify'
import type { Role } from '../../src/domain/member.ts'
import type { ServerDependencies } from '../../src/http/server.ts'

const PERSON = { email: 'camille@exemple.bzh', password: 'un mot de passe' }

/** People among whom Camille signs in, with a role that may be another once NocoDB is asked again. */
export function signedInPeople(
  role: Role = 'editor',
  over: Partial<ServerDependencies['people']> = {},
): { people: ServerDependencies['people'] } {
  return {
    people: {
      signIn: async ({ email, password }) =>
        email === PERSON.email && password === PERSON.password ? { id: 'us1', role } : 'refused',
      roleOf: async () => role,
      settings: { recheckMinutes: 5, awayMinutes: 60, contactsMinutes: 0, perimeter: 'open' } as const,
      baseAddress: async () => 'https://nocodb.example/dashboard/#/nc/p1',
      secret: 'a secret for tests',
      secure: false,
      ...over,
    },
  }
}

/** The cookies of Camille, signed in. */
export async function cookiesOf(server: FastifyInstance): Promise<Record<string, string>> {
  const { cookies } = await server.inject({
    method: 'POST',
    url: '/connexion',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(PERSON).toString(),
  })
  return Object.fromEntries(cookies.map(({ name, value }) => [name, value]))
}
