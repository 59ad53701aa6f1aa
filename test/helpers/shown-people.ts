import type { EpciReport } from '../../src/domain/epci-report.ts'
import type { ServerDependencies } from '../../src/http/server.ts'

/** Who signs in: a chargé·e of the first twelve EPCI, a référent·e of the second, and somebody whom nobody names. */
export const OFFICER = { email: 'ana.bihan@hub.bzh', password: 'un mot de passe' } as const
export const REFERENT = { email: 'lea@lieu.bzh', password: 'un mot de passe' } as const
export const STRANGER = { email: 'autre@hub.bzh', password: 'un mot de passe' } as const

const ROLES = { [OFFICER.email]: 'owner', [REFERENT.email]: 'viewer' } as const

/** What NocoDB says of people and records, invented. */
export function shownPeople(
  reports: readonly EpciReport[],
): Required<
  Pick<
    ServerDependencies['people'],
    'signIn' | 'roleOf' | 'memberOf' | 'contacts' | 'placeNames' | 'recordAddresses'
  >
> {
  const bySiren = new Map(
    reports.flatMap(({ siren }, at): [string, string][] =>
      at < 12 ? [[siren, 'Ana Bihan']] : at < 30 ? [[siren, 'Yann Le Goff']] : [],
    ),
  )
  const person = {
    ...({ name: 'Léa Morvan', kind: 'associative', organisation: 'Le Lieu' } as const),
    ...{ email: REFERENT.email, phone: '02 99 00 00 00' },
  }
  const roleOf = async (id: string) => ROLES[id as keyof typeof ROLES] ?? 'editor'
  return {
    signIn: async ({ email }) => ({ id: email, role: await roleOf(email) }),
    roleOf,
    memberOf: async (email) => ({ email, role: await roleOf(email) }),
    contacts: async () => ({
      listed: [{ name: 'Ana Bihan', daysPerMonth: 4, email: OFFICER.email }],
      bySiren,
      referents: new Map([[reports[1]!.siren, [person]]]),
    }),
    placeNames: async (ids) => new Map(ids.map((id) => [id, `Médiathèque ${id}`])),
    recordAddresses: async (ids) =>
      new Map(ids.map((id) => [id, `https://nocodb.example/dashboard/#/nc/p1/m1?rowId=${id}`])),
  }
}
