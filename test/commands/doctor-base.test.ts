import { describe, expect, it } from 'vitest'
import { TABLE_KEYS } from '../../src/columns/tables.ts'
import { epcis } from '../../src/commands/doctor-epcis.ts'
import { tables } from '../../src/commands/doctor-tables.ts'
import { PortreaError } from '../../src/errors.ts'
import type { Base } from '../../src/nocodb/base.ts'
import { doubleBase, settings } from '../helpers/double-base.ts'
import { plain } from '../helpers/plain.ts'

const opening = { settings } as Parameters<typeof tables>[1]
const BREST = '242900314'
const RENNES = '243500139'

const judged = async (...sirens: (string | null)[]) => {
  const rows = sirens.map((SIREN, at) => ({ Nom: `EPCI ${at}`, SIREN }))
  const { parts } = await doubleBase({ EPCI: rows })
  const { ok, detail, remedy } = await epcis(parts.base, opening)
  return { ok, detail: plain(detail), remedy: remedy === null ? null : plain(remedy) }
}

describe('the list of EPCI that doctor looks at', () => {
  it('is right where each row has a SIREN of its own, known today', async () => {
    expect(await judged(BREST, '243 500 139')).toEqual({
      ...{ ok: true, remedy: null },
      detail: '2 lignes, un SIREN chacune, toutes dans la liste officielle',
    })
    expect((await judged()).detail).toBe('aucune ligne')
  })

  it.each<[string, (string | null)[], string, RegExp]>([
    [
      'a SIREN twice, however it is written',
      [BREST, RENNES, '242 900 314'],
      '3 lignes : 2 partagent leur SIREN avec une autre',
      /ligne en trop \(242900314 : Id 1, 3\)/u,
    ],
    [
      'none, or no nine digits',
      [BREST, null, '2429'],
      '3 lignes : 2 sans SIREN',
      /chaque ligne \(Id 2, 3\)/u,
    ],
    [
      'one that no EPCI ever had',
      [BREST, '123456789'],
      "2 lignes : 1 SIREN n'est celui d'aucun EPCI connu",
      /Vérifiez 123456789 \(Id 2\)/u,
    ],
    [
      'all of these',
      [BREST, BREST, null, '123456789'],
      "4 lignes : 2 partagent leur SIREN avec une autre, 1 sans SIREN et 1 SIREN n'est celui d'aucun EPCI connu",
      /en trop.*Donnez.*Vérifiez/u,
    ],
  ])('is at fault with %s', async (_, sirens, detail, remedy) => {
    expect(await judged(...sirens)).toEqual({ ok: false, detail, remedy: expect.stringMatching(remedy) })
  })

  it.each([
    [
      'alone',
      [{ Nom: 'Rennes Métropole', SIREN: BREST }],
      "1 ligne : 1 dont le SIREN est celui d'un autre EPCI",
    ],
    [
      'beside the row of that one',
      [
        { Nom: 'Rennes Métropole', SIREN: BREST },
        { Nom: 'Brest Métropole', SIREN: BREST },
      ],
      '2 lignes : 2 partagent leur SIREN avec une autre',
    ],
  ])('is at fault with the name of one EPCI and the SIREN of another, %s', async (_, EPCI, detail) => {
    const { parts } = await doubleBase({ EPCI })
    const found = await epcis(parts.base, opening)
    expect([found.ok, plain(found.detail)]).toEqual([false, detail])
    expect(plain(found.remedy ?? '')).toContain(
      'Id 1 : Le SIREN 242900314 est celui de « Brest Métropole » ; celui de « Rennes Métropole » est 243500139',
    )
  })

  it('is said to be perhaps no list of EPCI where most rows repeat one, of more than a few rows', async () => {
    const many = Array.from({ length: 64 }, (_, at) => (at < 56 ? BREST : RENNES))
    const { ok, detail, remedy } = await judged(...many)
    expect([ok, detail]).toEqual([false, '64 lignes : 64 partagent leur SIREN avec une autre'])
    expect(remedy).toContain("n'est peut-être pas une liste d'EPCI")
    expect((await judged(BREST, BREST)).remedy).not.toContain("n'est peut-être pas")
  })

  it('names the EPCI that is no more and its successors, without a fault', async () => {
    expect(await judged(BREST, '200067221')).toMatchObject({
      ...{ ok: true, detail: "1 EPCI sur 2 n'est plus dans la liste officielle" },
      remedy: expect.stringContaining('Rien n’est déplacé'.replace('’', "'")),
    })
  })
})

describe('the tables that doctor opens', () => {
  /** A server that answers otherwise about one table. */
  const changed = (base: Base, title: string, answer: (given: unknown) => unknown): Base => {
    const { id } = base.table(title)
    const send = async (request: { path: string }) => {
      const given = await base.http.send(request as never)
      return request.path.includes(`/${id}/records`) ? answer(given) : given
    }
    return Object.assign(Object.create(base) as Base, { http: { ...base.http, send } })
  }
  const rows = { Acteurs: [{ Nom: 'Lieu' }], EPCI: [{ Nom: 'Brest Métropole', SIREN: BREST }] }

  it('are all read, one row of each', async () => {
    const { parts } = await doubleBase(rows)
    expect(await tables(parts.base, opening)).toMatchObject({
      ...{
        ok: true,
        remedy: null,
        detail: expect.stringMatching(/une ligne lue dans chacune des \d+ tables/u),
      },
    })
  })

  it('are told by their names where one cannot be read, with what NocoDB said', async () => {
    const { parts } = await doubleBase(rows)
    const base = changed(parts.base, 'Acteurs', () => {
      throw new PortreaError('NOCODB_REFUSED', 'relation "acteurs" does not exist')
    })
    const { ok, detail, remedy } = await tables(base, opening)
    expect([ok, plain(detail)]).toEqual([false, '1 table ne se lit pas : « Acteurs »'])
    expect(remedy).toContain('relation "acteurs" does not exist')
  })

  it('are told where a column that is asked for is not in the answer, or rows have no key', async () => {
    const { parts } = await doubleBase(rows)
    const without = (key: string) =>
      changed(parts.base, 'EPCI', (given) => {
        const { list, ...page } = given as { list: Record<string, unknown>[] }
        return { ...page, list: list.map(({ [key]: _, ...row }) => row) }
      })
    expect((await tables(without('SIREN'), opening)).remedy).toMatch(/ne rend pas «\sSIREN\s»/u)
    expect((await tables(without('Id'), opening)).remedy).toMatch(/«\sId\s» de «\sEPCI\s».*à rouvrir/u)
  })

  it('are not missed before they are made', async () => {
    const without = TABLE_KEYS.map((key) => settings.columns[key].title)
    const { parts } = await doubleBase({}, { without })
    expect(await tables(parts.base, opening)).toMatchObject({
      ok: true,
      detail: 'pas encore de table à lire',
    })
  })
})
