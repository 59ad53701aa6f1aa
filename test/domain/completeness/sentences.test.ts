import { describe, expect, it } from 'vitest'
import { anomaliesText, blockedFields, missingSentence } from '../../../src/domain/completeness/sentences.ts'
import { FIELDS, type FieldName } from '../../../src/domain/fields.ts'
import { actorOf, assessed, rules } from './records.ts'

const RIGHT: Partial<Record<FieldName, string>> = Object.fromEntries(
  rules.fields.map(({ field, examples }) => [
    field,
    examples.find((one) => one.findings.length === 0 && one.missing !== true)?.given ?? 'Texte',
  ]),
)
const whole = actorOf({
  ...RIGHT,
  longitude: '-2.74538',
  code_insee: '22278',
  commune: 'Saint-Brieuc',
  code_postal: '22000',
})
const note = (change: Partial<Record<FieldName, string | null>>) => {
  const assessment = assessed(actorOf({ ...whole.fields, ...change }))
  return missingSentence({ ...assessment, blocked: blockedFields(assessment) }, rules)
}
const without = (...fields: FieldName[]) => note(Object.fromEntries(fields.map((one) => [one, null])))

describe('« À compléter »', () => {
  it('says nothing when nothing is missing', () => {
    expect(without()).toBeNull()
  })

  it('names what is missing like a colleague would, the heaviest first', () => {
    expect(without('adresse')).toBe('Il manque l’adresse.')
    expect(without('adresse', 'horaires')).toBe('Il manque les horaires et l’adresse.')
  })

  it('asks for one means of contact where there is none, and for the other where there is one', () => {
    expect(without('telephone', 'courriels', 'horaires')).toBe(
      'Il manque au moins un moyen de contact et les horaires.',
    )
    expect(without('telephone')).toBe('Il manque le téléphone.')
  })

  it('says what is to be mended in a record that lacks nothing', () => {
    expect(note({ telephone: 'le matin' })).toBe('Il reste à corriger le téléphone (voir les anomalies).')
    expect(note({ telephone: 'le matin', courriels: 'accueil' })).toBe(
      'Il reste à corriger le téléphone et le courriel (voir les anomalies).',
    )
  })

  it('says what is missing first, then what is to be mended', () => {
    expect(note({ horaires: null, telephone: 'le matin' })).toBe(
      'Il manque les horaires. Il reste à corriger le téléphone (voir les anomalies).',
    )
  })

  it('stays within 200 signs where much is missing and all the rest is wrong', () => {
    const wrong = {
      telephone: 'x',
      courriels: 'x',
      pivot: 'x',
      code_postal: 'x',
      code_insee: 'x',
      date_maj: 'x',
    }
    const empty = Object.fromEntries(
      FIELDS.filter((field) => !(field in wrong)).map((field) => [field, null]),
    )
    for (const sentence of [note({ ...empty, ...wrong }), note(wrong)]) {
      expect(sentence?.length).toBeLessThanOrEqual(200)
      expect(sentence).toMatch(/Il reste à corriger .* \(voir les anomalies\)\.$/u)
    }
  })

  it('ends well within 200 signs however much is missing', () => {
    const sentence = without(...FIELDS) ?? ''
    expect(sentence.length).toBeLessThanOrEqual(200)
    expect(sentence).toMatch(/ et \d+ autres informations\.$/u)
  })
})

describe('« Anomalies »', () => {
  it('says nothing when nothing is wrong', () => {
    expect(anomaliesText(assessed(whole))).toBeNull()
  })

  it('gives one line a finding, gravest first, with the suggestion and the code to accept it for good', () => {
    const text = anomaliesText(assessed(actorOf({ telephone: '02 96 60 47 87', courriels: 'accueil' })))
    expect(text?.split('\n')).toEqual(
      [
        'À corriger — Courriels : « accueil » n’est pas une adresse valable. [courriels.invalid]',
        'À normaliser — Téléphone : à écrire avec l’indicatif du pays, sans espace. Proposition : +33296604787 [telephone.notation]',
      ].map((line) =>
        line
          .replace(/(?<=\S) :/gu, '\u00a0:')
          .replace(/« /gu, '«\u202f')
          .replace(/ »/gu, '\u202f»'),
      ),
    )
  })

  it('keeps whole lines within a thousand signs and says how many are left', () => {
    const faulty = Object.fromEntries(
      FIELDS.map((field) => [field, 'UNE VALEUR TOUT EN CAPITALES ET FAUSSE PARTOUT']),
    )
    const text = anomaliesText(assessed(actorOf(faulty))) ?? ''
    expect(text.length).toBeLessThanOrEqual(1000)
    expect(text).toMatch(/\n… et (?:\d+ autres anomalies|une autre anomalie)$/u)
  })
})
