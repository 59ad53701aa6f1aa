import { describe, expect, it } from 'vitest'
import { cardReader } from '../../../src/domain/duplicates/comparison-record.ts'
import { blockingKeys } from '../../../src/domain/duplicates/blocking-keys.ts'
import type { BlockingKind } from '../../../src/domain/duplicates/blocking-keys.ts'
import { KEYS } from '../../../src/domain/duplicates/candidate-pairs.ts'
import { normalizedFieldsOf } from '../../../src/domain/duplicates/normalized-fields.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { rules } from '../../helpers/rules.ts'
import { actorOf } from '../completeness/records.ts'

type Fields = Partial<Record<FieldName, string>>

const [say, read] = [normalizedFieldsOf(rules), cardReader(rules.duplicates)]
const strict = blockingKeys(rules.duplicates)
const lenient = blockingKeys({ ...rules.duplicates, threshold: 58 })
const keys = (fields: Fields, keysOf = strict) => keysOf(read(say(actorOf(fields).fields)))
const kinds = (fields: Fields, keysOf = strict) => keys(fields, keysOf).map(({ kind }) => kind)

/** Under which kinds of keys two records meet. */
function share(one: Fields, other: Fields, keysOf = strict): BlockingKind[] {
  const others = new Set(keys(other, keysOf).map(({ key }) => key))
  return keys(one, keysOf)
    .filter(({ key }) => others.has(key))
    .map(({ kind }) => kind)
}

describe('the keys under which a record meets others', () => {
  it.each<[BlockingKind, Fields, Fields]>([
    ['identifier', { id: 'Structure-12' }, { id: 'structure-12' }],
    ['phone', { telephone: '+33296604787' }, { telephone: 'le matin, 02 96 60 47 87' }],
    ['email', { courriels: 'Mairie@callac.bzh' }, { courriels: 'a@b.fr|mairie@callac.bzh' }],
    ['pivot', { pivot: '212 200 257 00012' }, { pivot: '21220025700012' }],
    [
      'street',
      { adresse: '12 rue Lammenais', code_postal: '22220' },
      { adresse: 'r. Lamennais', code_postal: '22220' },
    ],
    [
      'street',
      { adresse: 'Place de la Mairie', commune: 'Callac' },
      { adresse: 'pl mairie', commune: 'CALLAC' },
    ],
  ])('are its %s, however it is written', (kind, one, other) => {
    expect(share({ nom: 'Le Phare', ...one }, { nom: 'La Jetée', ...other })).toEqual([kind])
  })

  it('are of a street nothing without a town, nor the same in another one', () => {
    const street = { nom: 'Le Phare', adresse: 'rue Lamennais' }
    expect(kinds(street)).toEqual([])
    expect(share({ ...street, commune: 'Callac' }, { ...street, commune: 'Brest' })).toEqual([])
  })

  it('are the sound of its name within some two kilometres, even across the border of a cell', () => {
    const here = { nom: 'Théodore', latitude: '48.39', longitude: '-4.48' }
    expect(kinds(here)).toEqual(['neighbourhood', 'neighbourhood'])
    expect(share(here, { ...here, nom: 'TEODOR' })).toHaveLength(2)
    expect(share(here, { ...here, latitude: '48.4001' })).not.toEqual([])
    expect(share({ ...here, latitude: '48.3999' }, { ...here, latitude: '48.4001' })).toEqual([
      'neighbourhood',
    ])
    expect(share({ ...here, longitude: '-4.4999' }, { ...here, longitude: '-4.5001' })).toEqual([
      'neighbourhood',
    ])
    expect(share(here, { ...here, latitude: '48.43' })).toEqual([])
    expect(share(here, { ...here, longitude: '-4.44' })).toEqual([])
    expect(share(here, { ...here, nom: 'Anjela Duval' })).toEqual([])
  })

  it('are the most telling word of its name, the longest, never that of its commune unless there is no other', () => {
    const here = { commune: 'Callac', code_postal: '22160', latitude: '48.4', longitude: '-3.4' }
    expect(share({ ...here, nom: 'Espace Kerlann de Callac' }, { ...here, nom: 'Kerlann' })).toHaveLength(2)
    expect(share({ ...here, nom: 'Kerlann Ty' }, { ...here, nom: 'Ty Kerlann' })).toHaveLength(2)
    expect(share({ ...here, nom: 'Dour Kerlann' }, { ...here, nom: 'Dour Tregastel' })).toEqual([])
    expect(share({ ...here, nom: 'Callac' }, { ...here, nom: 'Callac' })).toHaveLength(2)
  })

  it('hold its name in its town only where the rules let that be enough for a proposal', () => {
    const name = { nom: 'Phare Kerlann Tregastel', commune: 'Brest', code_postal: '29200' }
    expect(kinds(name)).toEqual([])
    expect(kinds(name, lenient)).toEqual(['name', 'name', 'name', 'name'])
    expect(share(name, { ...name, nom: 'Tregastel', code_postal: '29000' }, lenient)).toEqual(['name'])
    expect(share(name, { ...name, nom: 'Phare' }, lenient)).toEqual([]) // the third by its weight
    expect(kinds(name, blockingKeys({ ...rules.duplicates, threshold: 59 }))).toEqual([])
  })

  it('are of a kind of which a commune has one that kind in its commune', () => {
    const hall = { nom: 'Mairie', commune: 'Callac', adresse: '1 place Jean Auffret' }
    expect(share(hall, { nom: 'Commune de Callac', commune: 'CALLAC', adresse: 'Le Bourg' })).toEqual([
      'name',
    ])
    expect(share(hall, { ...hall, commune: 'Brest' })).toEqual([])
    const filed = { ...hall, code_postal: '22160', adresse: 'Le Bourg' }
    expect(share(filed, { ...filed, commune: 'Plourac’h', adresse: '' })).toEqual(['name'])
    const strict = blockingKeys({ ...rules.duplicates, threshold: 75 })
    expect(kinds({ nom: 'Mairie', commune: 'Callac' }, strict)).toEqual([])
  })

  it('are numbers below a bound', () => {
    const all = keys({ nom: 'Le Phare', id: 'a', telephone: '0296604787', pivot: '21220025700012' })
    expect(all.map(({ kind }) => kind)).toEqual(['identifier', 'phone', 'pivot'])
    for (const { key } of all) expect(key >= 0 && key < KEYS && Number.isInteger(key)).toBe(true)
  })
})
