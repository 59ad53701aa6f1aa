import type { ExpectedRecords } from './expected-records.ts'
import type { ListedIn, ShownKind } from './listed-places.ts'
import { counted, frenchDay, frenchList, frenchNumber } from './typography.ts'

/**
 * What the imported lists name in an EPCI, which kinds they cover and which they do not: a French sentence for each.
 * @param when whether to say on which day each was read
 */
export function listedSentences(
  { listed, basis, expected, byPopulation, per10000 }: ExpectedRecords,
  when: 'with_days' | 'without_days',
): string[] {
  if (listed === null) return []
  const { lists, records, covered, missing } = listed
  const one = lists.length === 1
  const names = frenchList(lists.map((list) => listText(list, when)))
  const own = basis === 'source_lists'
  const fewer = !own && (expected === null || expected < records)
  return [
    `${one ? 'Liste lue' : 'Listes lues'} : ${names}${own ? '' : ` ; ${counted(records, 'lieu différent', 'lieux différents')} au moins${fewer ? ', plus que le nombre attendu' : ''}`}.`,
    covered.length === 0
      ? `${one ? 'Elle ne dit' : 'Elles ne disent'} pas de quels types sont les lieux.`
      : `${one ? 'Elle couvre' : 'Elles couvrent'} ces types : ${kindsText(covered)}.`,
    ...(missing.length === 0
      ? []
      : [`Dans aucune liste : ${kindsText(missing)} ; ce que les listes citent est donc un minimum.`]),
    ...(byPopulation === null || per10000 === null
      ? []
      : [
          `La population en donnerait ${frenchNumber(byPopulation)} (${frenchNumber(per10000)} pour 10\u202f000 habitants, un ordre de grandeur).`,
        ]),
  ]
}

/** « « France services » (3 lieux, lue le 24 novembre 2026) » */
function listText({ list, records, readOn, kinds }: ListedIn, when: 'with_days' | 'without_days'): string {
  const named = kinds.slice(0, KINDS_SHOWN).map(({ label, records: its }) => `${label} ${frenchNumber(its)}`)
  const more = kinds.length > KINDS_SHOWN ? ['…'] : []
  const detail = kinds.length < 2 ? '' : ` : ${[...named, ...more].join(', ')}`
  const day = when === 'with_days' ? `, lue le ${frenchDay(readOn)}` : ''
  return `« ${list} » (${counted(records, 'lieu', 'lieux')}${detail}${day})`
}

/** How many kinds of a list are named. */
const KINDS_SHOWN = 6

function kindsText(kinds: readonly ShownKind[]): string {
  return frenchList(kinds.map(({ label }) => label))
}
