import type { Lost } from './fix-guard.ts'
import { wordsOf } from './said-by-words.ts'

/** Words around an address that only say what it is. */
const LABELS = new Set(['mail', 'mailto', 'courriel', 'courriels', 'email', 'e', 'ou', 'and'])

/** What is longer is no list of addresses, and is not read. */
const LONGEST = 5000

/** E-mail addresses say themselves and the words around them. */
export const saidByEmails: Lost = (before, after) => {
  if (before.length > LONGEST) return [before]
  const kept = after.split('|')
  let rest = before
    .replace(/\s*[[(]\s*(?:at|arobase|chez)\s*[\])]\s*/giu, '@')
    .replace(/\s*@\s*/gu, '@')
    .replace(/ ?\. ?(?=\S)/gu, '.')
  for (const address of longestFirst(kept)) rest = leaveOut(rest, address)
  return wordsOf(rest).filter((word) => !LABELS.has(word))
}

/** http://, however it is mistyped: the page is the same. */
const SCHEME = /h?t{1,3}p{1,2}s?\s*[:;]*\s*\/{1,3}/giu
const BESIDE = new Set(['ou', 'http', 'https', 'site', 'web', 'internet', 'url', 'lien'])

/** Addresses of pages say what follows their https://, and the words around them. */
export const saidByPages: Lost = (before, after) => {
  if (before.length > LONGEST) return [before]
  const pages = after.split('|').map((page) => page.replace(/^https?:\/\//iu, ''))
  let rest = before.replace(SCHEME, ' ')
  for (const page of longestFirst(pages)) rest = leaveOut(rest, page.replace(/\/$/u, ''))
  return wordsOf(rest).filter((word) => !BESIDE.has(word))
}

/** An address may be the beginning of another. */
function longestFirst(texts: readonly string[]): readonly string[] {
  return [...texts].filter((text) => text !== '').sort((one, other) => other.length - one.length)
}

/** The text without one thing, wherever it stands; its capitals do not count. */
function leaveOut(text: string, thing: string): string {
  const [within, searched] = [text.toLowerCase(), thing.toLowerCase()]
  if (within.length !== text.length || searched === '') return text
  const parts: string[] = []
  let from = 0
  for (let at = within.indexOf(searched); at >= 0; at = within.indexOf(searched, from)) {
    parts.push(text.slice(from, at))
    from = at + searched.length
  }
  return [...parts, text.slice(from)].join(' ')
}
