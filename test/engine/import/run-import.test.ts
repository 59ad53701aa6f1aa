import { describe, expect, it } from 'vitest'
import type { SourceRecord } from '../../../src/domain/import/source-record.ts'
import { runImport } from '../../../src/engine/import/run-import.ts'
import type { Unreadable } from '../../../src/config/csv-table.ts'
import { doubleBase } from '../../helpers/double-base.ts'
import { plain } from '../../helpers/plain.ts'
import { actorRow, HALL, LIBRARY, proposals, shownProposals, sourceOf } from './source.ts'

const write = { dryRun: false } as const

async function base() {
  const made = await doubleBase({ Acteurs: [actorRow(LIBRARY), actorRow(HALL)] })
  const run = (...source: Parameters<typeof sourceOf>) => runImport(made.parts, sourceOf(...source), write)
  return { ...made, run, shown: () => shownProposals(made.double).map(plain) }
}

const PHONE = '+33296604787'
const OTHER = '+33296604700'
const CAFE = {
  nom: 'Cybercentre de la gare',
  commune: 'Brest',
  code_postal: '29200',
  adresse: '8 place du 19e R.I.',
}

const NAMES =
  'Abeille Bruyère Cormoran Dauphin Écureuil Falaise Goéland Hermine Iris Jonquille Korrigan Lavande Mouette Narcisse Orchidée Phoque Quenouille Renard Sarcelle Tulipe Urne Varech Wagon Xylophone Yole Zéphyr Ancre Boussole Corail Dune'.split(
    ' ',
  )

