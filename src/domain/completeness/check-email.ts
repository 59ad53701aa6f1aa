import { type CheckKind, type Found, found, NOTHING } from './check.ts'
import { decodedList } from './encoded-list.ts'
import { fold, withoutEnd } from './text.ts'
import { isEmail, isOrdinaryEmail } from './web-forms.ts'

/** One or several e-mail addresses, `|` between them. */
export const email: CheckKind = {
  reasons: () => ({ notation: [], separator: [], invalid: ['address'] }),
  remember: false,
  make: () => (value) => (isOrdinaryEmail(value) ? NOTHING : readAddresses(value)),
}

/** Nobody writes so many addresses in one cell. */
const LONGEST = 5000

function readAddresses(value: string): readonly Found[] {
  if (value.length > LONGEST) return found('invalid', null, { address: value.slice(0, 60) })
  // One space or one line break for a run of them: a pattern that may begin anywhere in the run would look at it again and again.
  const single = decodedList(value).replaceAll(/\s+/gu, (run) =>
    /[\n\r\u2028\u2029]/u.test(run) ? '\n' : ' ',
  )
  const parts = single.split(/ ?[|;,\n] ?| (?:ou|et|\/|-) /iu).filter((part) => part.trim() !== '')
  const plain = parts.map(plainAddress)
  const wrong = parts.find((_, at) => !isEmail(plain[at] as string))
  if (wrong !== undefined || plain.length === 0)
    return found('invalid', mended(value), { address: wrong?.trim() ?? value })
  const suggestion = plain.join('|')
  if (suggestion === value) return NOTHING
  return found(parts.join('|') === value || parts.length === 1 ? 'notation' : 'separator', suggestion)
}

/** `mailto:`, < >, (at) and stray spaces, which people copy along. */
function plainAddress(text: string): string {
  const plain = text
    .replace(/^\s*(?:mailto|mail|courriel|e-?mail)\s*:\s*/iu, '')
    .replace(/^.*<([^<>]+)>.*$/u, '$1')
    .replace(/ ?[[(] ?(?:at|arobase|chez) ?[\])] ?/iu, '@')
    .replace(/\s+/gu, '')
  return withoutEnd(plain, '.,;')
}

/** The address that an accent or a comma for a dot has spoilt; null: it is something else. */
function mended(value: string): string | null {
  if (value.split('@').length !== 2) return null
  const address = fold(value)
    .replace(/\s+/gu, '')
    .replaceAll(',', '.')
    .replace(/\.{2,}/gu, '.')
    .replace(/\.?@\.?/u, '@')
    .replace(/^[.-]+/u, '')
  const trimmed = withoutEnd(address, '.-')
  return isEmail(trimmed) ? trimmed : null
}
