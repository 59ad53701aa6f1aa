import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readActorFile, readActorText } from '../../src/config/actor-file.ts'
import { headerReader } from '../../src/config/headers.ts'
import { exporter, isExported } from '../../src/domain/export/export-record.ts'
import type { ExportRecord } from '../../src/domain/export/export-record.ts'
import { FIELDS } from '../../src/domain/fields.ts'
import type { FieldName } from '../../src/domain/fields.ts'
import { exportFileOf } from '../../src/exports/formats.ts'
import type { ExportFormat } from '../../src/config/exports-file.ts'
import { actorOf, assessed, keepsAll, rules, TODAY } from '../domain/completeness/records.ts'
import { partsOf } from '../helpers/zip-parts.ts'

const SCHEMA = '../shared/standard/data-inclusion-schema-v1.json'
const REAL = ['../shared/data/acteurs-reels-bretagne.standard.csv', '../shared/data/hub-du-sud.json']

const write = exporter({ completeness: rules, judge: assessed, keepsAll, today: TODAY })
const titles = Object.fromEntries(FIELDS.map((field) => [field, field])) as Record<FieldName, string>
const about = { ...{ producer: 'hub-bretagne', attribution: 'Hub', licence: 'Licence Ouverte 2.0' }, titles }

function records(...all: Partial<Record<FieldName, string>>[]): ExportRecord[] {
  return all.map((fields, at) => {
    const made = write(
      actorOf(
        {
          ...{ pivot: '43493312300029', nom: 'Le Phare', commune: 'Rennes', code_postal: '35000' },
          ...{ code_insee: '35238', adresse: '3 rue des Ajoncs', date_maj: '2026-01-15' },
          ...fields,
        },
        { id: String(at + 1) },
      ),
    )
    if (!isExported(made)) throw new Error(JSON.stringify(made))
    return made
  })
}

async function documentOf(format: ExportFormat, all: readonly ExportRecord[]) {
  const { body } = await exportFileOf(format, all, about)
  return JSON.parse(body.toString()) as Record<string, Record<string, unknown>[]>
}

const PLACED = { latitude: '48.11', longitude: '-1.67' }

