import type { ReferentKind } from './declared.ts'
import { officerFinder } from './planning/officer-names.ts'

/** Somebody whom people wrote down in NocoDB; it goes no further than memory, for minutes. */
export type Contact = {
  readonly name: string | null
  readonly kind: ReferentKind | null
  readonly organisation: string | null
  readonly email: string | null
  readonly phone: string | null
}

/** Who is in charge of what, as NocoDB says it now. */
export type Contacts = {
  /** The rows of « Chargé·e·s » that bear a name. */
  readonly listed: readonly {
    readonly name: string
    readonly daysPerMonth: number | null
    readonly email: string | null
  }[]
  /** « Chargé·e de déploiement » as it stands, by SIREN. */
  readonly bySiren: ReadonlyMap<string, string>
  /** « Référents », by the SIREN of their EPCI. */
  readonly referents: ReadonlyMap<string, readonly Contact[]>
}

/** Whose EPCI are whose: `officer` as chargé·e de déploiement, `referent` as référent·e. */
export type Own = {
  readonly officer: ReadonlySet<string>
  readonly referent: ReadonlySet<string>
  /** Those that are theirs by their very address: a name that is only spelt alike puts EPCI first, and opens nothing. */
  readonly known: ReadonlySet<string>
  /** Whether they are a chargé·e by their address. */
  readonly surely: boolean
}

/**
 * The EPCI of an account, by its address: those whose « Chargé·e de déploiement » names the person of « Chargé·e·s » who has
 * it, or whose name it spells (camille.le-goff@… for « Camille Le Goff »), and those whose « Référents » hold it.
 */
export function ownEpcis({ listed, bySiren, referents }: Contacts, email: string): Own {
  const address = email.trim().toLowerCase()
  if (address === '') return { officer: new Set(), referent: new Set(), known: new Set(), surely: false }
  const find = officerFinder(listed)
  const names = new Set(
    listed.filter((one) => one.email?.trim().toLowerCase() === address).map(({ name }) => name.trim()),
  )
  const spelt = spelling(address.split('@')[0] ?? '')
  const writes = (cell: string) =>
    cell
      .toLowerCase()
      .split(/[\s,;|/()<>]+/u)
      .includes(address)
  const isKnown = (cell: string) => writes(cell) || find(cell).some((name) => names.has(name))
  const isTheirs = (cell: string) => isKnown(cell) || find(cell).some(spelt)
  const officer = [...bySiren].flatMap(([siren, cell]) => (isTheirs(cell) ? siren : []))
  const referent = [...referents].flatMap(([siren, people]) =>
    people.some((one) => one.email?.trim().toLowerCase() === address) ? siren : [],
  )
  const surely = names.size > 0 || [...bySiren.values()].some(writes)
  const known = [...bySiren].flatMap(([siren, cell]) => (isKnown(cell) ? siren : []))
  return {
    ...{ officer: new Set(officer), referent: new Set(referent), surely },
    known: new Set([...known, ...referent]),
  }
}

/** Whether the part of an address before its @ spells a name: first and last in either order, or an initial and the last. */
function spelling(local: string): (name: string) => boolean {
  const told = plain(local)
  return (name) => {
    const words = plain(name).split(' ').filter(Boolean)
    if (words.length < 2 || told === '') return false
    const [first, ...rest] = words
    const last = rest.join('')
    const whole = told.replaceAll(' ', '')
    return [`${first}${last}`, `${last}${first}`].includes(whole) || `${first![0]}${last}` === whole
  }
}

function plain(text: string): string {
  const letters = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return letters.replaceAll(/[^\p{L}\d]+/gu, ' ').trim()
}
