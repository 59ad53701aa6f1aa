import { describe, expect, it } from 'vitest'
import { nearestName, wordsLikeness } from '../../../src/domain/adoption/name-likeness.ts'
import { sharedBeginning, titleReader } from '../../../src/domain/adoption/title-words.ts'

const read = titleReader({
  words: { tel: 'telephone', cp: 'code postal', maj: 'date mise jour' },
  ignored: ['de', 'la', 'd'],
})
const known = (...names: string[]) => names.map((name) => ({ name, ...read(name) }))

describe('titleReader', () => {
  it.each([
    ['Tél. de la structure', ['telephone', 'structure']],
    ['telStructure', ['telephone', 'structure']],
    ['TEL_STRUCTURES', ['telephone', 'structure']],
    ['CP', ['code', 'postal']],
    ["Horaires d'ouverture", ['horaire', 'ouverture']],
    ['location.x', ['location', 'x']],
    ['labels[].label', ['label']],
    ['de la', ['de', 'la']],
  ])('reads « %s » as %j', (title, words) => {
    expect(read(title).words).toEqual(words)
  })
})

describe('nearestName', () => {
  it.each([
    ['TÉLÉPHONE', 'Téléphone', 1],
    ['codepostal', 'Code postal', 1],
    ['Code postaux', 'Code postal', 0.925],
    ['Adresse de la structure', 'Adresse', 2 / 3],
    ['addresse', 'Adresse', 0.85],
    ['compl_adresse', "Complément d'adresse", 0.925],
  ])('holds « %s » beside « %s » as %d', (title, name, likeness) => {
    const found = nearestName(read(title), known(name), 0.85)
    expect(found?.likeness).toBeCloseTo(likeness, 5)
  })

  it('says nothing where no word is shared', () => {
    expect(nearestName(read('Matériel'), known('Nom', 'Adresse'), 0.85)).toBeNull()
  })

  it('takes the nearest of the names known', () => {
    const names = known('Date', 'Date de mise à jour')
    expect(nearestName(read('maj'), names, 0.85)).toMatchObject({ name: 'Date de mise à jour' })
    expect(nearestName(read('date'), names, 0.85)).toMatchObject({ name: 'Date', likeness: 1 })
  })
})

describe('sharedBeginning', () => {
  it('finds what an export put before every name', () => {
    expect(sharedBeginning(['properties.nom', 'properties.tel', 'geometry.x'], 0.5)).toBe('properties.')
    expect(sharedBeginning(['c_nom', 'c_tel', 'gid'], 0.5)).toBe('c_')
  })

  it('finds none in names that people chose', () => {
    expect(sharedBeginning(['code_postal', 'code_insee', 'nom', 'adresse', 'commune'], 0.5)).toBe('')
    expect(sharedBeginning(['nom'], 0.5)).toBe('')
  })

  it('needs as many titles as it is told, more than one, each from its beginning', () => {
    expect(sharedBeginning(['c_nom', 'c_tel', 'gid', 'lat'], 0.5)).toBe('c_')
    expect(sharedBeginning(['c_nom', 'c_tel', 'gid', 'lat', 'lng'], 0.5)).toBe('')
    expect(sharedBeginning(['c_nom', 'gid'], 0.5)).toBe('')
    expect(sharedBeginning(['a.__nom', 'a.__tel'], 0.5)).toBe('a.__')
    expect(sharedBeginning(['_a.nom', '_a.tel'], 0.5)).toBe('')
  })
})

describe('a word cut short or mistyped', () => {
  it.each([
    ['comm', 'commune', 0.85],
    ['com', 'commune', 0],
    ['adresse', 'adrezse', 0.85],
    ['prise', 'prive', 0],
    ['adre', 'adrz', 0],
    ['adresse', 'adrese', 0.85],
    ['adresse', 'adesse', 0.85],
    ['adresse', 'adrss', 0],
    ['adresse', 'adressee', 0.85],
    ['ville', 'vile', 0],
    ['horaire', 'horiare', 0],
  ])('« %s » beside « %s »', (one, other, likeness) => {
    expect(wordsLikeness([one], [other], 0.85)).toBeCloseTo(likeness, 9)
    expect(wordsLikeness([other], [one], 0.85)).toBeCloseTo(likeness, 9)
  })

  it('is nothing where there is no word', () => {
    expect(wordsLikeness([], [], 0.85)).toBe(0)
  })
})
