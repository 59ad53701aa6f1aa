import { describe, expect, it } from 'vitest'
import { isSiret } from '../../../src/domain/completeness/check-pivot.ts'
import { said } from './said.ts'

describe('a SIRET or RNA', () => {
  it.each([
    ['43493312300029', 'ok'],
    ['43493312300020', 'checksum'],
    ['4349331230002', 'format'],
    ['434933123000290', 'format'],
    ['a43493312300029', 'format'],
    ['43493312300029a', 'format'],
    [' 434.933-123_00029 ', 'notation → 43493312300029'],
    ['SIRET43493312300029', 'notation → 43493312300029'],
    ['siret:43493312300029', 'notation → 43493312300029'],
    ['Siret  : 434 933 123 00029', 'notation → 43493312300029'],
    ['  SIRET  43493312300029', 'notation → 43493312300029'],
    ['RNA : W351001234', 'notation → W351001234'],
    ['N° SIRET 43493312300029', 'format'],
    ['434 933 123 00020', 'checksum'],
    ['W351001234', 'ok'],
    ['W9R1001234', 'ok'],
    ['w351001234', 'notation → W351001234'],
    ['XW351001234', 'format'],
    ['W3510012345', 'format'],
    ['W35100123', 'format'],
    ['WA51001234', 'format'],
    ['434933123', 'siren'],
    ['434 933 123', 'siren'],
    ['434933124', 'format'],
    ['4349331230', 'format'],
    ['a434933123', 'format'],
    ['5432067600015', 'leading_zero → 05432067600015'],
    ['5432067600016', 'format'],
    ['a5432067600015', 'format'],
    ['5432067600015a', 'format'],
    ['4,34933E+13', 'spreadsheet'],
    ['4.34933e13', 'spreadsheet'],
    ['4E+13', 'spreadsheet'],
    [' 4,34933E+13 ', 'spreadsheet'],
    ['x4,34933E+13', 'format'],
    ['4,34933E+13x', 'format'],
    ['4,34933E+', 'format'],
    ['4,3493312300029E+13', 'spreadsheet → 43493312300029'],
    ['4.349E+13', 'spreadsheet'],
    ['11122233344455', 'checksum'],
    ['43493312400019', 'checksum'],
    ['4;34933E+13', 'format'],
    ['mairie', 'format'],
    ['00000000000000', 'missing'],
    ['0', 'missing'],
  ])('« %s » is %s', (value, expected) => {
    expect(said('pivot', value)).toBe(expected)
  })

  it.each([
    ['21220278200018', { code_insee: '22278' }, 'ok'],
    ['21220278200018', { code_insee: '35238' }, 'other_commune'],
    ['21220278200018', { commune: 'Rennes', code_postal: '35000' }, 'other_commune'],
    ['21220278200018', { commune: 'BREST CEDEX 2', code_postal: '29238' }, 'other_commune'],
    ['21220278200018', { code_postal: '35000' }, 'ok'],
    ['212 202 782 00018', { code_insee: '35238' }, 'notation → 21220278200018 + other_commune'],
    // Overseas, Corsica, a commune nouvelle, an arrondissement, and a département whose SIREN count otherwise.
    ['21971120700015', { code_insee: '97120' }, 'ok'],
    ['21971120700015', { code_insee: '97101' }, 'other_commune'],
    ['21974011500015', { code_insee: '97411' }, 'ok'],
    ['21974011500015', { code_insee: '97416' }, 'other_commune'],
    ['21200004600012', { code_insee: '2A004' }, 'ok'],
    ['21200004600012', { code_insee: '2B033' }, 'other_commune'],
    ['20005595200010', { code_insee: '56251' }, 'ok'],
    ['20005595200010', { code_insee: '56260' }, 'other_commune'],
    ['21750001600019', { code_insee: '75113' }, 'ok'],
    ['21750001600019', { code_insee: '92012' }, 'other_commune'],
    ['21020046500016', { code_insee: '02047' }, 'ok'],
    ['21020046500016', { code_insee: '02046' }, 'other_commune'],
    ['43493312300029', { code_insee: '35238' }, 'ok'],
  ])('of a town hall names its commune: « %s » with %j is %s', (value, others, expected) => {
    const siret = value.replaceAll(' ', '')
    expect(isSiret(siret) ? said('pivot', value, others) : `${siret} fails`).toBe(expected)
  })

  it.each([
    ['35600000000014', true, 'Luhn alone'],
    ['35600000000001', true, 'a sum that 5 divides alone'],
    ['35600000000000', false, 'neither'],
    ['43493312300008', false, 'a sum that 5 divides, of another SIREN'],
    ['43493312300029', true, 'Luhn'],
    ['4349331230002', false, 'too short'],
    ['35600000000001x', false, 'a letter'],
    ['3560000000000/', false, 'a sign below the digits'],
    ['3560000000000:', false, 'a sign above the digits'],
  ])('holds together by the rule of La Poste or by Luhn: %s %s (%s)', (value, expected) => {
    expect(isSiret(value)).toBe(expected)
  })

  it.each([
    ['0123456', { code_insee: '98818' }, 'ok'],
    ['0 123 456', { code_insee: '98735' }, 'notation → 0123456'],
    ['a12345', { code_postal: '98714' }, 'notation → A12345'],
    ['0123456', { code_insee: '59870', code_postal: '98818' }, 'format'],
    ['0123456', { code_insee: '98618' }, 'format'],
    ['01234', { code_insee: '98818' }, 'format'],
    ['01234567890', { code_insee: '98818' }, 'format'],
    ['É0123456', { code_insee: '98818' }, 'format'],
    ['0123456', {}, 'format'],
  ])('in the Pacific may be a RIDET: « %s » with %j is %s', (value, others, expected) => {
    expect(said('pivot', value, others)).toBe(expected)
  })
})
