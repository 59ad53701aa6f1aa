import emailModule from 'validator/lib/isEmail.js'
import urlModule from 'validator/lib/isURL.js'

// Two forms only: the whole of `validator` takes ten times as long to load.

/** A host below this length has no label beyond the 63 signs allowed. */
const SHORT = 64
const HOST = '(?:[a-z0-9]+(?:-[a-z0-9]+)*\\.){1,4}[a-z]{2,10}'
/** Addresses that nothing could be wrong with: most are, and need no closer look. */
const ORDINARY_EMAIL = new RegExp(`^[a-z0-9]+(?:[._-][a-z0-9]+){0,5}@${HOST}$`, 'u')
const ORDINARY_PAGE = new RegExp(`^https?://${HOST}(?:/[a-z0-9._/-]*)?$`, 'u')
/** Accents in an address are nearly always a slip. */
const ADDRESS = { allow_utf8_local_part: false }
/** Browsers take an underscore in a host, and town halls have some. */
const PAGE = { protocols: ['http', 'https'], require_protocol: true, allow_underscores: true }

/** Whether a text is an e-mail address of the common kind; quick. */
export function isOrdinaryEmail(text: string): boolean {
  return text.length < SHORT && ORDINARY_EMAIL.test(text)
}

/** Whether a text is the address of a web page of the common kind; quick. */
export function isOrdinaryPage(text: string): boolean {
  return ORDINARY_PAGE.test(text) && (text.length < SHORT || (text.split('/', 3)[2] ?? '').length < SHORT)
}

/** Whether a text is one e-mail address. */
export function isEmail(text: string): boolean {
  return isOrdinaryEmail(text) || (text.includes('@') && emailModule.default(text, ADDRESS))
}

/** Whether a text is the address of one web page, http:// or https:// included. */
export function isPage(text: string): boolean {
  if (isOrdinaryPage(text)) return true
  if (text.includes('|')) return false // two addresses, where one is asked for
  return urlModule.default(text, PAGE) && !isEmail(text.replace(/^https?:\/\//iu, ''))
}
