import { describe, expect, it } from 'vitest'
import type { Columns } from '../../../src/config/columns-file.ts'
import { decideAll, decideProposals } from '../../../src/engine/import/decide.ts'
import { runImport } from '../../../src/engine/import/run-import.ts'
import { rememberNames } from '../../../src/engine/known-base.ts'
import { assertFits } from '../../../src/nocodb/drift.ts'
import { doubleBase, settings } from '../../helpers/double-base.ts'
import { plain } from '../../helpers/plain.ts'
import { TWO_TABLES } from '../../helpers/two-tables.ts'
import type { Fault } from '../../helpers/nocodb-double/double.ts'
import { actorRow, HALL, LIBRARY, proposals, rowsOf, shownProposals, sourceOf } from './source.ts'
import type { Says } from './source.ts'

const PHONE = '+33296604787'
const OTHER = '+33296604700'
const CAFE = {
  nom: 'Cybercentre de la gare',
  commune: 'Brest',
  code_postal: '29200',
  adresse: '8 place du 19e R.I.',
}

type World = Awaited<ReturnType<typeof stage>>

/** A base, a source that was read into it, and what a person does there. */
async function stage(
  places: Parameters<typeof sourceOf>[0],
  options: Parameters<typeof doubleBase>[1] = {},
  actors = [actorRow(LIBRARY), actorRow(HALL)],
) {
  const epcis = [{ Nom: 'Brest Métropole', SIREN: '242900314' }]
  const made = await doubleBase({ Acteurs: actors, EPCI: epcis }, options)
  const { double, parts } = made
  const row = (id: number) => proposals(double).find(({ Id }) => Id === id) ?? {}
  const world = {
    ...made,
    row,
    run: (source: typeof places) => runImport(parts, sourceOf(source), { dryRun: false }),
    actor: (id: number) => double.table('Acteurs').get(id),
    say: (id: number, decision: string | null) =>
      double.table('Propositions').update(id, { Décision: decision }),
    /** As a webhook of these rows has it done. */
    decide: (...ids: number[]) => decideProposals(parts, ids),
    told: (id: number) => `${String(row(id)['État'])}: ${plain(String(row(id)['Suite donnée'] ?? ''))}`,
  }
  await world.run(places)
  return world
}

