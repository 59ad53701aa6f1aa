import { describe, expect, it } from 'vitest'
import { type ComparisonRecord, cardReader } from '../../../src/domain/duplicates/comparison-record.ts'
import {
  fieldsIn,
  packed,
  packedFields,
  normalizedFieldsOf,
  unpacked,
} from '../../../src/domain/duplicates/normalized-fields.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { rules } from '../../helpers/rules.ts'
import { actorOf } from '../completeness/records.ts'

const say = normalizedFieldsOf(rules)
const read = cardReader(rules.duplicates)
const comparisonRecordOf = (fields: Partial<Record<FieldName, string | null>>): ComparisonRecord =>
  read(unpacked(packed(say(fieldsIn(packedFields(actorOf(fields).fields))))))
const texts = (words: ComparisonRecord['name']) => words.map(({ text }) => text)

describe('what is compared of a record', () => {
  it.each([
    ['COMMUNE DE BÉGARD', ['mairie', 'begard'], ['mairie']],
    ["Centre Communal d'Action Sociale d'Erquy", ['ccas', 'erquy'], ['ccas']],
    ['CC LOUDEAC COMMUNAUTE - BRETAGNE CENTRE', ['interco', 'loudeac', 'bretagne', 'centre'], ['interco']],
    ['Médiathèque - COMMUNE DE MONTERFIL', ['mediatheque', 'mairie', 'monterfil'], ['mediatheque']],
    ['Espace France Services (CC du Pays)', ['franceservices', 'interco', 'pays'], ['franceservices']],
    ["Centre Comunal d'Action Socialle d'Erquy", ['ccas', 'erquy'], ['ccas']],
    ['Bibli. Kermarron', ['mediatheque', 'kermarron'], ['mediatheque']],
    ['Comm. Kermarron', ['comm', 'kermarron'], []], // commune, or communauté
    ['Maison Marie Curie', ['maison', 'marie', 'curie'], []], // « marie » is too short to be a slip of « mairie »
    ['', [], []],
  ])('of the name %j is %j, of kind %j', (nom, words, kinds) => {
    const comparisonRecord = comparisonRecordOf({ nom })
    expect(texts(comparisonRecord.name)).toEqual(words)
    expect(comparisonRecord.kinds).toEqual(kinds)
  })

  it('tells words that many names bear from telling ones', () => {
    const weights = comparisonRecordOf({ nom: 'Maison Kermarron' }).name.map(({ weight }) => weight)
    expect(weights).toEqual([rules.duplicates.names.weights.common, 1])
  })

  it.each([
    ['Bus France services', true, []],
    ['Itinérance France services', true, []],
    ['Résidence 12', false, ['12']],
    ['Agence 13 / 14', false, ['13', '14']],
  ])('of the name %j is also whether it travels (%s) and its numbers %j', (nom, itinerant, numbers) => {
    expect(comparisonRecordOf({ nom })).toMatchObject({ itinerant, numbers })
  })

  it.each([
    ['3 Rue de Genève', ['rue', 'geneve'], ['3']],
    ['3 bis, r. de geneve 22160 CALLAC', ['bis', 'rue', 'geneve'], ['3']],
    ['27B av. de la Trillade', ['avenue', 'trillade'], ['27']],
    ['12-14 PL DU CENTRE', ['place', 'centre'], ['12', '14']],
    ['1 Place du 8 mai 1945', ['place', '8', 'mai', '1945'], ['1']],
    ['Bâtiment Le Steriad, 2 allée de l’Ille', ['batiment', 'steriad', 'allee', 'ille'], ['2']],
    ['MAIRIE, 3 VOIE ROMAINE', ['mairie', 'voie', 'romaine'], ['3']],
    ['rue des Bruyères Callac', ['rue', 'bruyeres'], []],
    ['22160 Callac', [], []],
    ['5 Callac', [], ['5']],
    ['3 quater rue Haute', ['quater', 'rue', 'haute'], ['3']],
    ['Cale 12 rue Haute', ['cale', 'rue', 'haute'], ['12']],
    ['Quai 12 bis rue Haute', ['quai', 'bis', 'rue', 'haute'], ['12']],
    ['12abc rue Haute', ['12abc', 'rue', 'haute'], []],
    ['b12 rue Haute', ['b12', 'rue', 'haute'], []],
    ['Résidence 9 Haute', ['residence', '9', 'haute'], []],
    ['9 rue 0 Haute', ['rue', '0', 'haute'], ['9']],
    ['', [], []],
  ])('of the address %j is its street %j and house numbers %j', (adresse, street, houseNumbers) => {
    const comparisonRecord = comparisonRecordOf({ adresse, commune: 'Callac' })
    expect(texts(comparisonRecord.street)).toEqual(street)
    expect(comparisonRecord.houseNumbers).toEqual(houseNumbers)
  })

  it.each([
    ['+33296604787', ['296604787']],
    ['02 96 60 47 87 / 02.96.00.00.00', ['296604787', '296000000']],
    ['02 96 60 47 87 ou 0033 2 96 60 47 87', ['296604787']],
    ['3960', []],
    ['+596 596 12 34 56 et 98.00.00.00', ['596123456']],
    ['298000000', ['298000000']],
    ['NC', []],
  ])('of the telephone %j is %j', (telephone, phones) => {
    expect(comparisonRecordOf({ telephone }).phones).toEqual(phones)
  })

  it.each([
    ['A@Example.org', ['a@example.org']],
    ['a@example.org | b@example.org;a@example.org', ['a@example.org', 'b@example.org']],
    ['voir le site', []],
    ['écrire à a@example.org', ['a@example.org']],
    ['b@example.org  ou a@example.org', ['b@example.org', 'a@example.org']],
  ])('of the e-mail %j is %j', (courriels, emails) => {
    expect(comparisonRecordOf({ courriels }).emails).toEqual(emails)
  })

  it.each([
    ['212 200 257 00012', '21220025700012'],
    ['w123456789', 'W123456789'],
    ['00000000000000', ''],
    ['111111111', ''],
    ['A12345', 'A12345'],
    ['12345', ''],
    ['à compléter', ''],
  ])('of the SIRET or RNA %j is %j', (pivot, number) => {
    expect(comparisonRecordOf({ pivot }).pivot).toBe(number)
  })

  it.each([
    ['48.5', '-3,25', [48.5, -3.25]],
    ['0', '0', null],
    ['nord', '1', null],
    ['48.5', null, null],
    [null, '-3.25', null],
    ['0', '-3.25', [0, -3.25]],
    ['48.5', '0', [48.5, 0]],
    ['1e999', '1', null],
  ])('of the coordinates %j and %j is %j', (latitude, longitude, point) => {
    expect(comparisonRecordOf({ latitude, longitude }).point).toEqual(point)
  })

  it('knows the commune by its name however it is written, else by its code', () => {
    expect(comparisonRecordOf({ commune: 'ST BRIEUC CEDEX 2', code_insee: '22278' }).commune).toBe(
      'saintbrieuc',
    )
    expect(comparisonRecordOf({ code_insee: '22278' }).commune).toBe('22278')
    for (const commune of ['Saint-Brieuc', 'ST BRIEUC CEDEX', 'Saint-Brieuc Cedex 2'])
      expect([...comparisonRecordOf({ commune }).communeWords]).toEqual(['saint', 'brieuc'])
    expect(comparisonRecordOf({ commune: ' NC ', code_insee: 'à compléter' }).commune).toBe('')
  })

  it('takes nothing off an address that ends like a town where none is told, nor spaces for a value', () => {
    expect(texts(comparisonRecordOf({ adresse: 'rue de Callac' }).street)).toEqual(['rue', 'callac'])
    expect(comparisonRecordOf({ id: ' Structure-12 ', code_postal: '22  160' })).toMatchObject({
      identifier: 'structure-12',
      postalCode: '22160',
    })
  })

  it('survives a sign of control in what people wrote', () => {
    expect(comparisonRecordOf({ nom: 'Le\u001fPhare', commune: 'Brest' })).toMatchObject({
      title: 'Le Phare',
      commune: 'brest',
    })
  })
})
