import { readDay } from './check-date.ts'
import type { Lost } from './fix-guard.ts'
import { glued, saidByText, without, wordsOf } from './said-by-words.ts'

/** What nobody misses in an address in France. */
const COUNTRY = ['france', 'f', 'fr']

/** An address leaves postal code and commune to the fields of the record that say the same. */
export const saidByAddress: Lost = (before, after, actor) => {
  const [commune, code] = [actor.fields.commune ?? '', actor.fields.code_postal ?? '']
  const lost = without(saidByText(before, after, actor), [code.replace(/\D/gu, ''), ...COUNTRY])
  return lost.join('') === glued(commune) ? [] : without(lost, wordsOf(commune))
}

/** SIRET, postal code, INSEE code: the signs; a zero that a spreadsheet took, or « .0 » that it put, says nothing. */
export const saidByCode: Lost = (before, after) => {
  const bare = (text: string): string =>
    text
      .toUpperCase()
      .replace(/^\W*(?:SIRET|SIREN|RNA|CP|INSEE|FR?(?=\W*\d))/u, '')
      .replace(/(?<=\d)[.,]0+(?=\W*$)/u, '')
      .replace(/[^0-9A-Z]+/gu, '')
      .replace(/^0+/u, '')
  return bare(before) === bare(after) ? [] : [before]
}

/** A number says its value. */
export const saidByNumber: Lost = (before, after) => {
  const value = (text: string): number =>
    Number(
      text
        .replace(/[‐-―−]/gu, '-')
        .replace(',', '.')
        .replace(/[\s°"'=]+/gu, ''),
    )
  return value(before) === value(after) ? [] : [before]
}

const PHONE_LABELS = new Set(['tel', 'telephone', 't', 'numero', 'no'])

/** A number to dial says its digits, with or without its country's, and the words around it. */
export const saidByPhone: Lost = (before, after) => {
  const words = wordsOf(before).filter((word) => !/^\d+$/u.test(word) && !PHONE_LABELS.has(word))
  const digits = before.replace(/\(\s*0\s*\)/gu, '').replace(/\D+/gu, '')
  const dialled = after.replace(/\D+/gu, '')
  const spellings = [2, 3].map((country) => {
    const [code, own] = [dialled.slice(0, country), dialled.slice(country)]
    return new RegExp(`^(?:(?:00)?${code}0?${own}|0?${own})+$`, 'u')
  })
  return words.length === 0 && spellings.some((spelling) => spelling.test(digits)) ? [] : [before]
}

const MIDNIGHT = /[T ]00:00(?::00(?:[.,]0+)?)?(?:Z|[+]00:00)?$/u

/** A date says its day; a time of day beside it is lost with it. */
export const saidByDate: Lost = (before, after) => {
  const text = before.trim().replace(MIDNIGHT, '')
  return readDay(text) === after && !/\d\s*[:h]\s*\d/u.test(text) ? [] : [before]
}
