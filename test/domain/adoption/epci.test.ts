import { describe, expect, it } from 'vitest'
import { officialEpcis } from '../../../src/config/geography.ts'
import { epciFinder, isNamed } from '../../../src/domain/adoption/epci-names.ts'
import { epciToLink } from '../../../src/domain/adoption/epci-to-link.ts'

const find = epciFinder(officialEpcis())
const BREST = '242900314'

describe('epciFinder, on the official list', () => {
  it.each([
    ['242900314', BREST],
    ['Brest Métropole', BREST],
    ['BREST METROPOLE', BREST],
    ['Brest Métropole (242 900 314)', BREST],
    ['Lannion-Trégor Communauté', '200065928'],
    ['CA Lannion Trégor Communauté', '200065928'],
    ["Communauté d'agglomération Golfe du Morbihan - Vannes Agglomération", '200067932'],
  ])('recognises « %s »', (text, siren) => {
    expect(find(text)).toEqual({ kind: 'found', siren })
  })

  it.each(['Pays de Brest', 'Bretagne', '123456789', '', 'CC'])('does not recognise « %s »', (text) => {
    expect(isNamed(find(text))).toBe(false)
  })

  it('answers with all who bear a name, and with none of them', () => {
    const two = epciFinder([
      { siren: '200000001', name: 'CC du Pays de X' },
      { siren: '200000002', name: 'CA Pays de X' },
    ])
    expect(two('Pays de X')).toEqual({ kind: 'ambiguous', sirens: ['200000001', '200000002'] })
    expect(two('CA Pays de X')).toEqual({ kind: 'found', siren: '200000002' })
  })
})

describe('an EPCI without a name', () => {
  it('is found by its SIREN alone', () => {
    const one = epciFinder([{ siren: '200000009', name: ' – ' }])
    expect(one('200 000 009')).toEqual({ kind: 'found', siren: '200000009' })
    expect(['', ' ', '…', 'CC'].map((text) => one(text).kind)).toEqual(Array(4).fill('unknown'))
  })
})

describe('epciToLink', () => {
  const named = { kind: 'found', siren: 'A' } as const
  const doubtful = { kind: 'doubtful', sirens: ['A', 'B'] } as const
  const two = { kind: 'ambiguous', sirens: ['A', 'B'] } as const
  it.each([
    ['text and commune agree', named, 'A', { siren: 'A', by: 'both' }],
    ['the text alone speaks', named, null, { siren: 'A', by: 'text' }],
    ['the commune alone speaks', null, 'A', { siren: 'A', by: 'commune' }],
    ['they disagree', named, 'B', { siren: null, by: 'disagree' }],
    ['the commune chooses between two that bear the name', two, 'B', { siren: 'B', by: 'both' }],
    ['the commune is none of those', two, 'C', { siren: null, by: 'ambiguous_text' }],
    ['nothing chooses', two, null, { siren: null, by: 'ambiguous_text' }],
    [
      'the text is not understood, whatever the commune',
      { kind: 'unknown' } as const,
      'A',
      { siren: null, by: 'unknown_text' },
    ],
    ['the commune is one of those that a text may mean', doubtful, 'B', { siren: 'B', by: 'both' }],
    ['a doubtful text stands alone', doubtful, null, { siren: null, by: 'unknown_text' }],
    ['the commune is none of those that it may mean', doubtful, 'C', { siren: null, by: 'unknown_text' }],
    ['nothing is said', null, null, { siren: null, by: 'nothing' }],
  ])('where %s', (_, text, commune, expected) => {
    expect(epciToLink(text, commune)).toEqual(expected)
  })
})
