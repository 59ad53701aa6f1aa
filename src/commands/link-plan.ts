import { officialEpcis } from '../config/geography.ts'
import { epciFinder } from '../domain/adoption/epci-names.ts'
import type { EpciFound } from '../domain/adoption/epci-names.ts'
import type { RecordId } from '../domain/record-id.ts'
import { epciToLink } from '../domain/adoption/epci-to-link.ts'
import type { EpciToLink } from '../domain/adoption/epci-to-link.ts'
import { unknownWords, withAgreedWords } from '../domain/adoption/unknown-words.ts'
import type { UnknownWord } from '../domain/adoption/unknown-words.ts'
import { letters } from '../domain/completeness/text.ts'
import { placeFinder } from '../domain/completeness/place.ts'
import type { Geography } from '../domain/geography.ts'
import type { UnlinkedActor } from '../nocodb/adoption/unlinked-actors.ts'
import type { EpciRow } from '../nocodb/read-declared-rows.ts'

/** What is to be linked, what is to be made for it, and what is left to a person; of rows their ids alone. */
export type LinkPlan = {
  readonly actors: number
  readonly links: readonly { readonly id: RecordId; readonly siren: string; readonly by: EpciToLink['by'] }[]
  readonly toCreate: readonly { readonly siren: string; readonly name: string }[]
  readonly left: Readonly<Partial<Record<Left, readonly number[]>>>
  /** Of those left, the ones beside which nothing says yet that they are a person's to choose. */
  readonly toNote: readonly number[]
  /** The texts for which records are left. */
  readonly words: readonly UnknownWord[]
}

/** Why a record is left: what the column and the commune say; or somebody emptied a link that Portrea had filled. */
export type Left = EpciToLink['by'] | 'emptied'

export type ToLink = {
  readonly actors: number
  readonly unlinked: readonly UnlinkedActor[]
  readonly epcis: readonly EpciRow[]
  readonly geography: Geography
  /** Words that name an organisation. */
  readonly organisations: readonly string[]
}

/** How the texts of this base are read: its own names of EPCI count, and initials are looked for around its records. */
export function finderFor({
  unlinked,
  epcis,
  geography,
  organisations,
}: ToLink): (text: string) => EpciFound {
  const official = officialEpcis()
  const place = placeFinder(geography)
  const here = [
    ...epcis.flatMap(({ siren }) => siren ?? []),
    ...unlinked.flatMap(({ fields }) => place({ fields, linkedEpci: null }).epci ?? []),
  ]
  const regions = new Set(here.map((siren) => geography.epci(siren)?.region))
  const home = official.filter(({ siren }) => regions.has(geography.epci(siren)?.region ?? null))
  return epciFinder([...ownNames(epcis), ...official], {
    home: home.length === 0 ? null : new Set(home.map(({ siren }) => siren)),
    others: new Set(organisations.map((word) => letters(word))),
  })
}

function ownNames(epcis: readonly EpciRow[]) {
  return epcis.flatMap(({ siren, name }) => (siren === null ? [] : [{ siren, name }]))
}

/** @param words those that people agreed to, each with its SIREN */
export function planLinks(
  { actors, unlinked, epcis, geography }: ToLink,
  find: (text: string) => EpciFound,
  words: Readonly<Record<string, string>>,
): LinkPlan {
  const read = withAgreedWords(words, find)
  const place = placeFinder(geography)
  const decided = unlinked.map(({ id, fields, text, trace }): Decided => {
    const commune = place({ fields, linkedEpci: null }).epci
    const said = { id, trace, text, commune }
    if (trace?.sure === true && trace.row !== null) return { ...said, siren: null, by: 'emptied' }
    return { ...said, ...epciToLink(text === null ? null : read(text), commune) }
  })
  const links = decided.flatMap(({ id, siren, by }) =>
    siren === null || by === 'emptied' ? [] : [{ id, siren, by }],
  )
  const known = new Set(epcis.flatMap(({ siren }) => siren ?? []))
  const missing = [...new Set(links.map(({ siren }) => siren))].filter((siren) => !known.has(siren)).sort()
  const left = Map.groupBy(
    decided.filter(({ siren }) => siren === null),
    ({ by }) => by,
  )
  return {
    actors,
    links,
    toCreate: missing.map((siren) => ({ siren, name: geography.epci(siren)?.name ?? siren })),
    left: Object.fromEntries([...left].map(([by, rows]) => [by, rows.map(({ id }) => id)])),
    toNote: decided.flatMap(({ id, by, trace }) => (trace === null && TO_CHOOSE.has(by) ? [id] : [])),
    words: unknownWords(
      decided.filter(({ by }) => by === 'unknown_text' || by === 'ambiguous_text'),
      find,
    ),
  }
}

type Decided = Pick<UnlinkedActor, 'id' | 'trace' | 'text'> & {
  readonly commune: string | null
  readonly siren: string | null
  readonly by: Left
}

/** The column names an EPCI that the commune does not confirm: the nightly run, which does not read it, must not choose. */
const TO_CHOOSE: ReadonlySet<Left> = new Set(['disagree', 'unknown_text', 'ambiguous_text'])
