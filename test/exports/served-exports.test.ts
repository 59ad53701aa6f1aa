import { describe, expect, it } from 'vitest'
import type { ExportSettings } from '../../src/config/exports-file.ts'
import type { ExportRecord } from '../../src/domain/export/export-record.ts'
import { FIELDS } from '../../src/domain/fields.ts'
import type { FieldName } from '../../src/domain/fields.ts'
import { keepsBack } from '../../src/nocodb/kept-back.ts'
import { PortreaError } from '../../src/errors.ts'
import { servedExports } from '../../src/exports/served-exports.ts'
import { testServer } from '../http/test-server.ts'

const titles = Object.fromEntries(FIELDS.map((field) => [field, field])) as Record<FieldName, string>
const settings: ExportSettings = {
  ...{ served: true, minutes: 60, producer: 'hub-bretagne' },
  formats: ['standard', 'geojson'],
  ...{ attribution: 'Hub', licence: 'Licence Ouverte 2.0' },
}
const about = { ...settings, titles }
const lieu = (record: string, epci: string, nom = 'Le Phare'): ExportRecord => ({
  ...{ record, epci, left: [] },
  fields: {
    ...{ id: record, pivot: '43493312300029', nom, commune: 'Rennes', code_postal: '35000' },
    ...{ adresse: '3 rue des Ajoncs', date_maj: '2026-01-15' },
  },
})

/** A base that is read as often as it is asked, at an hour that a test moves. */
function stage(first: readonly ExportRecord[]) {
  const base = { records: first, readings: 0, away: false, broken: false, minute: 0 }
  const exports = servedExports({
    ...{ about, minutes: 60, now: () => new Date(Date.UTC(2026, 10, 24, 10, base.minute)) },
    read: async () => {
      base.readings += 1
      if (base.away) throw new PortreaError('NOCODB_UNAVAILABLE', 'away')
      if (base.broken) throw new PortreaError('SCHEMA_MISMATCH', 'broken')
      return base.records
    },
  })
  const text = async (siren: string | null = null) => (await exports.get('standard', siren))?.body.toString()
  return { base, exports, text }
}

describe('what others harvest', () => {
  it('is read from the base once in an hour, however many ask at once', async () => {
    const { base, text } = stage([lieu('1', '243500139')])
    await Promise.all([text(), text(), text('243500139')])
    base.minute = 59
    base.records = []
    expect(await text()).toContain('Le Phare')
    expect(base.readings).toBe(1)
    base.minute = 60
    expect(await text()).not.toContain('Le Phare')
    expect(base.readings).toBe(2)
  })

  it('is served on while the base is away, which is asked again a minute later', async () => {
    const { base, exports, text } = stage([lieu('1', '243500139')])
    await text()
    Object.assign(base, { minute: 61, away: true })
    expect(await text()).toContain('Le Phare')
    expect(await text()).toContain('Le Phare')
    expect(base.readings).toBe(2)
    expect((await exports.get('standard', null))?.since).toEqual(new Date('2026-11-24T10:00:00Z'))
    Object.assign(base, { minute: 63, away: false, records: [lieu('1', '243500139', 'Ailleurs')] })
    expect(await text()).toContain('Ailleurs')
  })

  it('is served for a day at most while the base is away, and not at all once it cannot be read', async () => {
    const { base, text } = stage([lieu('1', '243500139')])
    await text()
    Object.assign(base, { minute: 24 * 60, away: true })
    expect(await text()).toContain('Le Phare')
    base.minute = 24 * 60 + 2
    await expect(text()).rejects.toThrow('away')
    Object.assign(base, { away: false })
    expect(await text()).toContain('Le Phare')
    Object.assign(base, { minute: 26 * 60, broken: true })
    await expect(text()).rejects.toThrow('broken')
  })

  it('fails where the base was never read, and is asked again at once', async () => {
    const { base, text } = stage([lieu('1', '243500139')])
    base.away = true
    await expect(text()).rejects.toThrow('away')
    base.away = false
    expect(await text()).toContain('Le Phare')
  })

  it('has the tag of its content, whenever it was read', async () => {
    const { base, exports } = stage([lieu('1', '243500139')])
    const before = await exports.get('standard', null)
    base.minute = 120
    expect(await exports.get('standard', null)).toEqual(before)
    Object.assign(base, { minute: 240, records: [lieu('1', '243500139', 'Ailleurs')] })
    expect((await exports.get('standard', null))?.etag).not.toBe(before?.etag)
  })
})

describe('a workbook', () => {
  it('has the tag of what it says, though it bears the hour at which it was made', async () => {
    const { base, exports } = stage([lieu('1', '243500139')])
    const before = await exports.get('xlsx', null)
    base.minute = 120
    expect((await exports.get('xlsx', null))?.etag).toBe(before?.etag)
    expect((await exports.get('standard', null))?.etag).not.toBe(before?.etag)
  })
})

describe('« Ne pas publier »', () => {
  it.each([true, 'x', 'Oui', 'NC', '?', 'à voir', 'aucun'])('keeps a record back: %s', (cell) => {
    expect(keepsBack(cell)).toBe(true)
  })
  it.each([false, null, undefined, '', 'Non', 'NON', '0'])('lets it go: %s', (cell) => {
    expect(keepsBack(cell)).toBe(false)
  })
})

describe('GET /exports/…', () => {
  const served = async (records: readonly ExportRecord[]) => {
    const { server } = await testServer({ exports: { exports: stage(records).exports, settings } })
    return server
  }

  it('answers anybody, from any page, and no more than 304 to who has it already', async () => {
    const server = await served([lieu('1', '243500139')])
    const { statusCode, headers, body } = await server.inject({ url: '/exports/standard.csv' })
    expect(statusCode).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=3600',
    })
    expect(body).toContain('Le Phare')
    const tag = String(headers.etag)
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await server.inject({ url: '/exports/standard.csv', headers: { 'if-none-match': known } })
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', tag])
    }
    const head = await server.inject({ method: 'HEAD', url: '/exports/standard.csv' })
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', tag])
  })

  it('gives the records of one EPCI', async () => {
    const server = await served([lieu('1', '243500139'), lieu('2', '242900314', 'La Fabrique')])
    const { body } = await server.inject({ url: '/exports/242900314/standard.csv' })
    expect([body.includes('La Fabrique'), body.includes('Le Phare')]).toEqual([true, false])
  })

  it.each([
    ['an EPCI without records', '/exports/242900314/standard.csv', 404],
    ['a format that config does not serve', '/exports/lieux.xlsx', 404],
    ['a file that is none', '/exports/passwords.txt', 400],
    ['what is no SIREN', '/exports/..%2f..%2fetc/standard.csv', 400],
  ])('has nothing for %s', async (_, url, status) => {
    const server = await served([lieu('1', '243500139')])
    const answer = await server.inject({ url })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })

  it('is nowhere until config switches it on', async () => {
    const { server } = await testServer()
    expect((await server.inject({ url: '/exports/standard.csv' })).statusCode).toBe(404)
  })
})
