import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELDS } from '../../../src/domain/fields.ts'
import { readFields } from '../../../src/domain/reading/read-fields.ts'
import { readOtherwise, readValue } from '../../../src/domain/reading/read-value.ts'

describe('letters that were encoded twice', () => {
  it.each([
    ['Ã‰vran', 'Évran'],
    ['Ã\u0089vran', 'Évran'],
    ['MÃ©diathÃ¨que', 'Médiathèque'],
    ['MÃƒÂ©diathÃƒÂ¨que', 'Médiathèque'],
    ['Médiathèque de CrÃ©hen', 'Médiathèque de Créhen'],
    ['M√©diath√®que', 'Médiathèque'],
    ['M├®diath├¿que', 'Médiathèque'],
    ['lâ€™accueil Ã  la mairie', 'l’accueil à la mairie'],
    ['Ã\u00a0 louer', 'à louer'],
    ['voilÃ', 'voilà'],
    ['lÃ -bas', 'là-bas'],
    ['Ã€ la carte, DÃ‰JÃ€', 'À la carte, DÉJÀ'],
    ['Cœur Å“uvre Å’uvre', 'Cœur œuvre Œuvre'],
    ['Â« Le Lieu Â» NÂ° 2', '« Le Lieu » N° 2'],
    ['l\u0092eau \u0096 c\u009cur', 'l’eau – cœur'],
    ['ï»¿Mairie', 'Mairie'],
    ['MÃ©diathï¿½que', 'Médiath\ufffdque'],
    ['ðŸ˜€ Ã©', '😀 é'],
    ['ItinÃ©rant|AbonnÃ©s', 'Itinérant|Abonnés'],
  ])('« %s » is read « %s »', (written, expected) => {
    expect(readValue('nom', written)).toBe(expected)
    expect(readOtherwise('nom', written)).toBe('encoding')
  })

  it.each(['Âge, Âne, Ô, Çà, Ï', '« SOCIÉTÉ»', 'JOÃO MAÇÃ', 'Prix : 3 €', '√2 ¬ ≈', 'M?diath?que', 'L’ÃGE'])(
    '« %s » is no such text',
    (written) => expect(readValue('nom', written)).toBe(written),
  )

  it('are read as they were, whatever the text of a person was', () => {
    const french = fc.string({ unit: fc.constantFrom(...'aeélàçÉùœ’«» -:;€Nn°ï') })
    const cp1252 = new TextDecoder('windows-1252')
    fc.assert(
      fc.property(french, (text) => {
        const damaged = cp1252.decode(new TextEncoder().encode(text))
        expect(readValue('nom', `x${damaged}x`)).toBe(`x${text}x`)
      }),
    )
  })
})

describe('signs that nobody sees', () => {
  it.each([
    ['zero width', 'accueil@exemple.fr\u200b', 'accueil@exemple.fr'],
    ['byte order mark', '\ufeff35000', '35000'],
    ['soft hyphen', 'mé\u00addia\u00adthèque', 'médiathèque'],
    ['word joiner', '35\u2060000', '35000'],
    ['direction', '\u202a+33 2 96 60 47 87\u202c', '+33 2 96 60 47 87'],
    ['no-break space', '02\u00a096', '02 96'],
    ['thin space', '12\u202f345', '12 345'],
    ['ideographic space', 'a\u3000b', 'a b'],
    ['control', 'Le\u0000 Lieu\u0008', 'Le Lieu'],
    ['separator of fields', 'Le\u001fLieu', 'Le Lieu'],
    ['line of a document', 'Le\u000bLieu\u2028Ici', 'Le\nLieu\nIci'],
    ['accents apart', 'E\u0301vran', 'Évran'],
    ['two letters in one', 'con\ufb01ance', 'confiance'],
    ['variant of no picture', 'a\ufe0f', 'a'],
  ])('%s', (_, written, expected) => {
    expect(readValue('nom', written)).toBe(expected)
    expect(readOtherwise('nom', written)).toBe('invisible')
  })

  it('are kept where they are meant', () => {
    for (const meant of ['👩\u200d💻', '❤\ufe0f', '\u202bمرحبا\u202c', 'می\u200cخواهم'])
      expect(readValue('nom', meant)).toBe(meant)
    expect(readValue('presentation_detail', 'Ouvert\u00a0: oui\u202f!')).toBe('Ouvert\u00a0: oui\u202f!')
  })

  it('alone say nothing', () => {
    expect(readValue('nom', '\u200b\u00a0\ufeff')).toBeNull()
  })
})

describe('what a spreadsheet adds to a number', () => {
  it.each([
    ['code_postal', '22000.0', '22000'],
    ['code_postal', '1000,00', '1000'],
    ['code_insee', '22278.0', '22278'],
    ['pivot', '43493312300029.0', '43493312300029'],
    ['telephone', '299000001.0', '299000001'],
    ['telephone', '="0299000001"', '0299000001'],
    ['code_postal', '="01000"', '01000'],
    ['nom', '="Le ""Lieu"""', 'Le "Lieu"'],
    ['code_postal', "'01000", '01000'],
    ['code_insee', "'2A004", null],
    ['telephone', "'+33296604787", '+33296604787'],
    ['date_maj', "'2024-04-02", '2024-04-02'],
  ] as const)('%s « %s »', (field, written, expected) => {
    expect(readValue(field, written)).toBe(expected ?? written.slice(1))
    expect(readOtherwise(field, written)).toBe('from_spreadsheet')
  })

  it.each([
    ['latitude', '48.0'],
    ['code_postal', '22.000'],
    ['code_postal', '22000.5'],
    ['pivot', '4.349E+13'],
    ['id', '12.0'],
    ['nom', "'2 rives'"],
    ['nom', "'t Hof"],
    ['nom', '= 3'],
  ] as const)('is not guessed: %s « %s »', (field, written) => {
    expect(readValue(field, written)).toBe(written)
  })
})

describe('a minus', () => {
  it.each(['−1.68', '–1.68', '—1.68', '‑1.68', '－1.68', '− 1.68'])('« %s » is a minus', (written) => {
    expect(readValue('longitude', written)).toBe('-1.68')
    expect(readOtherwise('longitude', written)).toBe('minus')
  })

  it('is one before a coordinate only', () => {
    expect(readValue('horaires', '9h–12h')).toBe('9h–12h')
    expect(readValue('adresse', '–12 rue A')).toBe('–12 rue A')
  })
})

describe('a value', () => {
  it('once read is read the same again, and a plain one is the cell itself', () => {
    const any = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'Ã©Â°à â€™="\'0.,−\u200b\u00a0\u0301é1') }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...FIELDS), any, (field, written) => {
        const read = readValue(field, written)
        if (read !== null) expect(readValue(field, read)).toBe(read)
      }),
    )
    for (const plain of ['Mairie', 'Médiathèque', '35000', ' 35 000 ', 'l’eau – « œuf »'])
      expect(readValue('nom', plain)).toBe(plain)
  })

  it('is kept as it was written only where it is read otherwise', () => {
    const cells: Record<string, string> = { nom: 'Mairie', code_postal: '22000.0', source: '\u200b' }
    const { fields, written } = readFields((field) => cells[field] ?? null)
    expect(fields).toMatchObject({ nom: 'Mairie', code_postal: '22000', source: null, commune: null })
    expect(Object.keys(fields)).toEqual([...FIELDS])
    expect(written).toEqual({ code_postal: '22000.0', source: '\u200b' })
    expect(readFields(() => null).written).toBeNull()
  })
})
