import type { Fix } from '../../../src/domain/completeness/safe-fixes.ts'
import type { ActorFields } from '../../../src/domain/actor.ts'

// What a person would still find in a value, read without a line of the product: figures, days, hours, addresses, words.

const DAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']
const OSM = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']

/** What the standard translates of older lists. */
const TRANSLATED: readonly (readonly [string, string])[] = [
  ['mediatheque', 'bib'],
  ['prendre en main un ordinateur', 'maitrise des outils numeriques du quotidien'],
  ['culture numerique', 'comprehension du monde numerique'],
]

const bare = (text: string) =>
  text.replaceAll('œ', 'oe').replaceAll('Œ', 'OE').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** What a fix loses, in the eyes of this reader; empty: nothing. */
export function lostBy({ field, before, after }: Fix, fields: ActorFields): string[] {
  const [old, now] = [bare(before), bare(after)]
  if (field === 'horaires') return lostHours(old, after)
  if (field === 'date_maj') return datesOf(old).filter((day) => !datesOf(now).includes(day))
  if (/^(?:telephone|pivot|code_)/u.test(field)) return lostFigures(old, now)
  if (field === 'courriels')
    return (old.match(/[\w.+-]+@[\w.-]+\w/gu) ?? []).filter((one) => !now.includes(one))
  if (/^(?:site_web|prise_rdv)$/u.test(field))
    return (old.match(/[\w-]+(?:\.[\w-]+)+/gu) ?? []).filter((host) => !now.includes(host))
  if (field === 'typologie' || field === 'services') {
    const told = TRANSLATED.reduce((text, [one, other]) => text.replaceAll(one, other), old)
    return wordsIn(told).filter((word) => !wordsIn(now).includes(word))
  }
  const kept = wordsIn(`${now} ${field === 'adresse' ? bare(`${fields.commune} ${fields.code_postal}`) : ''}`)
  // « PONT LABBE » is Pont-l'Abbé: the signs between letters come and go.
  const signs = `${now}${bare(fields.commune ?? '')}`.replace(/[^a-z0-9]/gu, '')
  return wordsIn(old).filter((word) => !kept.includes(word) && !(word.length > 3 && signs.includes(word)))
}

/** Words of three letters and more, and all figures; markup says nothing. */
const wordsIn = (text: string) =>
  (text.replace(/<[^>]*>|&\w+;/gu, ' ').match(/[a-z]{3,}|\bst\b|\d+/gu) ?? [])
    .filter((word) => !['des', 'les', 'ste', 'france'].includes(word))
    .map((word) => (word === 'saint' ? 'st' : word))

/** Each number, whatever stands between its digits; one that lost its zero, or bears that of its country, is the same. */
function lostFigures(old: string, now: string): string[] {
  const digits = now.replace(/\D/gu, '')
  const numbers = old
    .split(/[;|]| ou | et /u)
    .map((one) => one.replace(/[.,]0$/u, '').replace(/\(0\)|\D/gu, ''))
  return numbers.filter((one) => one !== '' && !digits.endsWith(one.replace(/^(?:00)?0?/u, '').slice(-9)))
}

const MONTHS = [
  'janvier',
  'fevrier',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'aout',
  'septembre',
  'octobre',
  'novembre',
  'decembre',
]
const datesOf = (text: string) =>
  [
    ...[...text.matchAll(/(\d{4})-(\d{1,2})-(\d{1,2})/gu)].map(([, y, m, d]) => [y, m, d]),
    ...[...text.matchAll(/(\d{1,2})\/(\d{1,2})\/(\d{4})/gu)].map(([, d, m, y]) => [y, m, d]),
    ...[...text.matchAll(/(\d{1,2})(?:er)? ([a-z]+) (\d{4})/gu)].map(([, d, m = '', y]) => [
      y,
      MONTHS.indexOf(m) + 1,
      d,
    ]),
  ].map((parts) => parts.map(Number).join('-'))

/** Each hour on each of the days named right before it. */
function lostHours(old: string, after: string): string[] {
  const said: string[] = []
  let [days, told, ranged]: [number[], boolean, boolean] = [[], false, false]
  for (const [token, day, hour, minutes] of old.matchAll(
    /(lun|mar|mercre|jeu|vendre|same)dis?|dimanches?|(\d{1,2}) ?h ?([0-5]\d(?! ?h))?|\bau\b/gu,
  )) {
    if (token === 'au') ranged = days.length > 0 && !told
    else if (hour === undefined) {
      const at = DAYS.findIndex((name) => name.startsWith(day ?? 'dim'))
      if (told) days = []
      days.push(...(ranged ? Array.from({ length: at - days.at(-1)! }, (_, add) => at - add) : [at]))
      told = ranged = false
    } else {
      said.push(...days.map((at) => `${at} ${hour.padStart(2, '0')}:${minutes ?? '00'}`))
      told = true
    }
  }
  return said.filter((one) => {
    const [day = '', clock = ''] = one.split(' ')
    const last = after.split('; ').findLast((rule) => namesDay(rule, Number(day))) ?? ''
    return !last.includes(clock) && !last.endsWith(' off')
  })
}

const namesDay = (rule: string, day: number) =>
  (/^[A-Z][a-z](?:[-,][A-Z][a-z])*/u.exec(rule)?.[0] ?? '').split(',').some((range) => {
    const [from = -1, to = from] = range.split('-').map((one) => OSM.indexOf(one))
    return day >= from && day <= to
  })
