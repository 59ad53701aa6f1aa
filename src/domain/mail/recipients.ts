import { isEmail } from '../completeness/web-forms.ts'
import type { Contacts } from '../contacts.ts'
import { officerFinder } from '../planning/officer-names.ts'

/** Somebody who gets one mail, whatever they are. It goes no further than memory. */
export type Recipient = {
  /** As it was written first; null: only the address is known. */
  readonly name: string | null
  /** In small letters: one mailbox is one person. */
  readonly address: string
  /** The SIREN of the EPCI of which they are chargé·e, and of those of which they are référent·e. */
  readonly officerOf: ReadonlySet<string>
  readonly referentOf: ReadonlySet<string>
}

/** Somebody who is named for an EPCI and cannot be written to. */
export type Unreachable = {
  readonly name: string | null
  readonly role: 'officer' | 'referent'
  readonly why: 'no_address' | 'not_an_address'
}

/** Who is to be written to. */
export type Recipients = {
  readonly reachable: readonly Recipient[]
  readonly unreachable: readonly Unreachable[]
}

type Named = {
  readonly name: string | null
  readonly email: string | null
  readonly role: Unreachable['role']
  readonly sirens: readonly string[]
}

/** The people whom « Chargé·e·s » and « Référents » name for at least one of these EPCI, each address once. */
export function recipients(contacts: Contacts, sirens: ReadonlySet<string>): Recipients {
  const found = new Map<string, Recipient & { officerOf: Set<string>; referentOf: Set<string> }>()
  const unreachable: Unreachable[] = []
  for (const { name, email, role, sirens: theirs } of [...officers(contacts), ...referents(contacts)]) {
    const known = theirs.filter((siren) => sirens.has(siren))
    if (known.length === 0) continue
    const address = email?.trim().toLowerCase() ?? ''
    if (!isEmail(address)) {
      unreachable.push({ name, role, why: address === '' ? 'no_address' : 'not_an_address' })
      continue
    }
    const same = found.get(address)
    const one = same ?? { name, address, officerOf: new Set<string>(), referentOf: new Set<string>() }
    found.set(address, { ...one, name: one.name ?? name })
    for (const siren of known) (role === 'officer' ? one.officerOf : one.referentOf).add(siren)
  }
  return { reachable: [...found.values()], unreachable }
}

/** Each row of « Chargé·e·s » with the EPCI that name it; then those who are named and have no row. */
function officers({ listed, bySiren }: Contacts): Named[] {
  const find = officerFinder(listed)
  const named = Map.groupBy(
    [...bySiren].flatMap(([siren, cell]) => find(cell).map((name) => ({ siren, name }))),
    ({ name }) => name,
  )
  const rows = listed.map(({ name, email }) => {
    const [spelt = ''] = find(name)
    return { name, email, role: 'officer' as const, sirens: sirensOf(named.get(spelt)), spelt }
  })
  const withRow = new Set(rows.map(({ spelt }) => spelt))
  const others = [...named].flatMap(([name, theirs]) =>
    withRow.has(name) ? [] : [{ name, email: null, role: 'officer' as const, sirens: sirensOf(theirs) }],
  )
  return [...rows, ...others]
}

function sirensOf(named: readonly { readonly siren: string }[] = []): string[] {
  return named.map(({ siren }) => siren)
}

function referents({ referents: bySiren }: Contacts): Named[] {
  return [...bySiren].flatMap(([siren, people]) =>
    people.map(({ name, email }) => ({ name, email, role: 'referent' as const, sirens: [siren] })),
  )
}
