import { type CheckKind, type Found, found, NOTHING } from './check.ts'
import { isOrdinaryPage, isPage } from './web-forms.ts'

/** `several`: more than one address may stand there, `|` between them; `hosts`: the only sites that are right here. */
export type UrlParams = { readonly several: boolean; readonly hosts?: readonly string[] | undefined }

/** Addresses of web pages, with their https://. */
export const url: CheckKind<UrlParams> = {
  reasons: ({ several, hosts }) => ({
    scheme: [],
    ...(several ? { separator: [] } : {}),
    ...(hosts === undefined ? {} : { other_site: ['hosts'] }),
    invalid: ['address'],
  }),
  remember: false,
  make:
    ({ params }) =>
    (value) => {
      if (isOrdinaryPage(value)) return otherSite([value], params.hosts)
      const parts = params.several
        ? value.trim().split(/\s*[|;\n]\s*|\s*,\s+|\s+(?:et\s+|ou\s+)?(?=http|www)/iu)
        : [value.trim()]
      const plain = parts.filter((part) => part !== '').map(withScheme)
      const wrong = plain.find((address) => !isPage(address))
      if (wrong !== undefined || plain.length === 0)
        return found('invalid', mended(value), { address: wrong ?? value })
      const suggestion = plain.join('|')
      const notation = suggestion === value ? NOTHING : found(notationReason(value, parts), suggestion)
      return [...notation, ...otherSite(plain, params.hosts)]
    },
}

function notationReason(value: string, parts: readonly string[]): string {
  return parts.length > 1 && parts.join('|') !== value ? 'separator' : 'scheme'
}

/** https:// put before what lacks it, or instead of a mistyped one (`htpp:/`, `https//`). */
function withScheme(address: string): string {
  const typed = /^h?t{1,3}p{1,2}(s?)\s*[:;]*\s*\/{1,3}(?=[^/])/iu.exec(address)
  if (/^https?:\/\/[^/]/u.test(address)) return address
  return `http${typed === null || typed[1] !== '' ? 's' : ''}://${typed === null ? address : address.slice(typed[0].length)}`
}

/** The one address that stray spaces have spoilt; null: it is something else. */
function mended(value: string): string | null {
  const joined = withScheme(value.replace(/\s+/gu, ''))
  return /\s/u.test(value.trim()) && joined.split('://').length === 2 && isPage(joined) ? joined : null
}

function otherSite(addresses: readonly string[], hosts: readonly string[] | undefined): readonly Found[] {
  if (hosts === undefined) return NOTHING
  const right = addresses.every((address) => {
    const host = address.split('/', 3)[2] ?? ''
    return hosts.some((one) => host === one || host.endsWith(`.${one}`))
  })
  return right ? NOTHING : found('other_site', null, { hosts: hosts.join(', ') })
}
