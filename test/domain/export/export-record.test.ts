import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readActorFile } from '../../../src/config/actor-file.ts'
import type { ActorFields } from '../../../src/domain/actor.ts'
import { exporter, isExported, withoutTwins } from '../../../src/domain/export/export-record.ts'
import type { ExportFields } from '../../../src/domain/export/export-record.ts'
import { FIELDS } from '../../../src/domain/fields.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { refusedFields } from '../completeness/oracle.ts'
import { actorOf, assessed, keepsAll, rules, TODAY } from '../completeness/records.ts'

const STANDARD = '../shared/standard/fields-v1.0.2.json'
const FILES = ['../shared/data/acteurs-reels-bretagne.standard.csv', '../shared/data/hub-du-sud.json']

const write = exporter({ completeness: rules, judge: assessed, keepsAll, today: TODAY })
const LIEU: Partial<Record<FieldName, string>> = {
  pivot: '43493312300029',
  nom: 'Le Phare',
  commune: 'Rennes',
  code_postal: '35000',
  code_insee: '35238',
  adresse: '3 rue des Ajoncs',
  date_maj: '2026-01-15',
}
const fieldsOf = (more: Partial<Record<FieldName, string | null>>) => {
  const made = write(actorOf({ ...LIEU, ...more }))
  if (!isExported(made)) throw new Error(JSON.stringify(made))
  return made
}
const asRecord = (fields: ExportFields) =>
  Object.fromEntries(FIELDS.map((field) => [field, fields[field] ?? null])) as ActorFields

type Described = { name: FieldName; pattern: string | null; required: boolean; maxLength: number | null }
/** The fields in which a record breaks the published schema. */
function againstSchema(fields: ExportFields): string[] {
  const { fields: all } = JSON.parse(readFileSync(STANDARD, 'utf8')) as { fields: Described[] }
  return all.flatMap(({ name, pattern, required, maxLength }) => {
    const value = fields[name]
    if (value === undefined) return required ? [name] : []
    const isRight = pattern === null || new RegExp(pattern, 'u').test(value)
    return isRight && (maxLength === null || value.length <= maxLength) ? [] : [`${name}: ${value}`]
  })
}

describe('a record that is given to others', () => {
  it('bears the number of the base where its « Identifiant » is a formula', () => {
    const { fields, left } = fieldsOf({ id: '=HYPERLINK("http://e.example")' })
    expect(fields.id).toBe('portrea-fiche-1')
    expect(left).toContain('id')
  })

  it.each<[string, Partial<Record<FieldName, string>>, Partial<Record<FieldName, string | undefined>>]>([
    ['a telephone as it is dialled', { telephone: '02 99 00 00 00' }, { telephone: '+33299000000' }],
    [
      'of two telephones the first',
      { telephone: '02 99 00 00 00 / 06 12 34 56 78' },
      { telephone: '+33299000000' },
    ],
    ['no short number', { telephone: '3949' }, { telephone: undefined }],
    [
      'known words of a list in those of the standard',
      { services: 'aide aux démarches administratives' },
      { services: 'Aide aux démarches administratives' },
    ],
    [
      'of a list what the standard knows',
      { publics_specifiquement_adresses: 'Jeunes|Marins' },
      { publics_specifiquement_adresses: 'Jeunes' },
    ],
    ['no half of a point', { latitude: '48.11' }, { latitude: undefined, longitude: undefined }],
    ['addresses that are some', { courriels: 'a@example.org|pas une adresse' }, { courriels: undefined }],
    ['no day to come', { date_maj: '2027-01-01' }, { date_maj: '2026-02-01' }],
    [
      'no text that a spreadsheet would compute',
      { presentation_resume: '=HYPERLINK("x")' },
      { presentation_resume: undefined },
    ],
    [
      'no summary that is too long',
      { presentation_resume: 'a'.repeat(281) },
      { presentation_resume: undefined },
    ],
  ])('says %s', (_, written, expected) => {
    const made = write({ ...actorOf({ ...LIEU, ...written }), changedOn: '2026-02-01' })
    expect(isExported(made) && made.fields).toMatchObject(
      Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)),
    )
    for (const [field, value] of Object.entries(expected))
      if (value === undefined) expect(isExported(made) && made.fields).not.toHaveProperty(field)
  })

  it('is told apart by the number that it has in the base, where it has no « Identifiant »', () => {
    expect(fieldsOf({}).fields.id).toBe('portrea-fiche-1')
    expect(fieldsOf({ id: 'rennes-3' }).fields.id).toBe('rennes-3')
  })

  it('tells the fields whose values have no room in the standard', () => {
    expect(fieldsOf({ telephone: '3949', services: 'Cuisine' }).left).toEqual(['telephone', 'services'])
    expect(fieldsOf({ telephone: '02 99 00 00 00 / 02 99 00 00 01' }).left).toEqual(['telephone'])
    expect(fieldsOf({ publics_specifiquement_adresses: 'Jeunes|Marins' }).left).toEqual([
      'publics_specifiquement_adresses',
    ])
    expect(fieldsOf({ telephone: '02 99 00 00 00' }).left).toEqual([])
  })

  it.each<[string, Partial<Record<FieldName, string | null>>, readonly FieldName[], readonly FieldName[]]>([
    ['without SIRET', { pivot: null }, ['pivot'], []],
    ['with a SIRET that is none', { pivot: '43493312300028' }, [], ['pivot']],
    ['with a SIREN alone', { pivot: '434933123' }, [], ['pivot']],
    ['whose name is a placeholder', { nom: 'NC' }, ['nom'], []],
    ['without day, of which nobody knows when it changed', { date_maj: null }, ['date_maj'], []],
  ])('is not given %s, and why is told', (_, more, missing, wrong) => {
    expect(write(actorOf({ ...LIEU, ...more }))).toMatchObject({ why: 'lacks', missing, wrong })
  })

  it('bears its « Identifiant » alone: of two records that share it the first is given', () => {
    const twins = withoutTwins([fieldsOf({ id: 'a' }), { ...fieldsOf({ id: 'a' }), record: '2' }])
    expect(twins.map(isExported)).toEqual([true, false])
    expect(twins[1]).toMatchObject({ record: '2', why: 'twice' })
  })

  it('is taken by the national library and the published schema, whatever people wrote', () => {
    const values = rules.fields.flatMap(({ field, examples }) =>
      examples.map(({ given, with: beside }) => ({ ...beside, [field]: given })),
    )
    const some = fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 6 })
    const odd = fc.dictionary(fc.constantFrom(...FIELDS), fc.string(), { maxKeys: 4 })
    let given = 0
    fc.assert(
      fc.property(some, odd, (written, strange) => {
        const made = write(actorOf({ ...LIEU, ...Object.assign({}, ...written), ...strange }))
        if (!isExported(made)) return
        given += 1
        expect(refusedFields(asRecord(made.fields))).toEqual(new Set())
        if (existsSync(STANDARD)) expect(againstSchema(made.fields)).toEqual([])
      }),
      { numRuns: 400 },
    )
    expect(given).toBeGreaterThan(20)
  })

  it.each(FILES)('of %s is taken by both (skipped where the file is not here)', (file) => {
    if (!existsSync(file)) return
    const made = readActorFile(file).actors.map(write)
    const given = made.filter(isExported)
    expect(made.length).toBeGreaterThan(0)
    expect(given.filter(({ fields }) => refusedFields(asRecord(fields)).size > 0)).toEqual([])
    expect(given.flatMap(({ fields }) => againstSchema(fields))).toEqual([])
  })
})
