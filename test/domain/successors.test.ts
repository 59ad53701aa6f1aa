import { describe, expect, it } from 'vitest'
import { loadGeography } from '../../src/config/geography.ts'
import { successorsOf } from '../../src/domain/successors.ts'
import { dissolvedEpcis } from '../../src/engine/dissolved-epcis.ts'

const geography = loadGeography()

describe('an EPCI that is no more', () => {
  it('is known with its last communes, and every one of those lies in an EPCI of today', () => {
    const former = geography.formerEpci('200067221')
    expect(former).toMatchObject({ name: 'CC Centre Morbihan Communauté', until: 2021 })
    const successors = successorsOf(former!.communes, geography)
    expect(successors).toMatchObject([
      { name: 'CC Centre Morbihan Communauté', communes: 12 },
      { name: 'CC Baud Communauté', communes: 6 },
    ])
    expect(successors.every(({ siren }) => siren !== '200067221')).toBe(true)
  })

  it('is none of those of today, and of none that never was', () => {
    expect([geography.formerEpci('242900314'), geography.formerEpci('123456789')]).toEqual([null, null])
  })

  it('tells by the communes of its records where they would go, when the lists do not know it', () => {
    const codes = { '242999999': ['29019', '29019', '29232'], '242900314': ['35238'] }
    const dissolved = dissolvedEpcis(geography, (siren) => codes[siren as keyof typeof codes] ?? [])
    expect(dissolved.words('242999999')).toMatch(/Brest Métropole.*2 fiches.*Quimper.*1 fiche/u)
    expect(dissolved.words('242999998')).toBeNull()
  })

  it('passes over communes that are nowhere, and names as many by their SIREN in order', () => {
    const found = successorsOf(['29019', '29232', '99999', '29019', '29232'], geography)
    expect(found.map(({ communes }) => communes)).toEqual([2, 2])
    expect(found.map(({ siren }) => siren)).toEqual(found.map(({ siren }) => siren).sort())
    const reversed = successorsOf(['29232', '29019', '29232', '29019'], geography)
    expect(reversed).toEqual(found)
    expect(successorsOf(['99999'], geography)).toEqual([])
  })
})
