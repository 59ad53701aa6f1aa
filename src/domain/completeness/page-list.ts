import { isPage } from './web-forms.ts'

/** What begins an address: its https://, www., or a host. */
const BEGINNING =
  /^(?:https?:|www\.|(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,}(?=[/?#:]|$))/iu
/** Words that part two addresses, or that only announce one. */
const BESIDE = /^(?:et|ou|puis|[-–—/&+,;:]|https?:\/\/|site|web|internet|url|lien|adresse)[:\s]*$/iu

/**
 * The addresses that a value holds, each as it is written, without what stands around it; one where only one may stand
 * there. A semicolon or a comma within an address (« /page;jsessionid=1 ») parts nothing.
 */
export function pagesIn(value: string, several: boolean): readonly string[] {
  const whole = bare(value)
  if (!several) return whole === '' ? [] : [whole]
  const words = whole.split(/[|\s]+/u).filter((word) => word !== '' && !BESIDE.test(word))
  const parts = words.flatMap(apart).map(bare)
  const spoilt = parts.some((part) => !isPage(withScheme(part)))
  return spoilt && !value.includes('|') && parts.length > 1 && !parts.every(isAddress) ? [whole] : parts
}

/** « a.fr;b.fr » → both; what follows a semicolon or a comma must begin as an address does. */
function apart(word: string): string[] {
  const parts: string[] = []
  for (const piece of word.split(/(?<=[;,])/u)) {
    const last = parts.at(-1)
    const begins = last?.endsWith(',') === true ? /^(?:https?:|www\.)/iu : BEGINNING
    if (last !== undefined && !begins.test(piece)) parts[parts.length - 1] = last + piece
    else parts.push(piece)
  }
  return parts
}

function isAddress(part: string): boolean {
  return BEGINNING.test(part)
}

/** Without spaces, brackets and full stops around it. */
function bare(text: string): string {
  const inner = text.trim().replace(/^[<("'«[]+\s*/u, '')
  const end = inner.includes('(') ? /[\s.,;:!>"'»\]]+$/u : /[\s.,;:!>"'»\])]+$/u
  return inner.replace(end, '')
}

const TYPED = /^h{0,2}t{1,3}p{1,2}(s?)\s*(?:[:;]+\s*[\\/]{0,3}|[\\/]{1,3})\s*(?=[^\s\\/])/iu

/** https:// put before what lacks it, or instead of a mistyped one (`htpp:/`, `https//`); the last where there are two. */
export function withScheme(address: string): string {
  const single = address.replace(/^(?:https?:\/\/(?:www\.)?)+(?=https?:\/\/)/iu, '')
  if (/^https?:\/\/[^/]/u.test(single)) return single
  const typed = TYPED.exec(single)
  return `http${typed === null || typed[1] !== '' ? 's' : ''}://${typed === null ? single : single.slice(typed[0].length)}`
}
