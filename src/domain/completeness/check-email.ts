import { type CheckKind, type Found, found, NOTHING } from './check.ts'
import { decodedList } from './encoded-list.ts'
import { fold } from './text.ts'
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
  const parts = decodedList(value)
    .split(/\s*[|;,\n]\s*|\s+(?:ou|et|\/|-)\s+/iu)
    .filter((part) => part !== '')
  const plain = parts.map(plainAddress)
  const wrong = plain.find((address) => !isEmail(address))
  if (wrong !== undefined || plain.length === 0)
    return found('invalid', mended(value), { address: wrong ?? value })
  const suggestion = plain.join('|')
  if (suggestion === value) return NOTHING
  return found(parts.join('|') === value || parts.length === 1 ? 'notation' : 'separator', suggestion)
}

/** `mailto:`, < >, (at) and stray spaces, which people copy along. */
function plainAddress(text: string): string {
  return text
    .replace(/^\s*(?:mailto|mail|courriel|e-?mail)\s*:\s*/iu, '')
    .replace(/^.*<([^<>]+)>.*$/u, '$1')
    .replace(/\s*[[(]\s*(?:at|arobase|chez)\s*[\])]\s*/iu, '@')
    .replace(/\s+/gu, '')
    .replace(/[.,;]+$/u, '')
}

/** The address that an accent or a comma for a dot has spoilt; null: it is something else. */
function mended(value: string): string | null {
  if (value.split('@').length !== 2) return null
  const address = fold(value)
    .replace(/\s+/gu, '')
    .replaceAll(',', '.')
    .replace(/\.{2,}/gu, '.')
    .replace(/\.?@\.?/u, '@')
    .replace(/^[.-]+|[.-]+$/gu, '')
  return isEmail(address) ? address : null
}
