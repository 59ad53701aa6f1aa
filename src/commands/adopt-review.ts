import { typeset } from '../domain/typography.ts'
import type { Ask } from './adopt-ask.ts'

const HOW = typeset(
  'Est-ce juste ? [o : tout ; n : je revois chaque ligne ; ou les numéros de ce qui ne va pas, « 2 4 »] ',
)
const WRONG = typeset('Répondez par « o », « n », ou les numéros de ce qui ne va pas.')

const WHOLE = typeset(
  '[o : oui, avec tout cela ; n : non ; ou les numéros de ce qui ne va pas, pour le reste c’est oui, « 2 4 »] ',
)

/**
 * Asks about several lines at once; answers which of them are not right, counted from 0; null: the whole of it is refused.
 * @param items the lines of each
 * @param isWhole whether no is said of all that the title asks, and not of the lines alone
 */
export async function review(
  ask: Ask,
  title: string,
  items: readonly (readonly string[])[],
  isWhole = false,
): Promise<ReadonlySet<number> | null> {
  const lines = items.map((texts, at) => `  ${at + 1}. ${texts.join('\n     ')}`)
  for (let said = ''; ; said = `${WRONG}\n`) {
    const answer = (
      await ask(`${said}${[title, ...lines].join('\n')}\n${isWhole ? WHOLE : HOW}`)
    ).toLowerCase()
    if (['o', 'oui', 'y', 'yes'].includes(answer)) return new Set()
    if (['n', 'non', 'no', '0'].includes(answer)) return isWhole ? null : new Set(items.keys())
    const numbers = answer.split(/[\s,;+]+/u).filter((one) => one !== '')
    const places = numbers.map((one) => Number(one) - 1)
    if (places.length > 0 && places.every((at) => items[at] !== undefined)) return new Set(places)
  }
}
