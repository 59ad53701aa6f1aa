import { describe, expect, it } from 'vitest'
import { checkHost } from '../../src/outbox/address.ts'

const resolving =
  (...addresses: readonly string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
const check = (host: string, allowPrivate = false, ...addresses: readonly string[]) =>
  checkHost(host, allowPrivate, resolving(...addresses))

const PRIVATE = [
  ['127.0.0.1', 'loopback'],
  ['127.8.9.1', 'loopback'],
  ['10.0.0.8', 'private'],
  ['172.16.4.4', 'private'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'carrierGradeNat'],
  ['[::1]', 'loopback'],
  ['[fd12::1]', 'uniqueLocal'],
  ['[::ffff:10.0.0.1]', 'private'],
  ['[::ffff:7f00:1]', 'loopback'],
  ['[64:ff9b::7f00:1]', 'loopback'],
] as const
const NEVER = [
  ['0.0.0.0', 'unspecified'],
  ['169.254.169.254', 'linkLocal'],
  ['[::ffff:169.254.169.254]', 'linkLocal'],
  ['[64:ff9b::a9fe:a9fe]', 'linkLocal'],
  ['255.255.255.255', 'broadcast'],
  ['224.0.0.1', 'multicast'],
  ['192.0.2.1', 'reserved'],
  ['240.0.0.1', 'reserved'],
  ['[::]', 'unspecified'],
  ['[fe80::1]', 'linkLocal'],
  ['[ff02::1]', 'multicast'],
  ['[::7f00:1]', 'reserved'],
  ['[2002:7f00:1::]', '6to4'],
  ['[2001:db8::1]', 'reserved'],
  ['[fec0::1]', 'deprecatedSiteLocal'],
] as const

describe('where a webhook may go', () => {
  it.each([...PRIVATE, ...NEVER])('is not %s, unless it is allowed', async (host, range) => {
    expect(await check(host)).toEqual({ refused: `address not allowed (${range})` })
  })

  it.each(PRIVATE)('is %s where private addresses are allowed', async (host) => {
    expect(await check(host, true)).toHaveProperty('addresses')
  })

  it.each(NEVER)(
    'is never %s: link-local is where clouds keep secrets, the others are nowhere',
    async (host) => {
      expect(await check(host, true)).toHaveProperty('refused')
    },
  )

  it.each(['1.1.1.1', '[2606:4700:4700::1111]', '[64:ff9b::101:101]', '[::ffff:1.1.1.1]'])(
    'is %s, which is public',
    async (host) => {
      expect(await check(host)).toHaveProperty('addresses')
    },
  )

  it('is a name all of whose addresses may be reached, and those only', async () => {
    expect(await check('hub.example.org', false, '1.1.1.1', '2606:4700::1')).toEqual({
      addresses: [
        { address: '1.1.1.1', family: 4 },
        { address: '2606:4700::1', family: 6 },
      ],
    })
  })

  it('is no name that hides one private address among public ones', async () => {
    expect(await check('hub.example.org', false, '1.1.1.1', '10.0.0.1')).toEqual({
      refused: 'address not allowed (private)',
    })
  })

  it('is no name that cannot be resolved', async () => {
    const lost = () => Promise.reject(new Error('ENOTFOUND secret-name.example.org'))
    expect(await checkHost('secret-name.example.org', false, lost)).toEqual({ refused: 'name not found' })
  })

  it('is no other way to write a private address: the address is read as the connection reads it', async () => {
    for (const text of ['http://0x7f.1/', 'http://2130706433/', 'http://017700000001/', 'http://127.1/'])
      expect(await check(new URL(text).hostname)).toEqual({ refused: 'address not allowed (loopback)' })
  })
})
