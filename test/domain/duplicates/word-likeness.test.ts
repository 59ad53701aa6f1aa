import { describe, expect, it } from 'vitest'
import { wordLikeness } from '../../../src/domain/duplicates/word-likeness.ts'
import type { Word } from '../../../src/domain/duplicates/words.ts'
import { rules } from '../../helpers/rules.ts'

/** « Espace* Kerlann »: a star after a word that says little. */
const words = (text: string): Word[] =>
  text === ''
    ? []
    : text.split(' ').map((word) => ({ text: word.replace('*', ''), weight: word.endsWith('*') ? 0.5 : 1 }))
const { names, streets } = wordLikeness(rules.duplicates.likeness)
const plain = ({ weight }: Word) => weight
const named = (one: string, other: string) => names(words(one), words(other), plain, plain)
const street = (one: string, other: string) => streets(words(one), words(other))

describe('the likeness of two names', () => {
  it.each([
    ['phare kerlann', 'phare kerlann', 1],
    ['phare kerlann', 'kerlann phare', 1],
    ['phare kerlann jetee', 'phare kerlann lambe', 2 / 3],
    ['phare kerlann espace*', 'phare kerlann', 4 / 4.5],
    ['phare', 'jetee', 0],
    ['', 'phare', 0],
  ])('of « %s » and « %s » is %d: the share of what is said that both say', (one, other, likeness) => {
    expect(named(one, other).likeness).toBeCloseTo(likeness, 9)
    expect(named(other, one).likeness).toBeCloseTo(likeness, 9)
  })

  it('is that of names of which one says all that the other tells, where more than a kind of place is named', () => {
    const { contained } = rules.duplicates.likeness
    expect(named('phare kerlann', 'phare').likeness).toBe(contained)
    expect(named('phare', 'phare kerlann')).toEqual({ likeness: contained, rivals: false })
    expect(named('phare espace*', 'phare kerlann').likeness).toBe(contained)
    const withKinds = wordLikeness(rules.duplicates.likeness, ['phare'])
    const { likeness } = withKinds.names(words('phare kerlann'), words('phare'), plain, plain)
    expect(likeness).toBeCloseTo(2 / 3, 9)
  })

  it('counts a misspelt word almost as the word', () => {
    const { likeness } = named('kerlann phare', 'kerlan phare')
    expect(likeness).toBeGreaterThan(0.95)
    expect(likeness).toBeLessThan(1)
  })

  it.each([
    ['the first letter', 'kerlann jetee', 'verlann jetee'],
    ['a short word', 'ker jetee', 'kor jetee'],
    ['a number', 'salle12345 jetee', 'salle12346 jetee'],
    ['too many letters more', 'kerlann jetee', 'kerlannxxxx jetee'],
  ])('takes words for two that differ by %s', (_, one, other) => {
    const { likeness } = wordLikeness({ ...rules.duplicates.likeness, joined: 1 }).names(
      words(one),
      words(other),
      plain,
      plain,
    )
    expect(likeness).toBeCloseTo(0.5, 9)
  })

  it('takes words of four letters on, up to three letters apart, for one misspelt', () => {
    const loose = wordLikeness({ misspelt: 0.8, shortest: 4, joined: 1, contained: 0, street: 1 })
    const of = (one: string, other: string) => loose.names(words(one), words(other), plain, plain).likeness
    expect(of('abcd', 'abcdefg')).toBeGreaterThan(0.8)
    expect(of('abcdefg', 'abcd')).toBe(of('abcd', 'abcdefg'))
    expect(of('abcd', 'abcdefgh')).toBe(0)
    expect(of('abc', 'abcd')).toBe(0)
    expect(of('abcd', 'abc')).toBe(0)
  })

  it('takes the best of the words that are like one', () => {
    const of = (other: string) => named('kerlannou', other).likeness
    expect(of('kerlanou kerlan')).toBe(of('kerlan kerlanou'))
  })

  it('sees what was written together or apart', () => {
    expect(named('ty colibri', 'tycolibri')).toEqual({ likeness: 1, rivals: false })
    expect(named('ty colibris', 'tycolibrys').likeness).toBeCloseTo(0.9, 9)
    expect(named('ty colibris', 'tycolybrys').likeness).toBe(0)
    expect(named('ty colibri', 'tycolibry').likeness).toBe(0)
    expect(named('ty 12', 'ty12').likeness).toBe(0)
    expect(named('ty12', 'ty 12').likeness).toBe(0)
    expect(named('ty colibri', 'tycolibrietjardin').likeness).toBe(0)
  })

  it('calls them rivals where each has a telling word that the other lacks', () => {
    expect(named('cdas vitre', 'cdas redon').rivals).toBe(true)
    expect(named('cdas vitre', 'cdas').rivals).toBe(false)
    expect(named('cdas', 'cdas redon').rivals).toBe(false)
    expect(named('cdas vitre*', 'cdas redon').rivals).toBe(false)
    expect(named('cdas vitree', 'cdas vitre').rivals).toBe(false)
  })
})

describe('the likeness of two streets', () => {
  it.each<[string, string, number | null]>([
    ['rue* siam', 'rue* siam', 1],
    ['rue* siam', 'siam', 1],
    ['rue* siam escalier', 'rue* siam', 1],
    ['rue* siam', 'avenue* siam', 1 / 1.5],
    ['rue* siam', 'rue* voltaire', 0],
    ['rue* siam escalier', 'rue* voltaire escalierr', 1.48 / 2.5],
    ['place* mairie*', 'place* mairie*', 1],
    ['place* mairie*', 'place* eglise*', null],
    ['place* mairie*', 'place*', null],
    ['place* mairie*', 'rue* siam', null],
    ['rue* siam', 'place*', null],
  ])('of « %s » and « %s » is %s', (one, other, likeness) => {
    const [found, back] = [street(one, other), street(other, one)]
    if (likeness === null) expect([found, back]).toEqual([null, null])
    else {
      expect(found).toBeCloseTo(likeness, 1)
      expect(back).toBeCloseTo(likeness, 1)
    }
  })

  it('is nothing where only words that say little agree', () => {
    expect(street('rue* jean* siam', 'rue* jean* voltaire')).toBe(0)
    expect(street('rue* siam', 'siam* voltaire')).toBe(0)
  })
})
