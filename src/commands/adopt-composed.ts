import type { AgreedMapping } from '../config/columns-document.ts'
import type { Agreed } from '../domain/adoption/agreement.ts'
import { composedByHand } from '../domain/adoption/mapped/by-hand.ts'
import type { Asked } from './adopt-ask.ts'

const ACTORS = 'actors.'

/**
 * What was agreed to in a table of actors, as config/columns.yaml says it: a field that a person put together has no
 * single column any more.
 */
export function composed(
  agreed: Agreed,
  mapped: readonly AgreedMapping[],
  { live, together, rules }: Pick<Asked, 'live' | 'together' | 'rules'>,
): { readonly agreed: Map<string, string>; readonly mapped: AgreedMapping[] } {
  const made = new Set(mapped.flatMap(({ key, from }) => (from === null ? [] : [key])))
  const fields = <Value>(all: ReadonlyMap<string, Value>) =>
    new Map(
      [...all].flatMap(([place, value]) => {
        const key = place.slice(ACTORS.length)
        return place.startsWith(ACTORS) && !made.has(key) ? [[key, value] as const] : []
      }),
    )
  const columns = live.find(({ title }) => title === agreed.get('actors'))?.columns ?? []
  const holdsAddress = (title: string) =>
    (columns.find((one) => one.title === title)?.profile?.parts.town ?? 0) >= rules.evidence.agree
  const byHand = composedByHand(fields(agreed), fields(together), holdsAddress)
  const own = new Set(byHand.map(({ key }) => `${ACTORS}${key}`))
  return {
    agreed: new Map([...agreed].filter(([place]) => !own.has(place))),
    mapped: [...mapped, ...byHand.map((one) => ({ ...one, words: null }))],
  }
}
