import { describe, expect, it } from 'vitest'
import { composedByHand, severalWay } from '../../../../src/domain/adoption/mapped/by-hand.ts'

const none = () => false

describe('what a person puts together by hand', () => {
  it.each([
    ['telephone', 'first'],
    ['courriels', 'all'],
    ['services', 'all'],
    ['adresse', 'join'],
    ['latitude', null],
    ['step', null],
  ])('reads several columns for %s: %s', (key, way) => {
    expect(severalWay(key)).toBe(way)
  })

  it('is several columns for one field, in their order', () => {
    const together = new Map([['telephone', ['Tel portable', 'Tel fixe']]])
    expect(composedByHand(new Map([['telephone', 'Tel portable']]), together, none)).toEqual([
      { key: 'telephone', from: { first: ['Tel portable', 'Tel fixe'] } },
    ])
  })

  it('is one column for several fields, each of which reads its part', () => {
    const agreed = new Map([
      ...([
        ['nom', 'Nom'],
        ['commune', 'CP Ville'],
        ['code_postal', 'CP Ville'],
      ] as const),
      ...([
        ['latitude', 'GPS'],
        ['longitude', 'GPS'],
      ] as const),
    ])
    expect(composedByHand(agreed, new Map(), none)).toEqual([
      { key: 'commune', from: { address: 'CP Ville' } },
      { key: 'code_postal', from: { address: 'CP Ville' } },
      { key: 'latitude', from: { point: 'GPS' } },
      { key: 'longitude', from: { point: 'GPS' } },
    ])
  })

  it('is a part of a column of which only one field is told, where its values are whole', () => {
    const agreed = new Map([['commune', 'CP Ville']])
    expect(composedByHand(agreed, new Map(), () => true)).toEqual([
      { key: 'commune', from: { address: 'CP Ville' } },
    ])
    expect(composedByHand(agreed, new Map(), none)).toEqual([])
  })
})
