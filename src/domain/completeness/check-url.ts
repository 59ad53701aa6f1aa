import { type CheckKind, type Found, found, NOTHING } from './check.ts'
import { decodedList } from './encoded-list.ts'
import { pagesIn, withScheme } from './page-list.ts'
import { isOrdinaryPage, isPage } from './web-forms.ts'

/** `several`: more than one address may stand there, `|` between them; `hosts`: the only sites that are right here. */
export type UrlParams = { readonly several: boolean; readonly hosts?: readonly string[] | undefined }

/** Nobody writes so many addresses in one cell. */
const LONGEST = 5000

/** Addresses of web pages, with their https://. */
export const url: CheckKind<UrlParams> = {
  reasons: ({ several, hosts }) => ({
    scheme: [],
    notation: [],
    ...(several ? { separator: [] } : {}),
    ...(hosts === undefined ? {} : { other_site: ['hosts'] }),
    invalid: ['address'],
  }),
  remember: false,
  make:
    ({ params }) =>
    (value) => {
      if (isOrdinaryPage(value)) return otherSite([value], params.hosts)
      if (value.length > LONGEST) return found('invalid', null, { address: value.slice(0, 60) })
      const parts = pagesIn(params.several ? decodedList(value) : value, params.several)
      const plain = parts.map(withScheme)
      if (plain.length === 0 || !plain.every(isPage))
        return found('invalid', mended(value) ?? among(value, params.several), { address: wrongOne(value) })
      const suggestion = plain.join('|')
      const notation = suggestion === value ? NOTHING : found(notationReason(value, parts, plain), suggestion)
      return [...notation, ...otherSite(plain, params.hosts)]
    },
}

function notationReason(value: string, parts: readonly string[], plain: readonly string[]): string {
  if (parts.length > 1 && parts.join('|') !== value) return 'separator'
  return parts.every((part, at) => part === plain[at]) ? 'notation' : 'scheme'
}

/** What is no address, among those that `|` parts. */
function wrongOne(value: string): string {
  if (pagesIn(value, true).length === 0) return value
  const wrong = value
    .split('|')
    .find((part) => !pagesIn(part, true).every((page) => isPage(withScheme(page))))
  return (wrong ?? value).trim()
}

/** The one address that spaces around its dots and slashes have spoilt; null: it is something else. */
function mended(value: string): string | null {
  const joined = withScheme(value.trim().replace(/\s*([./:])\s*/gu, '$1'))
  return /\s/u.test(value.trim()) && joined.split('://').length === 2 && isPage(joined) ? joined : null
}

/** The addresses among words that say something else (« Facebook : https://… »), to be confirmed; null: none is plain. */
function among(value: string, several: boolean): string | null {
  if (!several || value.includes('@') || value.includes('|')) return null
  const plain = value.split(/\s+/u).filter((word) => /^\(?(?:https?:\/\/|www\.)/iu.test(word))
  const pages = plain.flatMap((word) => pagesIn(word, true)).map(withScheme)
  return pages.length > 0 && pages.every(isPage) ? pages.join('|') : null
}

function otherSite(addresses: readonly string[], hosts: readonly string[] | undefined): readonly Found[] {
  if (hosts === undefined) return NOTHING
  const right = addresses.every((address) => {
    const host = address.split('/', 3)[2] ?? ''
    return hosts.some((one) => host === one || host.endsWith(`.${one}`))
  })
  return right ? NOTHING : found('other_site', null, { hosts: hosts.join(', ') })
}
