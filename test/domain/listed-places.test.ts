import { describe, expect, it } from 'vitest'
import { expectedRecords } from '../../src/domain/expected-records.ts'
import { listedSentences } from '../../src/domain/listed-sentences.ts'
import { compileListedPlaces } from '../../src/domain/listed-places.ts'
import { expectedText } from '../../src/domain/prefill-sentences.ts'
import { prefill } from '../../src/domain/prefill.ts'
import { plainSpaces } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'

const HERE = '200069409'
const ELSEWHERE = '242900314'
const list = (title: string, kinds: Readonly<Record<string, number>>, siren = HERE) =>
  Object.entries(kinds).map(([kind, records]) => ({
    ...{ title, readOn: '2026-11-24', siren, kind, records },
  }))
const FRANCE_SERVICES = list('France services', { RFS: 3 })
const ADVISERS = list('Conseillers numériques', { RFS: 2, BIB: 4, CCAS: 1 })
const EVERY = list('Cartographie', Object.fromEntries(rules.prefill.expected.kinds.map((kind) => [kind, 2])))
const listed = (...lists: (typeof FRANCE_SERVICES)[]) => compileListedPlaces(lists, rules)(HERE)

describe('what imported lists name in an EPCI', () => {
  it.each([
    ['of one list, all of it', [FRANCE_SERVICES], 3],
    ['of each kind the longest list, the kinds summed', [FRANCE_SERVICES, ADVISERS], 8],
    [
      'the longest list, where places that say no kind make it longer than that',
      [FRANCE_SERVICES, list('Hub', { '': 12 })],
      12,
    ],
    ['the sum, where it is more', [ADVISERS, list('Hub', { '': 5 })], 7],
    ['a list in which some places say no kind, whole', [list('Hub', { RFS: 1, '': 6 })], 7],
  ])('is %s', (_, lists, records) => {
    expect(listed(...lists)?.records).toBe(records)
    expect(listed(...lists.toReversed())?.records).toBe(records)
  })

  it('is nothing where no list names a place, not zero', () => {
    expect(listed(list('Hub', { RFS: 4 }, ELSEWHERE))).toBeNull()
  })

  it('covers the kinds that its lists name elsewhere too, and says which are in none', () => {
    const found = listed([...FRANCE_SERVICES, ...list('France services', { BIB: 2 }, ELSEWHERE)])
    expect(found?.covered.map(({ kind }) => kind)).toEqual(['BIB', 'RFS'])
    expect(found?.missing.map(({ kind }) => kind)).toContain('CCAS')
    expect(found?.missing.map(({ kind }) => kind)).not.toContain('BIB')
  })

  it('is a floor as long as a kind that most EPCI have is in none of them', () => {
    expect(listed(FRANCE_SERVICES)?.floor).toBe(true)
    expect(listed(list('Hub', { '': 50 }))?.floor).toBe(true)
    expect(listed(EVERY)?.floor).toBe(false)
  })
})

const target = { declared: null, reference: null, population: null }
const ratio = { per10000: 3, regional: false }
const expecting = (lists: (typeof FRANCE_SERVICES)[], more: Partial<typeof target> & object = {}) =>
  expectedRecords({ ...target, listed: listed(...lists), ...more }, ratio)

describe('the expected records by imported lists', () => {
  it('give way to the target and to the reference list, and say what the lists name all the same', () => {
    const declared = expectedRecords({ ...target, declared: 2, listed: listed(ADVISERS) }, ratio)
    expect(declared).toMatchObject({ expected: 2, basis: 'declared', listed: { records: 7 } })
    expect(plainSpaces(listedSentences(declared, 'with_days').join('\n'))).toContain(
      '7 lieux différents au moins, plus que le nombre attendu',
    )
    const reference = { records: 60, list: 'liste.csv' }
    expect(expectedRecords({ ...target, reference, listed: listed(ADVISERS) }, ratio)).toMatchObject({
      expected: 60,
      basis: 'reference_list',
    })
  })

  it('are said with their lists, their days, the kinds covered and those that are not', () => {
    const found = expectedRecords(
      { ...target, population: 50_000, listed: listed(FRANCE_SERVICES, ADVISERS) },
      ratio,
    )
    expect(found).toMatchObject({ expected: 8, basis: 'source_lists', byPopulation: 15 })
    const all = { ...found } as Parameters<typeof expectedText>[0]
    expect(plainSpaces(expectedText(all))).toBe("au moins 8 attendues d'après les listes lues")
    expect(listedSentences(found, 'with_days').map(plainSpaces)).toEqual([
      "Listes lues : « France services » (3 lieux, lue le 24 novembre 2026) et « Conseillers numériques » (7 lieux : Bibliothèque ou médiathèque 4, France Services 2, Centre communal d'action sociale 1, lue le 24 novembre 2026).",
      "Elles couvrent ces types : Bibliothèque ou médiathèque, Centre communal d'action sociale et France Services.",
      expect.stringMatching(
        /^Dans aucune liste : Association, .* ; ce que les listes citent est donc un minimum\.$/u,
      ),
      'La population en donnerait 15 (3 pour 10 000 habitants, un ordre de grandeur).',
    ])
    expect(listedSentences(found, 'without_days').join()).not.toContain('novembre')
  })

  const on = (expected: ReturnType<typeof expecting>, prefilled: number) =>
    prefill(
      { present: prefilled + 1, prefilled, past: [], consolidation: null },
      expected,
      { today: '2026-11-24', next: '2026-11-28', last: null },
      rules.prefill,
    )

  it('make nobody late and nothing done where they are a floor: what is left is unknown then', () => {
    expect(on(expecting([FRANCE_SERVICES]), 1)).toMatchObject({ progress: 100 / 3, toCreate: 1 })
    expect(on(expecting([FRANCE_SERVICES]), 1).status).not.toBe('late')
    expect(on(expecting([FRANCE_SERVICES]), 3)).toMatchObject({
      ...{ progress: null, toCreate: null, status: null, neededSpeed: null },
    })
  })

  it('count as any list where they cover every kind', () => {
    expect(on(expecting([EVERY]), 1).status).toBe('late')
    expect(on(expecting([EVERY]), 18)).toMatchObject({ progress: 100, status: 'done', toCreate: 0 })
  })
})
