import { describe, expect, it } from 'vitest'
import { loadGeography } from '../../../src/config/geography.ts'
import { url } from '../../../src/domain/completeness/check-url.ts'
import {
  isEmail,
  isOrdinaryEmail,
  isOrdinaryPage,
  isPage,
} from '../../../src/domain/completeness/web-forms.ts'

const long = (length: number) => 'a'.repeat(length)

describe('the common forms, told quickly', () => {
  it('are e-mail addresses under 64 signs', () => {
    expect(isOrdinaryEmail(`${long(56)}@bzh.fr`)).toBe(true)
    expect(isOrdinaryEmail(`${long(57)}@bzh.fr`)).toBe(false)
    expect(isOrdinaryEmail('accueil.mairie@callac-plage.bzh')).toBe(true)
    for (const other of ['Accueil@bzh.fr', 'a@bzh', 'a@-bzh.fr', 'é@bzh.fr', 'x a@bzh.fr', 'a@bzh.fr x'])
      expect(isOrdinaryEmail(other)).toBe(false)
  })

  it('are pages of a host under 64 signs, however long the path', () => {
    expect(isOrdinaryPage(`https://bzh.fr/${long(90)}`)).toBe(true)
    expect(isOrdinaryPage(`http://${long(53)}.fr`)).toBe(true)
    expect(isOrdinaryPage(`https://${long(60)}.fr`)).toBe(true)
    expect(isOrdinaryPage(`https://${long(61)}.fr`)).toBe(false)
    for (const other of ['bzh.fr', 'ftp://bzh.fr', 'https://bzh', 'https://bzh.fr/é', 'x https://bzh.fr'])
      expect(isOrdinaryPage(other)).toBe(false)
  })

  it('are never anything that the longer look refuses', () => {
    expect([isPage(`https://${long(63)}.fr`), isPage(`https://${long(64)}.fr`)]).toEqual([true, false])
    expect([isEmail(`${long(64)}@bzh.fr`), isEmail(`${long(65)}@bzh.fr`)]).toEqual([true, false])
  })
})

describe('the others, looked at closely', () => {
  it.each([
    ['Accueil+portrea@Mairie.bzh', true],
    ['accuéil@mairie.bzh', false],
    ['mairie.bzh', false],
    ['a@b@mairie.bzh', false],
  ])('« %s » as an e-mail is %s', (text, right) => {
    expect(isEmail(text)).toBe(right)
  })

  it.each([
    ['https://Mairie.bzh/?a=b#c', true],
    ['HTTP://mairie.bzh', true],
    ['mairie.bzh', false],
    ['ftp://mairie.bzh', false],
    ['https://mairie.bzh|https://autre.bzh', false],
    ['https://mairie.bzh/a|b', false],
    ['https://accueil@mairie.bzh', false],
    ['http://accueil@mairie.bzh', false],
    ['https://mairie.bzh/?de=https://accueil@autre.bzh', true],
  ])('« %s » as a page is %s', (text, right) => {
    expect(isPage(text)).toBe(right)
  })
})

describe('addresses of pages, one or several', () => {
  const setting = {
    ...({ field: 'site_web' } as const),
    ...{ geography: loadGeography(), today: '2026-11-24', accepted: {} },
    answered: () => true,
  } as const
  const found = (value: string, params: { several: boolean; hosts?: string[] }) =>
    url
      .make({ ...setting, params: { hosts: undefined, ...params } })(value, undefined as never)
      .map(({ reason, suggestion, facts }) => [reason, suggestion, ...Object.values(facts ?? {})])

  it.each([
    [' https://a.fr ', [['notation', 'https://a.fr']]],
    ['https://a.fr |', [['notation', 'https://a.fr']]],
    ['https://a.fr|https://b.fr', []],
    ['a.fr|https://b.fr', [['scheme', 'https://a.fr|https://b.fr']]],
    ['https://a.fr,   https://b.fr', [['separator', 'https://a.fr|https://b.fr']]],
    ['https://a.fr  https://b.fr', [['separator', 'https://a.fr|https://b.fr']]],
    ['https://a.fr et   www.b.fr', [['separator', 'https://a.fr|https://www.b.fr']]],
    ['https://a.fr ou   www.b.fr', [['separator', 'https://a.fr|https://www.b.fr']]],
    ['ttp://a.fr', [['scheme', 'http://a.fr']]],
    ['https : //a.fr', [['scheme', 'https://a.fr']]],
    ['https:// a.fr', [['scheme', 'https://a.fr']]],
    ['https://www. a . fr', [['invalid', 'https://www.a.fr', 'https://www. a . fr']]],
    ['|', [['invalid', null, '|']]],
    ['voir a', [['invalid', null, 'voir a']]],
    ['https://a', [['invalid', null, 'https://a']]],
    ['https://a.fr/?u=http://b', []],
    ['a.fr/http://b.fr', [['scheme', 'https://a.fr/http://b.fr']]],
  ])('« %s », where several may stand', (value, expected) => {
    expect(found(value, { several: true })).toEqual(expected)
  })

  it('want the right site of each', () => {
    const params = { several: true, hosts: ['a.fr', 'b.fr'] }
    expect(found('https://a.fr|https://www.b.fr/x', params)).toEqual([])
    expect(found('https://a.fr|https://c.fr', params)).toEqual([['other_site', null, 'a.fr, b.fr']])
    expect(found('https://c.fr|https://a.fr', params)).toEqual([['other_site', null, 'a.fr, b.fr']])
    expect(found('https://xa.fr', { several: false, hosts: ['a.fr'] })).toEqual([
      ['other_site', null, 'a.fr'],
    ])
  })
})
