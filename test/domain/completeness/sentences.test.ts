import { describe, expect, it } from 'vitest'
import {
  anomaliesOf,
  anomaliesText,
  anomalyLine,
  blockedFields,
  isCut,
  linesWith,
  missingSentence,
} from '../../../src/domain/completeness/sentences.ts'
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

describe('a text of « Anomalies » read back', () => {
  const finding = (
    code: string,
    severity: 'blocking' | 'warning' | 'info',
    suggestion: string | null = null,
  ) =>
    ({
      field: code.split('.')[0] as FieldName,
      code,
      severity,
      message: `Phrase ${code}.`,
      suggestion,
    }) as const
  const own = [finding('telephone.invalid', 'blocking'), finding('nom.capitals', 'info', 'Mairie')]
  const cross = [finding('pivot.shared', 'warning'), finding('id.repeated', 'warning')]
  const codes = new Set(['pivot.shared', 'id.repeated'])

  it('gives the lines of the codes asked for, which put back make the same text', () => {
    const text = anomaliesText({ findings: [...own, ...cross] }) ?? ''
    expect(text.split('\n').map((line) => /\[(.*)\]$/u.exec(line)?.[1])).toEqual([
      'telephone.invalid',
      'id.repeated',
      'pivot.shared',
      'nom.capitals',
    ])
    const lines = linesWith(codes, text)
    expect(lines).toEqual([
      { severity: 'warning', field: 'id', text: 'À vérifier — Phrase id.repeated. [id.repeated]' },
      { severity: 'warning', field: 'pivot', text: 'À vérifier — Phrase pivot.shared. [pivot.shared]' },
    ])
    expect(anomaliesOf([...own.map(anomalyLine), ...lines])).toBe(text)
  })

  it('leaves what is not ours, not whole, or of another code', () => {
    for (const line of [
      'Une note d’une personne [pivot.shared]',
      'À vérifier — Phrase. [pivot.shared] et la suite',
      'À vérifier — Phrase. [pivot.notation]',
      'À vérifier — Phrase. pivot.shared',
      ' À vérifier — Phrase. [pivot.shared]',
    ])
      expect(linesWith(codes, line)).toEqual([])
    expect(linesWith(codes, 'À corriger — X. [pivot.shared]\nÀ normaliser — Y. [id.repeated]')).toMatchObject(
      [
        { severity: 'blocking', field: 'pivot' },
        { severity: 'info', field: 'id' },
      ],
    )
  })

  it('tells whether lines were left out', () => {
    const many = Array.from({ length: 30 }, () => finding('nom.spaces', 'info', 'x'.repeat(40)))
    const cut = anomaliesText({ findings: many }) ?? ''
    expect(isCut(cut)).toBe(true)
    expect(isCut('… et une autre anomalie')).toBe(true)
    expect(isCut('À vérifier — Phrase. [pivot.shared]')).toBe(false)
    expect(isCut('À vérifier — Phrase… et fin. [pivot.shared]')).toBe(false)
    expect(isCut('')).toBe(false)
  })

  it('keeps lines of one gravity in the order of the standard, of one field as they came', () => {
    const lines = [
      finding('services.near', 'warning'),
      finding('pivot.b', 'warning'),
      finding('pivot.a', 'warning'),
      finding('prise_rdv.x', 'blocking'),
    ].map(anomalyLine)
    expect(
      anomaliesOf(lines)
        ?.split('\n')
        .map((line) => /\[(.*)\]$/u.exec(line)?.[1]),
    ).toEqual(['prise_rdv.x', 'pivot.b', 'pivot.a', 'services.near'])
    expect(anomaliesOf([])).toBeNull()
    expect(lines[0]?.text).toBe('À vérifier — Phrase services.near. [services.near]')
  })

  it('fits a thousand signs exactly, and says how many lines are left where it does not', () => {
    const of = (length: number) => ({ severity: 'info', field: 'nom', text: 'x'.repeat(length) }) as const
    expect(anomaliesOf([of(500), of(499)])).toHaveLength(1000)
    expect(anomaliesOf([of(500), of(500)])).toBe(`${'x'.repeat(500)}\n… et une autre anomalie`)
    expect(anomaliesOf([of(500), of(400), of(200), of(200)])).toBe(
      `${'x'.repeat(500)}\n${'x'.repeat(400)}\n… et 2 autres anomalies`,
    )
    expect(anomaliesOf([of(1001)])).toBe('… et une autre anomalie')
    expect(anomaliesOf([of(1001), of(1)])).toBe('… et 2 autres anomalies')
  })
})

describe('« À compléter » within its signs', () => {
  const labelled = (length: number) => ({
    ...rules,
    together: [{ label: 'ensemble', fields: ['telephone', 'courriels'] as FieldName[] }],
    fields: rules.fields.map((rule) => ({ ...rule, label: `${rule.field[0]}${'x'.repeat(length - 1)}` })),
  })

  it('names all that fit, then how many are left', () => {
    // « Il manque a, b et c. » : 11 signs, and the labels with what joins them.
    expect(missingSentence({ missing: ['nom', 'adresse'], blocked: [] }, labelled(92))).toHaveLength(199)
    const nearly = missingSentence({ missing: ['nom', 'adresse', 'source'], blocked: [] }, labelled(60)) ?? ''
    expect(nearly).toHaveLength(197)
    const cut = missingSentence({ missing: ['nom', 'adresse', 'source'], blocked: [] }, labelled(62)) ?? ''
    expect(cut.endsWith('et une autre information.')).toBe(true)
    const most =
      missingSentence({ missing: ['nom', 'adresse', 'source', 'id'], blocked: [] }, labelled(62)) ?? ''
    expect(most.endsWith('et 2 autres informations.')).toBe(true)
    expect(missingSentence({ missing: ['nom', 'adresse'], blocked: [] }, labelled(195))).toBe(
      'Il manque 2 informations.',
    )
    expect(missingSentence({ missing: ['nom'], blocked: [] }, labelled(195))).toBe('Il manque 1 information.')
  })

  it('adds the weights of what is named as one', () => {
    const few = {
      ...rules,
      together: [{ label: 'un contact', fields: ['telephone', 'courriels'] as FieldName[] }],
    }
    // 3 + 3 before the hours (4), which go before the address (3).
    expect(
      missingSentence({ missing: ['adresse', 'telephone', 'courriels', 'horaires'], blocked: [] }, few),
    ).toBe('Il manque un contact, les horaires et l’adresse.')
  })
})
