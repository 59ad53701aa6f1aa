import { describe, expect, it } from 'vitest'
import { loadGeography } from '../../src/config/geography.ts'

const geography = loadGeography()

describe('the official geography', () => {
  it('knows a commune by its code, with its EPCI and its postal codes', () => {
    expect(geography.commune('22278')).toEqual({
      code: '22278',
      name: 'Saint-Brieuc',
      postalCodes: ['22000'],
      epci: '200069409',
    })
    expect(geography.commune('2A004')?.name).toBe('Ajaccio')
    expect(geography.commune('22007')).toBeNull()
  })

  it('knows where merged and delegated communes went, and the names they had', () => {
    expect(geography.successor('22007')?.name).toBe('Binic-Étables-sur-Mer')
    expect(geography.successor('22102')?.name).toBe('Le Mené')
    expect(geography.commune('22046')?.formerNames).toContain('Collinée')
    expect(geography.successor('22278')).toBeNull()
  })

  it('takes the arrondissements of Paris, Lyon and Marseille for communes of their city', () => {
    expect(geography.commune('13213')?.epci).toBe(geography.commune('13055')?.epci)
    expect(geography.successor('13213')?.name).toBe('Marseille')
    expect(geography.byPostalCode('13013').map(({ name }) => name)).toEqual(['Marseille'])
  })

  it('leaves the islands that are in no EPCI without one', () => {
    for (const code of ['22016', '29083', '29155']) expect(geography.commune(code)?.epci).toBeNull()
  })

  it('gives an EPCI its name, population and communes', () => {
    const epci = geography.epci('242900314')
    expect(epci).toMatchObject({ siren: '242900314', name: 'Brest Métropole' })
    expect(epci?.communes).toContain('29019')
    expect(epci?.population).toBeGreaterThan(200_000)
    expect(geography.epci('000000000')).toBeNull()
  })
})
