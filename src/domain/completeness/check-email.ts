import { type CheckKind, type Found, found, NOTHING } from './check.ts'
import { isEmail, isOrdinaryEmail } from './web-forms.ts'

/** One or several e-mail addresses, `|` between them. */
export const email: CheckKind = {
  reasons: () => ({ notation: [], separator: [], invalid: ['address'] }),
  remember: false,
  make: () => (value) => (isOrdinaryEmail(value) ? NOTHING : readAddresses(value)),
}

function readAddresses(value: string): readonly Found[] {
  const parts = value.split(/\s*[|;,\n]\s*|\s+(?:ou|et|\/|-)\s+/iu).filter((part) => part !== '')
  const plain = parts.map(plainAddress)
  const wrong = plain.find((address) => !isEmail(address))
  if (wrong !== undefined || plain.length === 0) return found('invalid', null, { address: wrong ?? value })
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