describe('records for others', () => {
  it('are in CSV what a reader of the standard reads back, whatever stands in a cell', async () => {
    const odd = 'Des « ateliers », des "jeux" ;\nle mardi, le jeudi'
    const all = records(
      { ...PLACED, presentation_detail: odd },
      { services: 'Aide aux démarches administratives' },
    )
    const { body } = await exportFileOf('standard', all, about)
    const text = body.toString()
    expect(text.split('\r\n')[0]).toBe(FIELDS.join(','))
    const { actors, unreadable } = readActorText(text, 'export.csv', headerReader())
    expect(unreadable).toEqual([])
    for (const [at, { fields }] of actors.entries())
      expect(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))).toEqual(
        all[at]!.fields,
      )
  })

  it('are in GeoJSON features of those that say where they are; the others are told', async () => {
    const all = records(PLACED, {})
    const { body, records: count, left } = await exportFileOf('geojson', all, about)
    expect([count, left.map(({ record }) => record)]).toEqual([1, ['2']])
    expect(JSON.parse(body.toString())).toMatchObject({
      ...{ type: 'FeatureCollection', licence: 'Licence Ouverte 2.0' },
      features: [
        {
          ...{ type: 'Feature', id: 'portrea-1' },
          geometry: { type: 'Point', coordinates: [-1.67, 48.11] },
          properties: { nom: 'Le Phare', pivot: '43493312300029' },
        },
      ],
    })
  })

  it('are elements of GoGoCarto, their hours a day at a time', async () => {
    const hours = { ...PLACED, horaires: 'Mo-Tu 09:00-12:00; We 14:00-18:00' }
    const { data } = await documentOf(
      'gogocarto',
      records(hours, { ...PLACED, horaires: 'Mo-Fr 09:00-12:00; PH off' }),
    )
    expect(data).toMatchObject([
      {
        ...{ name: 'Le Phare', geo: { latitude: 48.11, longitude: -1.67 } },
        address: { streetAddress: '3 rue des Ajoncs', postalCode: '35000', addressLocality: 'Rennes' },
        openHours: { Mo: '09:00-12:00', Tu: '09:00-12:00', We: '14:00-18:00' },
      },
      { openHoursString: 'Mo-Fr 09:00-12:00; PH off' },
    ])
    expect(data![1]).not.toHaveProperty('openHours')
  })

  it('say to data·inclusion no more than they do: a way in only where it leads somewhere', async () => {
    const { structures, services } = await documentOf(
      'data-inclusion',
      records({
        services: 'Aide aux démarches administratives|Loisirs et créations numériques',
        modalites_acces: 'Se présenter|Téléphoner|Prendre un RDV en ligne',
        frais_a_charge: 'Gratuit|Payant',
        dispositif_programmes_nationaux: 'Aidants Connect',
      }),
    )
    expect(structures).toMatchObject([
      { id: 'hub-bretagne--portrea-1', siret: '43493312300029', reseaux_porteurs: ['aidants-connect'] },
    ])
    expect(services).toMatchObject([
      {
        structure_id: 'hub-bretagne--portrea-1',
        thematiques: ['numerique--acceder-a-des-services-en-ligne'],
        ...{
          modes_mobilisation: ['se-presenter'],
          publics: null,
          frais: null,
          frais_precisions: 'Gratuit, Payant',
        },
      },
    ])
    const nothing = await documentOf('data-inclusion', records({}))
    expect(nothing['services']).toEqual([])
  })

  it.runIf(existsSync(SCHEMA))(
    'are valid for the schema of data·inclusion v1 (skipped without it)',
    async () => {
      const { structure, service } = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Record<
        string,
        z.core.JSONSchema.JSONSchema
      >
      const [asStructure, asService] = [z.fromJSONSchema(structure!), z.fromJSONSchema(service!)]
      const real = REAL.filter((file) => existsSync(file)).flatMap((file) =>
        readActorFile(file).actors.map(write),
      )
      const given = real.filter(isExported)
      expect(given.length).toBeGreaterThan(0)
      const { structures, services } = await documentOf('data-inclusion', given)
      expect(structures!.flatMap((one) => asStructure.safeParse(one).error?.issues ?? [])).toEqual([])
      expect(services!.flatMap((one) => asService.safeParse(one).error?.issues ?? [])).toEqual([])
      expect(asStructure.safeParse({ ...structures![0], siret: '12' }).success).toBe(false)
    },
  )

  it('are in a workbook dates, numbers and texts, and nothing that is computed', async () => {
    const all = records({
      ...PLACED,
      telephone: '02 99 00 00 00',
      services: 'Aide aux démarches administratives',
    })
    const { body } = await exportFileOf('xlsx', all, about)
    const sheet = partsOf(body).get('xl/worksheets/sheet1.xml') ?? ''
    const strings = [...(partsOf(body).get('xl/sharedStrings.xml') ?? '').matchAll(/<t[^>]*>([^<]*)</gu)].map(
      ([, text]) => text,
    )
    const cells = [...sheet.matchAll(/<c r="([A-Z]+)2"([^>]*)>(?:<v>([^<]*)<\/v>)?/gu)].map(
      ([, column, attributes, value]) => ({ column, isText: attributes!.includes('t="s"'), value }),
    )
    const cell = (field: FieldName) => {
      const at = cells.find(({ column }) => column === columnName(FIELDS.indexOf(field)))!
      return at.isText ? strings[Number(at.value)] : Number(at.value)
    }
    expect([cell('latitude'), cell('longitude')]).toEqual([48.11, -1.67])
    expect(cell('date_maj')).toBe(46_037) // 15/01/2026, days since 1899-12-30
    expect([cell('pivot'), cell('telephone'), cell('code_postal')]).toEqual([
      ...['43493312300029', '+33299000000', '35000'],
    ])
    expect(sheet).not.toContain('<f')
  })
})

/** 0 → A, 26 → AA. */
function columnName(at: number): string {
  const letter = String.fromCodePoint(65 + (at % 26))
  return at < 26 ? letter : `${columnName(Math.trunc(at / 26) - 1)}${letter}`
}