describe('a proposal that is accepted', () => {
  it('is written in its record, once, and what stood there is kept to be put back', async () => {
    const { say, decide, actor, row, told, double } = await stage({ a: { ...LIBRARY, telephone: PHONE } })
    say(1, 'Accepter')
    expect(await decide(1)).toEqual({ touched: [1], failures: new Map() })
    expect(actor(1)?.['Téléphone']).toBe(PHONE)
    expect(told(1)).toBe('Appliquée: Écrit dans la fiche.')
    expect(row(1)['Appliquée le']).toBe('2026-11-24 10:00:00+00:00')
    expect(row(1)['Ouvrir la fiche']).toMatch(/\/dashboard\/#\/nc\/[^/]+\/[^/]+\?rowId=1$/u)
    double.calls.length = 0
    await decide(1)
    expect(double.calls.filter(({ method }) => method !== 'GET')).toEqual([])
    say(1, 'Annuler')
    await decide(1)
    expect(actor(1)?.['Téléphone']).toBeNull()
    expect(told(1)).toMatch(/^Annulée: /u)
  })

  it('is put back whatever was changed in its row since', async () => {
    const { say, decide, actor, told, double } = await stage({ a: { ...LIBRARY, telephone: PHONE } })
    say(1, 'Accepter')
    await decide(1)
    double.table('Propositions').update(1, { 'Valeur proposée': 'retouchée' })
    say(1, 'Annuler')
    await decide(1)
    expect(actor(1)?.['Téléphone']).toBeNull()
    expect(told(1)).toMatch(/^Annulée: /u)
  })

  it('replaces what the record says otherwise, and gives it back on « Annuler »', async () => {
    const { say, decide, actor } = await stage({ b: { ...HALL, telephone: OTHER } })
    say(1, 'Accepter')
    await decide(1)
    expect(actor(2)?.['Téléphone']).toBe(OTHER)
    say(1, 'Annuler')
    await decide(1)
    expect(actor(2)?.['Téléphone']).toBe(HALL.telephone)
    say(1, 'Accepter')
    await decide(1)
    expect(actor(2)?.['Téléphone']).toBe(OTHER)
  })

  it.each<[string, Says, number, string]>([
    ['a record that said nothing', { ...LIBRARY, telephone: PHONE }, 1, 'Téléphone'],
    ['a record that said something else', { ...HALL, telephone: OTHER }, 2, 'Téléphone'],
  ])('is never written over what a person wrote meanwhile in %s', async (_, says, record, title) => {
    const { say, decide, actor, told, double } = await stage({ a: says })
    say(1, 'Accepter')
    double.table('Acteurs').update(record, { [title]: '02 98 00 11 22' })
    await decide(1)
    expect(actor(record)?.[title]).toBe('02 98 00 11 22')
    expect(told(1)).toMatch(/^Dépassée: La fiche a changé depuis/u)
  })

  it.each<[string, Says, number]>([
    ['an empty cell', { ...LIBRARY, telephone: PHONE }, 1],
    ['a cell that is not', { ...HALL, telephone: OTHER }, 2],
  ])('is not written over %s that a person writes while it is read', async (_, says, record) => {
    const { say, decide, actor, told, double } = await stage({ a: says })
    say(1, 'Accepter')
    const { id } = double.table('Acteurs')
    double.faults = ({ method, path }) => {
      // Between the last look and the writing.
      if (method === 'PATCH' && path.includes(id))
        double.table('Acteurs').update(record, { Téléphone: '02 98 00 11 22' })
      return undefined
    }
    await decide(1)
    expect(actor(record)?.['Téléphone']).toBe('02 98 00 11 22')
    expect(told(1)).toMatch(/^Dépassée: /u)
  })

  it('is not put back over what a person wrote since', async () => {
    const { say, decide, actor, told, double } = await stage({ a: { ...LIBRARY, telephone: PHONE } })
    say(1, 'Accepter')
    await decide(1)
    double.table('Acteurs').update(1, { Téléphone: OTHER })
    say(1, 'Annuler')
    await decide(1)
    expect(actor(1)?.['Téléphone']).toBe(OTHER)
    expect(told(1)).toMatch(/^Appliquée: La fiche a changé depuis : rien n.a été remis/u)
  })

  it('is not put back later either, where a person writes the very same one day', async () => {
    const { parts, say, decide, actor, told, double } = await stage({ b: { ...HALL, telephone: OTHER } })
    say(1, 'Accepter')
    await decide(1)
    double.table('Acteurs').update(2, { Téléphone: PHONE })
    say(1, 'Annuler')
    await decide(1)
    double.table('Acteurs').update(2, { Téléphone: OTHER })
    expect(await decideAll(parts)).toEqual([])
    await decide(1)
    expect(actor(2)?.['Téléphone']).toBe(OTHER)
    expect(told(1)).toMatch(/^Appliquée: La fiche a changé depuis : rien n.a été remis/u)
  })

  it('is put back at the next look where NocoDB refused, as long as nobody writes there', async () => {
    const { parts, say, decide, actor, told, double } = await stage({ b: { ...HALL, telephone: OTHER } })
    say(1, 'Accepter')
    await decide(1)
    say(1, 'Annuler')
    const { id } = double.table('Acteurs')
    double.faults = ({ method, path }): Fault | undefined =>
      method === 'PATCH' && path.includes(id)
        ? { kind: 'answer', status: 400, body: { msg: 'no' } }
        : undefined
    await decide(1)
    expect(told(1)).toMatch(/^Appliquée: NocoDB n.a pas remis ce qu.il y avait/u)
    double.faults = () => undefined
    expect(await decideAll(parts)).toEqual([2])
    expect(actor(2)?.['Téléphone']).toBe(HALL.telephone)
    expect(told(1)).toMatch(/^Annulée: /u)
  })

  it('says so where the record says it already, or is there no more', async () => {
    const { say, decide, told, double } = await stage({
      a: { ...LIBRARY, telephone: PHONE, courriels: 'biblio@callac.example' },
    })
    double.table('Acteurs').update(1, { Téléphone: PHONE })
    for (const id of [1, 2]) say(id, 'Accepter')
    await decide(1)
    expect(told(1)).toBe('Dépassée: La fiche le dit déjà.')
    double.table('Acteurs').delete(1)
    await decide(2)
    expect(told(2)).toMatch(/^Dépassée: La fiche n.est plus dans la base/u)
  })

  it('is not written where what it proposes was altered in the table', async () => {
    const { say, decide, actor, told, double } = await stage({ a: { ...LIBRARY, telephone: PHONE } })
    double.table('Propositions').update(1, { 'Valeur proposée': '02 98 00 11 22', Décision: 'Accepter' })
    await decide(1)
    expect(actor(1)?.['Téléphone']).toBeNull()
    expect(told(1)).toMatch(/^Impossible: Ce qui était proposé a été changé ici/u)
    say(1, 'Refuser')
    await decide(1)
    expect(told(1)).toMatch(/^Refusée/u)
  })

  it('gives one cell to one of two, whichever source says it', async () => {
    const { parts, say, decide, actor, told } = await stage({ a: { ...LIBRARY, telephone: PHONE } })
    await runImport(parts, sourceOf({ z: { ...LIBRARY, telephone: OTHER } }, { name: 'autre' }), {
      dryRun: false,
    })
    for (const id of [1, 2]) say(id, 'Accepter')
    await decide(1, 2)
    expect(actor(1)?.['Téléphone']).toBe(PHONE)
    expect([told(1), told(2)].map((one) => one.slice(0, 9))).toEqual(['Appliquée', 'Dépassée:'])
  })

  it('adds to a list what it lacks, whatever a person added meanwhile, and takes away no more than that', async () => {
    const services = ['Aide aux démarches administratives', 'Maîtrise des outils numériques du quotidien']
    const row = { ...actorRow(LIBRARY), Services: services[0] }
    const { say, decide, actor, told, double } = await stage(
      { a: { ...LIBRARY, services: services.join('|') } },
      {},
      [row],
    )
    say(1, 'Accepter')
    const people = 'Insertion professionnelle via le numérique'
    double.table('Acteurs').update(1, { Services: `${services[0]},${people}` })
    await decide(1)
    expect(String(actor(1)?.['Services']).split(',').toSorted()).toEqual([...services, people].toSorted())
    expect(told(1)).toContain('Il y avait : Aide aux démarches administratives')
    expect(told(1)).toContain(people)
    say(1, 'Annuler')
    await decide(1)
    expect(String(actor(1)?.['Services']).split(',').toSorted()).toEqual([services[0], people].toSorted())
  })

  const [SITE, MORE] = ['https://mediatheque-callac.example', 'https://fablab-callac.example']
  it.each([
    ['another one', 'https://neuf.example'],
    ['one more of their own', `${SITE}|https://neuf.example`],
    ['nothing', null],
  ])('of a list in a text is not written where a person put %s there since', async (_, people) => {
    const row = { ...actorRow(LIBRARY), 'Site web': SITE }
    const world = await stage({ a: { ...LIBRARY, site_web: `${SITE}|${MORE}` } }, {}, [row])
    const { say, decide, actor, told, double } = world
    expect(world.row(1)).toMatchObject({ Nature: 'À compléter', 'Valeur proposée': `${SITE}|${MORE}` })
    double.table('Acteurs').update(1, { 'Site web': people })
    say(1, 'Accepter')
    await decide(1)
    expect(actor(1)?.['Site web']).toBe(people)
    expect(told(1)).toMatch(/^Dépassée: La fiche a changé depuis/u)
  })

  it('of a list in a text says what stood there, and that it is there where a person put it', async () => {
    const row = { ...actorRow(LIBRARY), 'Site web': SITE }
    const first = await stage({ a: { ...LIBRARY, site_web: `${SITE}|${MORE}` } }, {}, [row])
    first.say(1, 'Accepter')
    await first.decide(1)
    expect(first.actor(1)?.['Site web']).toBe(`${SITE}|${MORE}`)
    expect(first.told(1)).toBe(`Appliquée: Ajouté à la liste. Il y avait : ${SITE}`)
    const other = await stage({ a: { ...LIBRARY, site_web: `${SITE}|${MORE}` } }, {}, [row])
    other.double.table('Acteurs').update(1, { 'Site web': `${MORE}|${SITE}` })
    other.say(1, 'Accepter')
    await other.decide(1)
    expect(other.told(1)).toBe('Dépassée: La fiche le dit déjà.')
  })

  it('of several fields that are right together is written whole or not at all', async () => {
    const point = { latitude: '48.4046', longitude: '-3.4276' }
    const { say, decide, actor, shown } = await withShown(await stage({ a: { ...LIBRARY, ...point } }))
    expect(shown()).toEqual([
      'Médiathèque de Callac (fiche n° 1) / Latitude, Longitude: rien → Latitude : 48.4046\nLongitude : -3.4276 (À compléter, En attente)',
    ])
    say(1, 'Accepter')
    await decide(1)
    expect(actor(1)).toMatchObject({ Latitude: 48.4046, Longitude: -3.4276 })
    say(1, 'Annuler')
    await decide(1)
    expect(actor(1)).toMatchObject({ Latitude: null, Longitude: null })
  })
})

async function withShown(world: World) {
  return { ...world, shown: () => shownProposals(world.double).map(plain) }
}

it('goes to the table of actors that its record is in; a new place, to the first one', async () => {
  const { double, parts } = await doubleBase(
    {
      Acteurs: [actorRow(HALL)],
      Associations: [
        { Dénomination: LIBRARY.nom, Ville: 'Callac', CP: '22160', Mail: 'biblio@callac.example' },
      ],
    },
    { columns: TWO_TABLES },
  )
  const says = { ...LIBRARY, courriels: 'biblio@callac.example', telephone: PHONE }
  await runImport(parts, sourceOf({ a: says, c: CAFE }), { dryRun: false })
  const of = (title: string) => proposals(double).find((row) => String(row['Fiche']).startsWith(title))
  expect(plain(String(of('Médiathèque')?.['Fiche']))).toBe(
    'Médiathèque de Callac (fiche n° 1 de « Associations »)',
  )
  for (const { Id } of proposals(double))
    double.table('Propositions').update(Number(Id), { Décision: 'Accepter' })
  expect(await decideAll(parts)).toHaveLength(2)
  expect(rowsOf(double, 'Associations')).toMatchObject([{ Dénomination: LIBRARY.nom, Tél: PHONE }])
  expect(rowsOf(double, 'Acteurs').map(({ Nom }) => Nom)).toEqual([HALL.nom, CAFE.nom])
})

describe('a place that is accepted', () => {
  it('becomes a record of its EPCI, once, which is known from then on, and is never deleted', async () => {
    const world = await stage({ c: { ...CAFE, typologie: 'ASSO' } })
    const { say, decide, told, double, run, row } = world
    say(1, 'Accepter')
    expect((await decide(1)).touched).toEqual([3])
    expect(rowsOf(double, 'Acteurs')).toHaveLength(3)
    expect(world.actor(3)).toMatchObject({ Nom: CAFE.nom, Typologie: 'ASSO', EPCI_id: 1 })
    expect(told(1)).toBe('Appliquée: Fiche créée : Cybercentre de la gare (fiche n° 3).')
    expect(row(1)['Numéro de fiche']).toBe('3')
    await decide(1)
    expect(rowsOf(double, 'Acteurs')).toHaveLength(3)
    // Under another name in the source it is the same place: a person said so.
    const later = await run({
      c: { ...CAFE, nom: 'Tout autre chose', adresse: '1 rue de Siam', telephone: PHONE },
    })
    expect(later.counts.new).toBe(0)
    expect(proposals(double).filter(({ Nature }) => Nature === 'Nouvelle fiche')).toHaveLength(1)
    say(1, 'Annuler')
    await decide(1)
    expect(rowsOf(double, 'Acteurs')).toHaveLength(3)
    expect(told(1)).toMatch(/^Appliquée: Portrea ne supprime jamais une fiche : si fiche n° 3/u)
  })

  it.each(['note', 'insert', 'link to the source', 'state'])(
    'is made once, wherever the service is killed (after: %s)',
    async (after) => {
      const { say, decide, told, double } = await stage({ c: CAFE })
      say(1, 'Accepter')
      const [actors, table] = [double.table('Acteurs').id, double.table('Propositions').id]
      const writings: string[] = []
      const killed = { note: 1, insert: 2, 'link to the source': 2, state: 3 }[after] ?? 0
      double.faults = ({ method, path }): Fault | undefined => {
        const writes = method !== 'GET' && (path.includes(actors) || path.includes(table))
        if (writings.length >= killed && (writes || after !== 'insert'))
          return { kind: 'answer', status: 403, body: { msg: 'killed' } }
        if (writes) writings.push(path)
        return undefined
      }
      await decide(1).catch(() => undefined)
      double.faults = () => undefined
      expect(told(1)).toMatch(after === 'state' ? /^Appliquée/u : /^En attente/u)
      await decide(1)
      expect(rowsOf(double, 'Acteurs').filter(({ Nom }) => Nom === CAFE.nom)).toHaveLength(1)
      expect(told(1)).toMatch(/^Appliquée: Fiche créée/u)
    },
  )

  it('that NocoDB takes late is found again where it is accepted again, and is not made twice', async () => {
    const { say, decide, told, double } = await stage({ c: CAFE })
    say(1, 'Accepter')
    const { id } = double.table('Acteurs')
    const sent: unknown[] = []
    double.faults = ({ method, path, body }): Fault | undefined => {
      if (method !== 'POST' || !path.includes(id)) return undefined
      sent.push(body)
      return { kind: 'cut-before' }
    }
    for (const _ of ['once', 'again']) {
      await decide(1)
      expect(told(1)).toMatch(/^Impossible: NocoDB n.a pas confirmé la création de cette fiche/u)
    }
    double.faults = () => undefined
    const [first] = [sent[0]].flat() as Record<string, string>[]
    double.table('Acteurs').insert(first ?? {})
    await decide(1)
    expect(rowsOf(double, 'Acteurs').filter(({ Nom }) => Nom === CAFE.nom)).toHaveLength(1)
    expect(told(1)).toBe('Appliquée: Fiche créée : Cybercentre de la gare (fiche n° 3).')
  })

  const ELSEWHERE = { ...CAFE, nom: 'Cyber-centre de la Gare', telephone: PHONE }
  it('from a second source is none where the base has it by now, in one go or one after the other', async () => {
    for (const together of [true, false]) {
      const { parts, say, decide, told, double } = await stage({ c: CAFE })
      await runImport(parts, sourceOf({ z: ELSEWHERE }, { name: 'autre' }), { dryRun: false })
      for (const id of [1, 2]) say(id, 'Accepter')
      if (together) await decide(1, 2)
      else for (const id of [1, 2]) await decide(id)
      expect(rowsOf(double, 'Acteurs').map(({ Nom }) => Nom)).toEqual([LIBRARY.nom, HALL.nom, CAFE.nom])
      expect(told(1)).toMatch(/^Appliquée: Fiche créée/u)
      expect(told(2)).toMatch(/^Dépassée: Ce lieu ressemble à Cybercentre de la gare \(fiche n° 3\)/u)
      await decide(1, 2)
      expect(rowsOf(double, 'Acteurs')).toHaveLength(3)
    }
  })

  it('that its own source tells from another one of a like name is made beside it', async () => {
    const annex = { ...CAFE, nom: 'Cybercentre de la gare annexe', adresse: '12 rue du port' }
    const { parts, say, decide, told } = await stage({ c: { ...CAFE, adresse: null }, d: annex })
    await runImport(parts, sourceOf({ z: annex }, { name: 'autre' }), { dryRun: false })
    for (const id of [1, 2, 3]) {
      say(id, 'Accepter')
      await decide(id)
    }
    expect([1, 2].map((id) => told(id).split(' :')[0])).toEqual([
      'Appliquée: Fiche créée',
      'Appliquée: Fiche créée',
    ])
    expect(told(3)).toMatch(/^Dépassée: Ce lieu ressemble à Cybercentre de la gare annexe/u)
  })

  it('of which its twin was not made waits for the next look', async () => {
    const { parts, say, decide, told, double } = await stage({ c: CAFE })
    await runImport(parts, sourceOf({ z: ELSEWHERE }, { name: 'autre' }), { dryRun: false })
    for (const id of [1, 2]) say(id, 'Accepter')
    const { id } = double.table('Acteurs')
    double.faults = ({ method, path }): Fault | undefined =>
      method === 'POST' && path.includes(id)
        ? { kind: 'answer', status: 400, body: { msg: 'no' } }
        : undefined
    await decide(1, 2)
    expect([told(1).slice(0, 10), told(2)]).toEqual(['Impossible', 'En attente: '])
    double.faults = () => undefined
    await decideAll(parts)
    expect(rowsOf(double, 'Acteurs').map(({ Nom }) => Nom)).toEqual([LIBRARY.nom, HALL.nom, ELSEWHERE.nom])
  })

  it('that a person wrote meanwhile is none, unless they said that it is another place', async () => {
    for (const said of [null, 'ce n’est pas c']) {
      const { say, decide, told, double } = await stage({ c: CAFE })
      double.table('Acteurs').insert({ ...actorRow(CAFE), 'Pas un doublon de': said })
      say(1, 'Accepter')
      await decide(1)
      expect(rowsOf(double, 'Acteurs')).toHaveLength(said === null ? 3 : 4)
      expect(told(1)).toMatch(said === null ? /^Dépassée: Ce lieu ressemble à/u : /^Appliquée: Fiche créée/u)
    }
  })

  it('that may be a record is made where a person says that it is another place', async () => {
    const twin = { ...LIBRARY, pivot: '21220025700012' }
    const row = { ...actorRow(LIBRARY), 'SIRET ou RNA': twin.pivot }
    const {
      say,
      decide,
      told,
      double,
      row: proposal,
    } = await stage({ c: { ...twin, nom: 'Atelier du bourg' } }, {}, [row])
    expect(proposal(1)['Nature']).toBe('À rapprocher')
    expect(plain(String(proposal(1)['Pourquoi']))).toContain("refusez si c'est cette fiche :")
    // Alike as never before: they knew of this record.
    double.table('Acteurs').update(1, { Nom: 'Atelier du bourg' })
    say(1, 'Accepter')
    await decide(1)
    expect(told(1)).toMatch(/^Appliquée: Fiche créée/u)
    expect(rowsOf(double, 'Acteurs')).toHaveLength(2)
  })

  it('that bears the identifier and the name of a record is none', async () => {
    const { say, decide, told, double } = await stage({ c: { ...CAFE, id: 'lieu-7' } })
    double.table('Acteurs').insert({ Nom: CAFE.nom, Identifiant: 'lieu-7' })
    say(1, 'Accepter')
    await decide(1)
    expect(rowsOf(double, 'Acteurs')).toHaveLength(3)
    expect(told(1)).toMatch(/^Dépassée: Une fiche porte déjà cet identifiant : fiche n° 3/u)
  })

  it('that is refused is not proposed again, whatever else the source says of it, nor with the store lost', async () => {
    const { say, decide, run, double, parts } = await stage({ c: CAFE })
    say(1, 'Refuser')
    await decide(1)
    expect((await run({ c: { ...CAFE, telephone: PHONE } })).counts).toMatchObject({
      refusedBefore: 1,
      new: 0,
    })
    await parts.store.db.deleteFrom('refusals').execute()
    expect((await run({ c: { ...CAFE, telephone: PHONE } })).counts).toMatchObject({
      refusedBefore: 1,
      new: 0,
    })
    expect(proposals(double)).toHaveLength(1)
  })
})

describe('a place that may be a record, and that is refused', () => {
  const [PIVOT, ATELIER] = ['21220025700012', 'Atelier du bourg']
  const source = { c: { ...LIBRARY, nom: ATELIER, pivot: PIVOT } }
  const row = { ...actorRow(LIBRARY), 'SIRET ou RNA': PIVOT }

  it('is silent as long as the base has it, and new once it has not', async () => {
    const { say, decide, run, told, double } = await stage(source, {}, [row, actorRow(HALL)])
    say(1, 'Refuser')
    await decide(1)
    expect(told(1)).toBe('Refusée: Ne sera plus proposé tant que des fiches de la base lui ressemblent.')
    expect((await run(source)).counts).toMatchObject({ refusedBefore: 1, unsure: 0 })
    double.table('Acteurs').delete(1)
    expect((await run(source)).counts).toMatchObject({ refusedBefore: 0, new: 1 })
  })

  it('is not wanted either where it was refused as a new one', async () => {
    const { say, decide, run, double } = await stage(source, {}, [actorRow(HALL)])
    say(1, 'Refuser')
    await decide(1)
    double.table('Acteurs').insert(row)
    expect((await run(source)).counts).toMatchObject({ refusedBefore: 1, unsure: 0 })
  })
})

describe('a value that is refused', () => {
  it('is not proposed again by any source, even where the row was deleted; another value is', async () => {
    const { say, decide, run, parts, double } = await stage({ a: { ...LIBRARY, telephone: PHONE } })
    say(1, 'Refuser')
    await decide(1)
    double.table('Propositions').delete(1)
    expect((await run({ a: { ...LIBRARY, telephone: PHONE } })).counts).toMatchObject({
      refusedBefore: 1,
      toComplete: 0,
    })
    const other = sourceOf({ z: { ...LIBRARY, telephone: PHONE } }, { name: 'autre' })
    expect((await runImport(parts, other, { dryRun: false })).counts.refusedBefore).toBe(1)
    expect((await run({ a: { ...LIBRARY, telephone: OTHER } })).counts).toMatchObject({
      refusedBefore: 0,
      toComplete: 1,
    })
  })

  it('of a list is not proposed again beside what a person added since; another value is', async () => {
    const [one, two, people] = [
      'Aide aux démarches administratives',
      'Maîtrise des outils numériques du quotidien',
      'Insertion professionnelle via le numérique',
    ]
    const row = { ...actorRow(LIBRARY), Services: one }
    const source = { a: { ...LIBRARY, services: `${one}|${two}` } }
    const { say, decide, run, double } = await stage(source, {}, [row])
    say(1, 'Refuser')
    await decide(1)
    double.table('Acteurs').update(1, { Services: `${one},${people}` })
    expect((await run(source)).counts).toMatchObject({ refusedBefore: 1, toComplete: 0 })
    const more = { a: { ...LIBRARY, services: `${one}|Utilisation sécurisée du numérique` } }
    expect((await run(more)).counts).toMatchObject({ refusedBefore: 0, toComplete: 1 })
  })

  it.each(['Refuser', 'Accepter'])(
    'of a list (%s) is not proposed again where a person left a part of it',
    async (decision) => {
      const services = ['Aide aux démarches administratives', 'Maîtrise des outils numériques du quotidien']
      const source = { a: { ...LIBRARY, services: services.join('|') } }
      const { say, decide, run, double } = await stage(source)
      say(1, decision)
      await decide(1)
      double.table('Acteurs').update(1, { Services: services[0] })
      expect((await run(source)).counts).toMatchObject({ refusedBefore: 1, toComplete: 0 })
    },
  )

  it('waits again where the decision is taken back, and can be accepted after all', async () => {
    const { say, decide, run, told, actor } = await stage({ a: { ...LIBRARY, telephone: PHONE } })
    say(1, 'Refuser')
    await decide(1)
    say(1, null)
    await decide(1)
    expect(told(1)).toBe('En attente: ')
    expect((await run({ a: { ...LIBRARY, telephone: PHONE } })).counts).toMatchObject({
      toComplete: 1,
      refusedBefore: 0,
    })
    say(1, 'Refuser')
    await decide(1)
    say(1, 'Accepter')
    await decide(1)
    expect(actor(1)?.['Téléphone']).toBe(PHONE)
  })

  it('was changed by a person after they accepted it: it is not proposed again', async () => {
    const { say, decide, run, double } = await stage({ a: { ...LIBRARY, telephone: PHONE } })
    say(1, 'Accepter')
    await decide(1)
    double.table('Acteurs').update(1, { Téléphone: null })
    expect((await run({ a: { ...LIBRARY, telephone: PHONE } })).counts).toMatchObject({
      refusedBefore: 1,
      toComplete: 0,
    })
    expect((await run({ a: { ...LIBRARY, telephone: OTHER } })).counts.toComplete).toBe(1)
  })
})

describe('a place that the source names no more, and that is refused', () => {
  it('is told again only once the source named it meanwhile', async () => {
    const { run, say, decide, double } = await stage({ a: LIBRARY, b: HALL })
    const told = () =>
      proposals(double).flatMap((row) => (row['Nature'] === 'Disparue de la source' ? [row['État']] : []))
    await run({ a: LIBRARY })
    say(1, 'Refuser')
    await decide(1)
    await run({ a: LIBRARY })
    expect(told()).toEqual(['Refusée'])
    await run({ a: LIBRARY, b: HALL })
    await run({ a: LIBRARY })
    expect(told()).toEqual(['Refusée', 'En attente'])
    await run({ a: LIBRARY })
    expect(told()).toEqual(['Refusée', 'En attente'])
    say(2, 'Refuser')
    await decide(1, 2)
    await run({ a: LIBRARY })
    expect(told()).toEqual(['Refusée', 'Refusée'])
  })
})

describe('what cannot be written', () => {
  const mapped = (change: Partial<Record<string, object>>): Columns => ({
    ...settings.columns,
    actors: {
      ...settings.columns.actors,
      columns: { ...settings.columns.actors.columns, ...change },
    },
  })

  it('says at once where to write it, and again where it is accepted all the same', async () => {
    const { telephone } = settings.columns.actors.columns
    const columns = mapped({ telephone: { ...telephone, from: { first: ['Tél 1', 'Tél 2'] } } })
    const others = { Acteurs: ['Tél 1', 'Tél 2'] }
    const { told, say, decide, row } = await stage(
      { a: { ...LIBRARY, telephone: PHONE } },
      {
        columns,
        others,
      },
    )
    const text = /^Impossible: « Téléphone » se lit dans « Tél 1 » et « Tél 2 » : écrivez-y la valeur/u
    expect(told(1)).toMatch(text)
    say(1, 'Accepter')
    await decide(1)
    expect(told(1)).toMatch(text)
    expect(row(1)['Appliquée le'] ?? null).toBeNull()
  })

  it('is in the words of the base where it has its own, and says which choice is missing', async () => {
    const { typologie } = settings.columns.actors.columns
    const columns = mapped({ typologie: { ...typologie, words: { Bibliothèque: 'BIB' } } })
    const options = { 'Acteurs.Typologie': ['Bibliothèque', 'Association'] }
    const { say, decide, actor, told } = await stage(
      { a: { ...LIBRARY, typologie: 'BIB' }, b: { ...HALL, typologie: 'MUNI' } },
      { columns, options },
    )
    for (const id of [1, 2]) say(id, 'Accepter')
    await decide(1, 2)
    expect(actor(1)?.['Typologie']).toBe('Bibliothèque')
    expect(told(2)).toMatch(/^Impossible: « MUNI » n.est pas un choix de « Typologie » : ajoutez ce choix/u)
    expect(actor(2)?.['Typologie'] ?? null).toBeNull()
  })

  it('is told where NocoDB does not keep it', async () => {
    const { say, decide, told, double, actor } = await stage({ a: { ...LIBRARY, telephone: PHONE } })
    say(1, 'Accepter')
    const { id } = double.table('Acteurs')
    double.faults = ({ method, path }): Fault | undefined =>
      method === 'PATCH' && path.includes(id)
        ? { kind: 'answer', status: 400, body: { msg: 'no' } }
        : undefined
    await decide(1)
    expect(actor(1)?.['Téléphone']).toBeNull()
    expect(told(1)).toMatch(/^Impossible: NocoDB n.a pas gardé cette valeur/u)
    double.faults = () => undefined
    await decide(1)
    expect(actor(1)?.['Téléphone']).toBe(PHONE)
  })

  it('is to delete a record: a source that names it no more is told, and what to do', async () => {
    const { run, say, decide, told } = await stage({ a: LIBRARY, b: HALL })
    await run({ a: LIBRARY })
    say(1, 'Accepter')
    await decide(1)
    expect(told(1)).toMatch(/^Impossible: Portrea ne supprime jamais une fiche/u)
  })
})

describe('a table of proposals that people changed', () => {
  it('is followed under the names that they gave', async () => {
    const { base, parts, say, decide, double, actor, row } = await followed()
    await rememberNames(parts.store, base)
    const table = double.table('Propositions')
    table.rename(table.field('État')!, 'Où on en est')
    table.rename(table.field('Valeur proposée')!, 'Ce que dit la liste')
    await base.refresh()
    say(1, 'Accepter')
    await decide(1)
    expect(row(1)['Où on en est']).toBe('Appliquée')
    expect(actor(1)?.['Téléphone']).toBe(PHONE)
  })

  const followed = async () => {
    const world = await stage({ a: { ...LIBRARY, telephone: PHONE } })
    return { ...world, base: world.parts.base }
  }

  it('is not written to while one of its columns cannot hold what it is for, and says what to do', async () => {
    const types = { 'Propositions.État': 'Number' }
    await expect(stage({ a: LIBRARY }, { types })).rejects.toMatchObject({
      code: 'SCHEMA_MISMATCH',
      faults: [expect.stringMatching(/État.*Propositions.*est de type Number/u)],
    })
    const { double, parts, decide, actor, say } = await followed()
    const table = double.table('Propositions')
    say(1, 'Accepter')
    table.fields.splice(table.fields.indexOf(table.field('Valeur proposée')!), 1)
    await parts.base.refresh()
    expect(() => assertFits(parts.base)).toThrow(
      expect.objectContaining({ faults: [expect.stringContaining('adopt')] }),
    )
    await expect(decide(1)).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH' })
    expect(actor(1)?.['Téléphone']).toBeNull()
  })

  it('may be none: nothing else stops', async () => {
    const { parts, sync } = await doubleBase({ Acteurs: [actorRow(LIBRARY)] }, { without: ['Propositions'] })
    expect(parts.base.drifts).toEqual([])
    expect((await sync()).counts.actorsRead).toBe(1)
    expect(await decideProposals(parts, [1])).toEqual({ touched: [], failures: new Map() })
  })
})

describe('decisions', () => {
  const STATES = ['En attente', 'Appliquée', 'Refusée', 'Dépassée', 'Annulée', 'Impossible'] as const
  /** What follows, by what a person says: the state, and whether the record then holds what was proposed. */
  const AFTER = {
    vide: ['En attente', 'Appliquée', 'En attente', 'Dépassée', 'Annulée', 'Impossible'],
    Accepter: ['Appliquée', 'Appliquée', 'Appliquée', 'Dépassée', 'Appliquée', 'Appliquée'],
    Refuser: ['Refusée', 'Appliquée', 'Refusée', 'Refusée', 'Refusée', 'Refusée'],
    Annuler: ['En attente', 'Annulée', 'En attente', 'Dépassée', 'Annulée', 'Impossible'],
  } as const
  it.each(STATES)('on a proposal that is « %s » do what is due, once', async (state) => {
    const { say, decide, row, actor, double } = await stage({ a: { ...LIBRARY, telephone: PHONE } })
    for (const [decision, states] of Object.entries(AFTER)) {
      double.table('Acteurs').update(1, { Téléphone: null })
      double.table('Propositions').update(1, { État: 'En attente', 'En cours': null, Décision: 'Accepter' })
      if (state === 'Appliquée') await decide(1)
      else double.table('Propositions').update(1, { État: state })
      say(1, decision === 'vide' ? null : decision)
      await decide(1)
      const once = { ...row(1) }
      await decide(1)
      const after = states[STATES.indexOf(state)]
      expect([decision, row(1)['État'], actor(1)?.['Téléphone']]).toEqual([
        ...[decision, after, after === 'Appliquée' ? PHONE : null],
      ])
      expect({ ...row(1), UpdatedAt: null }).toEqual({ ...once, UpdatedAt: null })
    }
  })

  it('are found where no call told of them', async () => {
    const { parts, say, told } = await stage({
      a: { ...LIBRARY, telephone: PHONE, courriels: 'biblio@callac.example' },
      c: CAFE,
    })
    for (const id of [1, 2]) say(id, 'Accepter')
    say(3, 'Refuser')
    expect((await decideAll(parts)).length).toBe(2)
    expect([1, 2, 3].map((id) => told(id).split(':')[0]).toSorted()).toEqual([
      'Appliquée',
      'Appliquée',
      'Refusée',
    ])
    expect(await decideAll(parts)).toEqual([])
  })

  it('are carried out by a whole run before it reads the records, and never by a dry one', async () => {
    const { sync, say, told, actor } = await stage({ a: { ...LIBRARY, telephone: PHONE } })
    say(1, 'Accepter')
    await sync({ trigger: 'command', dryRun: true, epcis: null })
    expect(told(1)).toBe('En attente: ')
    await sync()
    expect(told(1)).toMatch(/^Appliquée/u)
    expect(String(actor(1)?.['À compléter'])).not.toContain('téléphone')
  })
})