describe('a source that is read', () => {
  it('proposes what records lack, what they say otherwise, and places that the base does not have', async () => {
    const { run, shown, double } = await base()
    const result = await run({
      a: { ...LIBRARY, telephone: PHONE },
      b: { ...HALL, telephone: OTHER },
      c: CAFE,
      d: 'ligne incomplète',
    })
    expect(shown()).toEqual([
      'Cybercentre de la gare (Nouvelle fiche, En attente)',
      `Médiathèque de Callac (fiche n° 1) / Téléphone: rien → ${PHONE} (À compléter, En attente)`,
      `Mairie de Callac (fiche n° 2) / Téléphone: +33296458130 → ${OTHER} (Différence, En attente)`,
    ])
    expect(result).toMatchObject({
      counts: { read: 3, new: 1, toComplete: 1, conflicts: 1, unreadable: 1, alreadyThere: 0, gone: 0 },
      ...{ proposed: 3, refused: [], unreadable: [{ line: 5, reason: 'ligne incomplète' }] },
    })
    const [place] = proposals(double)
    expect(plain(String(place?.['Valeur proposée']))).toBe(
      'Nom : Cybercentre de la gare\nCommune : Brest\nCode postal : 29200\nAdresse : 8 place du 19e R.I.',
    )
    expect(place).toMatchObject({ EPCI: 'Brest Métropole', SIREN: '242900314', Source: 'Réseau des lieux' })
  })

  it('changes nothing in the records, and nothing anywhere the second time', async () => {
    const { run, double } = await base()
    const source = { a: { ...LIBRARY, telephone: PHONE }, b: { ...HALL, telephone: OTHER }, c: CAFE }
    const actors = [...double.table('Acteurs').rows()].map(([, row]) => ({ ...row }))
    await run(source)
    const before = proposals(double)
    const again = await run(source)
    expect(again).toMatchObject({ proposed: 0, moved: 0, counts: { new: 1, toComplete: 1, conflicts: 1 } })
    expect(proposals(double)).toEqual(before)
    expect([...double.table('Acteurs').rows()].map(([, row]) => row)).toEqual(actors)
  })

  it('proposes again only what changed, and says of the rest that it is outdated', async () => {
    const { run, shown } = await base()
    await run({ a: { ...LIBRARY, telephone: PHONE, courriels: 'biblio@callac.example' } })
    await run({ a: { ...LIBRARY, telephone: OTHER, courriels: 'biblio@callac.example' } })
    expect(shown()).toEqual([
      `Médiathèque de Callac (fiche n° 1) / Téléphone: rien → ${PHONE} (À compléter, Dépassée)`,
      'Médiathèque de Callac (fiche n° 1) / Courriels: rien → biblio@callac.example (À compléter, En attente)',
      `Médiathèque de Callac (fiche n° 1) / Téléphone: rien → ${OTHER} (À compléter, En attente)`,
    ])
    await run({ a: { ...LIBRARY, telephone: PHONE, courriels: 'biblio@callac.example' } })
    expect(shown().map((one) => /→ (\S+) .*, (.*)\)/u.exec(one)?.slice(1))).toEqual([
      [PHONE, 'En attente'],
      ['biblio@callac.example', 'En attente'],
      [OTHER, 'Dépassée'],
    ])
  })

  it('makes a conflict of what a person wrote meanwhile, in a row of its own', async () => {
    const { run, shown, double } = await base()
    await run({ a: { ...LIBRARY, telephone: PHONE } })
    double.table('Acteurs').update(1, { Téléphone: OTHER })
    await run({ a: { ...LIBRARY, telephone: PHONE } })
    expect(shown()).toEqual([
      `Médiathèque de Callac (fiche n° 1) / Téléphone: rien → ${PHONE} (À compléter, Dépassée)`,
      `Médiathèque de Callac (fiche n° 1) / Téléphone: ${OTHER} → ${PHONE} (Différence, En attente)`,
    ])
    double.table('Acteurs').update(1, { Téléphone: PHONE })
    expect((await run({ a: { ...LIBRARY, telephone: PHONE } })).counts).toMatchObject({
      alreadyThere: 1,
      conflicts: 0,
    })
    expect(shown()[1]).toContain('(Différence, Dépassée)')
  })

  it.each([120, 230])(
    'broken off after %i of its places ends, read again, in the same rows',
    async (some) => {
      const names = ['Tiers-lieu', 'Cyberespace', 'Point relais', 'Maison', 'Atelier', 'Fabrique']
      const places = Array.from({ length: 240 }, (_, at) => [
        `k${at}`,
        {
          nom: `${names[at % 6]} ${String.fromCodePoint(65 + (at % 26), 97 + (at % 23), 97 + (at % 19))} ${at}`,
          ...{ commune: 'Brest', code_postal: '29200', adresse: `${at + 1} rue ${at}` },
        },
      ])
      const [whole, broken] = [await base(), await base()]
      await whole.run(Object.fromEntries(places))
      const cut = { end: new Error('cut') }
      await expect(broken.run(Object.fromEntries(places.slice(0, some)), cut)).rejects.toThrow('cut')
      expect(broken.shown()).toHaveLength(some - (some % 100))
      await broken.run(Object.fromEntries(places))
      expect(broken.shown().toSorted()).toEqual(whole.shown().toSorted())
      expect(new Set(broken.shown()).size).toBe(240)
    },
  )

  it('whose writing is lost in the middle makes no row twice', async () => {
    const { run, shown, double } = await base()
    const { id } = double.table('Propositions')
    let lost = false
    double.faults = ({ method, path }) => {
      if (lost || method !== 'POST' || !path.includes(id)) return undefined
      lost = true
      return { kind: 'cut-after' }
    }
    const source = { a: { ...LIBRARY, telephone: PHONE }, c: CAFE }
    await run(source).catch(() => undefined)
    double.faults = () => undefined
    await run(source)
    expect(shown().toSorted()).toEqual([
      'Cybercentre de la gare (Nouvelle fiche, En attente)',
      `Médiathèque de Callac (fiche n° 1) / Téléphone: rien → ${PHONE} (À compléter, En attente)`,
    ])
  })

  it('tells what it names no more only where it was read as a whole', async () => {
    const { run, shown } = await base()
    const source = { a: LIBRARY, b: HALL, c: CAFE }
    await run(source)
    const cut = await run({ a: LIBRARY, b: 'illisible', c: 'illisible' })
    expect(cut).toMatchObject({ whole: false, counts: { gone: 0 } })
    expect(shown()).toEqual(['Cybercentre de la gare (Nouvelle fiche, En attente)'])
    const whole = await run({ a: LIBRARY, c: CAFE })
    expect(whole).toMatchObject({ whole: true, counts: { gone: 1 } })
    expect(shown()[1]).toBe('Mairie de Callac (fiche n° 2) (Disparue de la source, En attente)')
    expect((await run({ a: LIBRARY, c: CAFE })).proposed).toBe(0)
    await run(source)
    expect(shown()[1]).toBe('Mairie de Callac (fiche n° 2) (Disparue de la source, Dépassée)')
  })

  it('says nothing of the EPCI that a reading does not name: a list may be given a territory at a time', async () => {
    const made = await doubleBase({ Acteurs: [actorRow(LIBRARY), actorRow(HALL), actorRow(CAFE)] })
    const run = (...source: Parameters<typeof sourceOf>) => runImport(made.parts, sourceOf(...source), write)
    await run({ a: LIBRARY, b: HALL, c: { ...CAFE, telephone: PHONE } })
    const callac = await run({ a: LIBRARY, b: HALL })
    expect(callac).toMatchObject({ whole: true, counts: { gone: 0 } })
    expect(shownProposals(made.double).map(plain)).toEqual([
      `Cybercentre de la gare (fiche n° 3) / Téléphone: rien → ${PHONE} (À compléter, En attente)`,
    ])
    expect((await run({ a: LIBRARY, c: CAFE })).counts.gone).toBe(1)
  })

  it('is not taken for the one of its name where it names few of its places: nothing is outdated nor gone', async () => {
    const { run, shown } = await base()
    const places = (prefix: string, from: number) =>
      Object.fromEntries(
        Array.from({ length: 15 }, (_, at) => [
          `${prefix}${at}`,
          { ...CAFE, nom: `Atelier ${NAMES[from + at]}`, adresse: `${from + at + 1} rue de Siam` },
        ]),
      )
    await run(places('a', 0))
    const before = shown()
    const second = await run(places('b', 15))
    expect(second).toMatchObject({ whole: false, strange: 15, counts: { gone: 0 } })
    expect(shown().slice(0, before.length)).toEqual(before)
  })

  it('outdates what waits for a place of no EPCI that it names no more', async () => {
    const { run, shown } = await base()
    const nowhere = { nom: 'Camion numérique', adresse: '' }
    await run({ a: LIBRARY, n: nowhere })
    expect(shown()).toEqual([expect.stringContaining('Camion numérique')])
    expect(await run({ a: LIBRARY })).toMatchObject({ whole: true })
    expect(shown()).toEqual(['Camion numérique (Nouvelle fiche, Dépassée)'])
  })

  it('tells nothing gone, nor anything strange, once NOCODB_TOKEN is another one', async () => {
    const { parts } = await base()
    const source = { a: LIBRARY, b: HALL, c: CAFE }
    await runImport(parts, sourceOf(source), write)
    const { http } = parts.base
    const keyed = (text: string) => http.keyed(`of another token ${text}`)
    const rotated = { ...parts, base: { ...parts.base, http: { ...http, keyed } } }
    // The service starts again with it, on the same store.
    const store = { ...parts.store }
    const read = await runImport({ ...rotated, store }, sourceOf({ a: LIBRARY, c: CAFE }), write)
    expect(read).toMatchObject({ whole: true, strange: null, counts: { gone: 0 } })
    const next = await runImport({ ...rotated, store }, sourceOf({ a: LIBRARY }), write)
    expect(next).toMatchObject({ whole: true, counts: { gone: 0 } })
  })

  it('says nothing is gone from a list that ends before its end', async () => {
    const { parts } = await base()
    await runImport(parts, sourceOf({ a: LIBRARY, b: HALL }), write)
    const source = sourceOf({})
    async function* records(): AsyncGenerator<SourceRecord | Unreadable> {
      yield* sourceOf({ a: LIBRARY }).records
      yield { line: 3, reason: 'Le fichier s’arrête avant la fin de sa liste.', cut: true }
    }
    const read = await runImport(parts, { ...source, records: records() }, write)
    expect(read).toMatchObject({ whole: false, counts: { gone: 0 } })
  })

  it('counts alone, and writes nowhere, on a dry run', async () => {
    const { parts, double } = await base()
    double.calls.length = 0
    const source = sourceOf({ a: { ...LIBRARY, telephone: PHONE }, c: CAFE })
    const result = await runImport(parts, source, { dryRun: true })
    expect(result).toMatchObject({ proposed: 0, counts: { new: 1, toComplete: 1 } })
    expect(double.calls.filter(({ method }) => method !== 'GET')).toEqual([])
    expect((await runImport(parts, sourceOf({ a: LIBRARY }), { dryRun: true })).counts.gone).toBe(0)
  })

  it('keeps no text of a place in the store', async () => {
    const { run, parts } = await base()
    await run({ 'clé-lisible-12': { ...LIBRARY, telephone: PHONE } })
    const places = await parts.store.db.selectFrom('sourcePlaces').selectAll().execute()
    expect(places).toHaveLength(1)
    expect(JSON.stringify(places)).not.toMatch(/lisible|Callac|0296/u)
  })

  it('is told where the base has no place for proposals', async () => {
    const { parts } = await doubleBase({ Acteurs: [actorRow(LIBRARY)] }, { without: ['Propositions'] })
    await expect(runImport(parts, sourceOf({ a: LIBRARY }), write)).rejects.toMatchObject({
      code: 'SCHEMA_MISMATCH',
      message: expect.stringContaining('provision'),
    })
  })
})
