import { describe, expect, it } from 'vitest'
import { officialEpcis } from '../../src/config/geography.ts'
import { faultyEpciRows, tellsFaultyRow } from '../../src/domain/epci-rows.ts'
import { geography } from '../helpers/double-base.ts'
import { plain } from '../helpers/plain.ts'

const BREST = '242900314'
const RENNES = '243500139'

function faults(...rows: readonly (readonly [siren: string | null, name: string | null])[]) {
  const judged = faultyEpciRows(
    rows.map(([siren, name], at) => ({ id: at + 1, siren, name })),
    geography,
  )
  return rows.map((_, at) => judged.get(at + 1) ?? null)
}

describe('the rows of the table EPCI', () => {
  it.each<[string, (readonly [string | null, string | null])[], readonly number[]]>([
    ['alone, under its name', [[BREST, 'Brest Métropole']], []],
    ['alone, under a name that nobody knows', [[BREST, 'Secteur pilote']], []],
    ['alone, under no name', [[BREST, null]], []],
    // Initials, brackets and slips are evidence against no SIREN: several EPCI answer to them.
    ['alone, under initials that others have too', [['243500741', 'CCPR']], []],
    ['alone, with them beside its name', [['243500741', 'Pays de Redon (CCPR)']], []],
    ['alone, under initials of another body', [['243500741', 'CCPBS']], []],
    ['alone, under the name of another', [[BREST, 'Rennes Métropole']], [1]],
    ['alone, under that name as people write it', [[BREST, 'RENNES METROPOLE ']], [1]],
    [
      'entered twice',
      [
        [BREST, 'Brest Métropole'],
        [BREST, 'Brest Métropole'],
      ],
      [],
    ],
    [
      'entered twice, in other words',
      [
        [BREST, 'Brest, saisi deux fois'],
        [BREST, 'Métropole de Brest'],
      ],
      [],
    ],
    [
      'entered twice, once without a name',
      [
        [BREST, null],
        [BREST, 'Brest Métropole'],
      ],
      [],
    ],
    [
      'twice, the first under the name of another',
      [
        [BREST, 'Rennes Métropole'],
        [BREST, 'Brest Métropole'],
      ],
      [1],
    ],
    [
      'twice, the second under the name of another',
      [
        [BREST, 'Brest Métropole'],
        [BREST, 'Rennes Métropole'],
      ],
      [2],
    ],
    [
      'twice, under the names of two others',
      [
        [BREST, 'Rennes Métropole'],
        [BREST, 'Lorient Agglomération'],
      ],
      [1, 2],
    ],
    [
      'twice, one under a name that nobody knows',
      [
        [BREST, 'Brest Métropole'],
        [BREST, 'Secteur pilote'],
      ],
      [2],
    ],
    [
      'twice, under two unlike names that nobody knows',
      [
        [BREST, 'Secteur pilote'],
        [BREST, 'Zone témoin'],
      ],
      [1, 2],
    ],
    [
      'twice, under one name that nobody knows',
      [
        [BREST, 'Secteur pilote'],
        [BREST, 'secteur Pilote'],
      ],
      [],
    ],
    [
      'twice under a SIREN of nobody, unlike',
      [
        ['111111111', 'Secteur pilote'],
        ['111111111', 'Zone témoin'],
      ],
      [1, 2],
    ],
    [
      'twice under a SIREN of nobody, alike',
      [
        ['111111111', 'Zone témoin'],
        ['111111111', 'La zone témoin'],
      ],
      [],
    ],
    ['a short form of its name that is also the whole of another', [['242900801', 'Landerneau']], []],
    [
      'two without SIREN',
      [
        [null, 'Brest Métropole'],
        [null, 'Rennes Métropole'],
      ],
      [],
    ],
    ['a SIREN of before, under the name of its successor', [['200067221', 'Centre Morbihan Communauté']], []],
    ['a SIREN of before, under the name of another', [['200067221', 'Rennes Métropole']], [1]],
  ])('%s', (_, rows, wrong) => {
    const found = faults(...rows)
    expect(found.flatMap((fault, at) => (fault === null ? [] : [at + 1]))).toEqual(wrong)
    for (const fault of found) expect(fault === null || tellsFaultyRow(fault)).toBe(true)
  })

  it('say whose the SIREN is, and what it should be', () => {
    const [fault] = faults([BREST, 'Rennes Métropole'])
    expect(plain(fault ?? '')).toMatch(
      /^Le SIREN 242900314 est celui de « Brest Métropole » ; celui de « Rennes Métropole » est 243500139 : corrigez/u,
    )
    expect(faults([RENNES, 'Rennes Métropole'])).toEqual([null])
  })

  it('are the same whatever their order', () => {
    const rows = [
      [BREST, 'Rennes Métropole'],
      [BREST, 'Brest Métropole'],
      [BREST, 'Secteur pilote'],
    ] as const
    const turned = faults(...rows.toReversed()).toReversed()
    expect(turned).toEqual(faults(...rows))
  })

  it('are never at fault under the official name of their SIREN, whole or without its legal form', () => {
    const short = (name: string) => name.replace(/^(?:CC|CA|CU) (?:d[eu]s? |de l[a'] ?|d')?/u, '')
    const wrong = officialEpcis().flatMap(({ siren, name }) =>
      [name, short(name)].filter((one) => faults([siren, one])[0] !== null),
    )
    expect(wrong).toEqual([])
  })
})
