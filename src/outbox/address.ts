import { lookup } from 'node:dns/promises'
import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Gives every address of a host. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

/** The addresses that may be connected to, or why none may. */
export type Checked = { readonly addresses: readonly LookupAddress[] } | { readonly refused: string }

/** Asks the system, as every program of this machine does. */
export const resolveHost: Resolve = (host) => lookup(host, { all: true, verbatim: true })

/**
 * Resolves a host once and checks every address it has: a single one that is not public refuses it. Who connects to
 * these addresses, and to no name, cannot be led elsewhere by a second answer of the DNS.
 */
export async function checkHost(
  hostname: string,
  allowPrivate: boolean,
  resolve: Resolve = resolveHost,
): Promise<Checked> {
  const host = hostname.replace(/^\[(.*)\]$/u, '$1')
  const family = isIP(host)
  const addresses = family === 0 ? await found(host, resolve) : [{ address: host, family }]
  if (addresses.length === 0) return { refused: 'name not found' }
  const kinds = addresses.map(({ address }) => kindOf(address))
  const bad = kinds.find((kind) => kind !== PUBLIC && !(allowPrivate && PRIVATE.includes(kind)))
  return bad === undefined ? { addresses } : { refused: `address not allowed (${bad})` }
}

/** Answers the checked addresses whatever is asked: the name is not resolved a second time. */
export function pinned(addresses: readonly { address: string; family: number }[]): LookupFunction {
  return (_, { all }, callback) => {
    const [first] = addresses
    if (all) callback(null, [...addresses])
    else callback(null, first?.address ?? '', first?.family)
  }
}

async function found(host: string, resolve: Resolve): Promise<readonly LookupAddress[]> {
  try {
    return await resolve(host)
  } catch {
    return [] // told as « name not found » whatever the resolver says: it is tried again
  }
}

const PUBLIC = 'unicast'
/** What a subscription may be allowed to reach. Never link-local: clouds keep the secrets of their machines there. */
const PRIVATE: readonly string[] = ['private', 'loopback', 'uniqueLocal', 'carrierGradeNat']

/** The range of an address; one that carries an IPv4 address has the range of that. */
function kindOf(text: string): string {
  const address = ipaddr.process(text) // IPv4-mapped becomes IPv4
  const range = address.range()
  if (address instanceof ipaddr.IPv4) return range
  if (address.match(NAT64, 96)) return new ipaddr.IPv4(address.toByteArray().slice(12)).range()
  if (range === PUBLIC && !address.match(GLOBAL, 3)) return 'reserved'
  return range
}

const NAT64 = ipaddr.IPv6.parse('64:ff9b::')
/** All that was ever given out as global unicast. */
const GLOBAL = ipaddr.IPv6.parse('2000::')
