import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readActorFile } from '../../src/config/actor-file.ts'
import { readAdoption } from '../../src/config/adoption-file.ts'
import { headerReader } from '../../src/config/headers.ts'
import { readSources } from '../../src/config/sources.ts'
import { CONFIG, rules } from '../helpers/rules.ts'
import { workbook } from './workbook.ts'
import { HEADERS, readAll, said, SOURCES, temporaryFiles } from './helpers.ts'

const file = temporaryFiles()
const preset = (name: string) => SOURCES.get(name)!

describe('a source in the national standard', () => {
  const place = { nom: 'Médiathèque', commune: 'Brest', code_postal: '29200' }
  it.each([
    ['v1, a comma', 'id,nom,commune,code_postal\n1,Médiathèque,Brest,29200'],
    ['v1, a semicolon and a mark', '\uFEFFid;nom;commune;code_postal\r\n1;Médiathèque;Brest;29200\r\n'],
    [
      'v1, tabs in UTF-16',
      Buffer.from('\uFEFFid\tnom\tcommune\tcode_postal\r\n1\tMédiathèque\tBrest\t29200', 'utf16le'),
    ],
    ['v1, JSON', '[{"id":"1","nom":"Médiathèque","commune":"Brest","code_postal":"29200"}]'],
    ['JSON, numbers kept as such', '[{"id":1,"nom":"Médiathèque","commune":"Brest","code_postal":29200}]'],
    [
      'JSON under a key',
      '{"licence":"LO","data":[{"id":"1","nom":"Médiathèque","commune":"Brest","code_postal":"29200"}]}',
    ],
    [
      'JSON with nested parts',
      '[{"id":"1","nom":"Médiathèque","adresse":{"commune":"Brest","code_postal":"29200"}}]',
    ],
    ['titles written otherwise', 'ID;Nom du lieu;COMMUNE;Code-Postal\n1;Médiathèque;Brest;29200'],
  ])('is read: %s', async (_, content) => {
    const { records, unreadable } = await readAll(file(content))
    expect(records.map(said)).toEqual([{ id: '1', ...place }])
    expect(records.map(({ key, line }) => [key, line])).toEqual([['1', expect.any(Number)]])
    expect(unreadable).toEqual([])
  })

  it('is read in its older version', async () => {
    const { records, notes } = await readAll(
      file('id,nom,labels_nationaux,conditions_acces\n1,EPN,CNFS,Gratuit'),
    )
    expect(records.map(said)).toEqual([
      { id: '1', nom: 'EPN', dispositif_programmes_nationaux: 'CNFS', frais_a_charge: 'Gratuit' },
    ])
    expect(notes).toHaveLength(2)
  })

  it('tells a file with none of its columns', async () => {
    await expect(readAll(file('couleur;taille\nbleu;3\nvert;4'))).rejects.toThrow('« couleur », « taille »')
    await expect(readAll(file('[{"couleur":"bleu"}]'))).rejects.toThrow('aucune colonne')
    await expect(readAll(file('{"couleur":"bleu"}'))).rejects.toThrow('pas de liste')
  })

  it('gives each record a key that is its own, the same from one reading to the next', async () => {
    const lines = [
      'id,pivot,nom,commune',
      ',26290001200019,EPN,Brest',
      ',,Café,Brest',
      'a,,X,Y',
      'a,,Z,Y',
      ',,,Brest',
    ]
    const once = await readAll(file(lines.join('\n')))
    const again = await readAll(file([lines[0], ...lines.slice(1).toReversed()].join('\n')))
    expect(once.records.map(({ key }) => key)).toEqual([
      '26290001200019|epn|brest',
      '|cafe|brest',
      'a',
      'a (2)',
      '||brest',
    ])
    expect(new Set(again.records.map(({ key }) => key))).toEqual(new Set(once.records.map(({ key }) => key)))
  })

  it('says which records have no key of their own', async () => {
    const path = file('id_fs,lib_fs,lib_com\n7,A,Brest\n7,B,Brest\n,C,Brest')
    const { records, notes } = await readAll(path, { source: preset('france-services') })
    expect(records.map(({ key }) => key)).toEqual(['7', '7 (2)', '|c|brest'])
    expect(notes.slice(-2)).toEqual([
      expect.stringContaining('une autre avant elles (3)'),
      expect.stringContaining('« id_fs ») : 4.'),
    ])
  })

  it('leaves aside, and tells, what is no record', async () => {
    const { records, unreadable } = await readAll(file('[{"nom":"A"},"?",{"nom":""},{"nom":"B"}]'))
    expect(records.map(({ line }) => line)).toEqual([1, 4])
    expect(unreadable.map(({ line }) => line)).toEqual([2, 3])
  })

  it('gives back the zeros that numbers lost, and only those', async () => {
    const rows = [
      { id: 1, nom: 'a', code_postal: 1000, code_insee: 1053, telephone: 299000000, pivot: 7250127500013 },
      {
        id: 2,
        nom: 'b',
        code_postal: 29200,
        code_insee: 29019,
        telephone: 33299000000,
        pivot: 26290001200019,
      },
      { id: 3, nom: 'c', code_postal: '1000', code_insee: 12, telephone: 17, pivot: 123 },
      { id: 4, nom: 'd', pivot: 433300001 }, // a SIREN: padded, its check digits would hold by chance
    ]
    const { records } = await readAll(file(JSON.stringify(rows)))
    expect(
      records.map(({ actor: { fields } }) => [fields.code_postal, fields.code_insee, fields.telephone]),
    ).toEqual([
      ['01000', '01053', '0299000000'],
      ['29200', '29019', '33299000000'],
      ['1000', '12', '17'],
      [null, null, null],
    ])
    expect(records[1]?.actor.fields.pivot).toBe('26290001200019')
    expect(records[2]?.actor.fields.pivot).toBe('123')
    expect(records[3]?.actor.fields.pivot).toBe('433300001')
  })
})

it('reads a list that was exported from the base by the base’s own titles', async () => {
  const headers = headerReader(readAdoption(CONFIG), {
    dispositif_programmes_nationaux: 'Nos dispositifs',
    nom: 'Enseigne',
  })
  const { records } = await readAll(file('Enseigne,Nos Dispositifs,commune\nA,France Services,Brest'), {
    headers,
  })
  expect(records.map(said)).toEqual([
    { nom: 'A', dispositif_programmes_nationaux: 'France Services', commune: 'Brest' },
  ])
})

describe('any table, by a mapping', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portrea-mapping-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'sources'))
  writeFileSync(
    join(folder, 'sources/la-notre.yaml'),
    `title: La nôtre
producer: Un Hub
licence: LO 2.0
attribution: Un Hub
format: csv
key: [Réf]
columns:
  nom: Enseigne
  adresse: { from: { join: [N°, Voie] } }
  commune: Ville
  telephone: { from: { first: [Tél 1, Tél 2] } }
  courriels: { from: { all: [Mail accueil, Mail direction] } }
  latitude: { from: { point: Coordonnées } }
  longitude: { from: { point: Coordonnées } }
  horaires: { from: { days: { Mo: Lundi, Tu: [Mardi matin, Mardi soir] } } }
  services: { from: { each: { Démarches: Aide aux démarches administratives, Wifi: Accès internet et matériel informatique } } }
  frais_a_charge: { title: Tarif, words: { libre: Gratuit, selon ressources: Gratuit sous condition } }
  publics_specifiquement_adresses: { title: Pour qui, words: { aînés: Seniors, ados: Jeunes }, others: drop }
  itinerance: { from: { constant: Fixe } }
`,
  )
  const titles = [
    'Réf',
    'ENSEIGNE',
    'N°',
    'Voie',
    'Ville',
    'Tél 1',
    'Tél 2',
    'Mail accueil',
    'Mail direction',
    'Coordonnées',
    'Lundi',
    'Mardi matin',
    'Mardi soir',
    'Démarches',
    'Wifi',
    'Tarif',
    'Pour qui',
  ]
  const cells = [
    'r1',
    'Le Phare',
    '3',
    'rue X',
    'Brest',
    '',
    '0298000000',
    'a@exemple.bzh',
    'b@exemple.bzh',
    '48.39, -4.48',
    '9h-12h',
    '9h-12h',
    '14h-18h',
    'x',
    'Non',
    'Libre',
    'aînés ; tous',
  ]
  const expected = {
    ...{
      nom: 'Le Phare',
      adresse: '3 rue X',
      commune: 'Brest',
      telephone: '0298000000',
      latitude: '48.39',
      longitude: '-4.48',
    },
    ...{ courriels: 'a@exemple.bzh|b@exemple.bzh', horaires: 'Mo 09:00-12:00; Tu 09:00-12:00,14:00-18:00' },
    ...{ services: 'Aide aux démarches administratives', frais_a_charge: 'Gratuit', itinerance: 'Fixe' },
    publics_specifiquement_adresses: 'Seniors',
  }
  it.each([
    ['CSV', [titles, cells].map((row) => row.map((cell) => `"${cell}"`).join(';')).join('\n')],
    ['JSON', JSON.stringify([Object.fromEntries(titles.map((title, at) => [title, cells[at]]))])],
    ['XLSX', workbook([{ rows: [titles, cells] }])],
  ])('is read in each of its ways: %s', async (_, content) => {
    const source = readSources(folder, rules).get('la-notre')!
    const { records, unreadable } = await readAll(file(content), { source })
    expect(unreadable).toEqual([])
    expect(records.map(({ key }) => key)).toEqual(['r1'])
    expect(records.map(said)).toEqual([expected])
  })
})

describe('a source in GeoJSON', () => {
  const collection = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features })
  const feature = (geometry: unknown, properties: unknown, id?: unknown) => ({
    type: 'Feature',
    geometry,
    properties,
    id,
  })
  it('has its points as coordinates, and other geometries are told', async () => {
    const path = file(
      collection(
        feature(
          { type: 'Point', coordinates: [-4.48, 48.39, 12] },
          { nom: 'A', adresse: { commune: 'Brest' } },
          7,
        ),
        feature({ type: 'Polygon', coordinates: [[[0, 0]]] }, { nom: 'B' }, 'b'),
        feature(null, { nom: 'C', id: 'c', latitude: 48, longitude: -4 }, 9),
        feature({ type: 'Point', coordinates: [145_000, 6_840_000] }, { nom: 'D' }),
        feature({ type: 'MultiPoint', coordinates: [[-1.5, 48]] }, { nom: 'E' }),
      ),
    )
    const { records, notes } = await readAll(path)
    expect(records.map(said)).toEqual([
      { id: '7', nom: 'A', commune: 'Brest', latitude: '48.39', longitude: '-4.48' },
      { id: 'b', nom: 'B' },
      { id: 'c', nom: 'C', latitude: '48', longitude: '-4' },
      { nom: 'D' },
      { nom: 'E', latitude: '48', longitude: '-1.5' },
    ])
    expect(notes).toEqual([
      'Éléments sans point (Polygon, sans géométrie), lus sans coordonnées : 2, 3.',
      expect.stringContaining('ne sont pas des degrés (WGS 84), laissées de côté : 4'),
      'La colonne « adresse.commune » est lue comme « commune ».',
    ])
  })
})

describe('the presets that ship', () => {
  it('read the list of France services as it is published', async () => {
    const path = file(
      [
        'id_fs,insee_dep,lib_fs,adresse,complement_adresse,insee_com,code_postal,lib_com,latitude,longitude,mail,telephone,h_lundi,h_mardi,h_mercredi,h_jeudi,h_vendredi,h_samedi,prise_rdv,commentaire,type_fs,format_fs,groupe_fs,labellisation_fs',
        '7,"29","Bus France services","1 Rue X",,"29019","29200","Brest",48.39,-4.48,"fs@exemple.bzh","02 98 00 00 00","09:00 - 12:00 / 13:30 - 17:00",,,,,,"Non",,"Principal","Bus_équivalent",,"Espace labellisé 01/01/2020"',
      ].join('\n'),
    )
    const { records, unreadable, notes } = await readAll(path, { source: preset('france-services') })
    expect(unreadable).toEqual([])
    expect(notes).toEqual(['Colonnes attendues de cette source, absentes ici : « itinerance ».'])
    expect(records.map(({ key }) => key)).toEqual(['7'])
    expect(records.map(said)).toEqual([
      {
        ...{
          nom: 'Bus France services',
          adresse: '1 Rue X',
          commune: 'Brest',
          code_postal: '29200',
          code_insee: '29019',
        },
        ...{
          latitude: '48.39',
          longitude: '-4.48',
          telephone: '02 98 00 00 00',
          courriels: 'fs@exemple.bzh',
        },
        ...{ horaires: 'Mo 09:00-12:00,13:30-17:00', itinerance: 'Itinérant', typologie: 'RFS' },
        ...{ dispositif_programmes_nationaux: 'France Services', source: 'France Services (ANCT)' },
      },
    ])
  })

  it('read a map of GoGoCarto', async () => {
    const element = {
      ...{ id: 'x1', name: 'Café', geo: { latitude: 48.1, longitude: -1.6 } },
      address: { streetNumber: '3', streetAddress: 'rue Y', postalCode: '35000', addressLocality: 'Rennes' },
      ...{ categories: ['Association', 'Fablab'], sourceKey: '' },
    }
    const path = file(JSON.stringify({ licence: 'ODbL', ontology: 'gogofull', data: [element] }))
    const { records } = await readAll(path, { source: preset('gogocarto') })
    expect(records.map(said)).toEqual([
      {
        nom: 'Café',
        adresse: '3 rue Y',
        commune: 'Rennes',
        code_postal: '35000',
        latitude: '48.1',
        longitude: '-1.6',
        source: 'Carte GoGoCarto',
      },
    ])
  })

  const structures = [
    {
      id: 'dora--1',
      siret: '26290001200019',
      nom: 'Maison',
      commune: 'Brest',
      courriel: 'a@exemple.bzh',
      reseaux_porteurs: ['france-service', 'ccas-cias'],
      date_maj: '2026-01-02',
    },
    { id: 'dora--2', nom: 'Autre', commune: 'Brest', reseaux_porteurs: null, date_maj: '2026-01-02' },
  ]
  const services = [
    {
      id: 's1',
      structure_id: 'dora--1',
      nom: 'Ateliers',
      thematiques: ['numerique--acceder-a-une-connexion-internet'],
      publics: ['seniors', 'tous-publics'],
      frais: 'gratuit',
      modes_mobilisation: ['telephoner'],
      mobilisable_par: ['usagers'],
      modes_accueil: ['a-distance'],
    },
    {
      id: 's2',
      structure_id: 'dora--1',
      nom: 'Permis',
      thematiques: ['mobilite--preparer-un-permis'],
      publics: ['jeunes'],
      frais: 'payant',
    },
    {
      id: 's3',
      structure_id: 'dora--1',
      nom: 'Pros',
      thematiques: ['numerique--maitriser-les-fondamentaux-du-numerique'],
      modes_mobilisation: ['se-presenter'],
      mobilisable_par: ['professionnels'],
    },
  ]
  const csv = (rows: readonly Record<string, unknown>[], list: (values: readonly string[]) => string) => {
    const titles = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    const cell = (value: unknown) => (Array.isArray(value) ? list(value as string[]) : String(value ?? ''))
    return [titles, ...rows.map((row) => titles.map((title) => cell(row[title])))]
      .map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))
      .join('\n')
  }
  it.each([
    ['JSON', JSON.stringify],
    ['CSV, lists as JSON', (rows: typeof services) => csv(rows, JSON.stringify)],
    ['CSV, lists in braces', (rows: typeof services) => csv(rows, (values) => `{${values.join(',')}}`)],
    ['CSV, lists with bars', (rows: typeof services) => csv(rows, (values) => values.join('|'))],
  ] as const)('join the services of data·inclusion to their structures: %s', async (_, written) => {
    const [one, other] = [file(written(structures as never)), file(written(services))]
    const { records, notes } = await readAll(one, { source: preset('data-inclusion'), services: other })
    expect(records.map(said)).toEqual([
      {
        ...{
          id: 'dora--1',
          pivot: '26290001200019',
          nom: 'Maison',
          commune: 'Brest',
          courriels: 'a@exemple.bzh',
        },
        ...{ date_maj: '2026-01-02', dispositif_programmes_nationaux: 'France Services', typologie: 'RFS' },
        ...{
          services: 'Accès internet et matériel informatique',
          publics_specifiquement_adresses: 'Seniors',
        },
        ...{
          frais_a_charge: 'Gratuit',
          modalites_acces: 'Téléphoner',
          modalites_accompagnement: 'À distance',
        },
      },
      { id: 'dora--2', nom: 'Autre', commune: 'Brest', date_maj: '2026-01-02' },
    ])
    expect(notes.join(' ')).toContain('Services lus : 3, dont 2 de médiation numérique, pour 1 structures')
  })

  it('find the services beside the structures, in one file', async () => {
    const one = file(JSON.stringify({ structures, services }))
    const { records, notes } = await readAll(one, { source: preset('data-inclusion') })
    expect(records[0]?.actor.fields.services).toBe('Accès internet et matériel informatique')
    expect(notes.join(' ')).toContain('Services lus : 3')
  })

  it('say what is not read of data·inclusion without its services', async () => {
    const { records, notes } = await readAll(file(JSON.stringify(structures)), {
      source: preset('data-inclusion'),
    })
    expect(records).toHaveLength(2)
    expect(notes.join(' ')).toContain('--services')
  })
})

/** Real places, beside the project and not part of it: without them these tests are skipped, and say so. */
const DATA = '../shared/data'
describe.each(['acteurs-reels-bretagne.standard.csv', 'hub-du-sud.json'])(
  'the real list %s (skipped where it is not there)',
  (name) => {
    const path = `${DATA}/${name}`
    it.skipIf(!existsSync(path))('is read record for record as `assess` reads it', async () => {
      const whole = readActorFile(path, HEADERS)
      const { records, unreadable, notes } = await readAll(path)
      expect(records.map(({ line, actor }) => ({ line, fields: actor.fields }))).toEqual(
        whole.actors.map(({ fields }, at) => ({ line: whole.rows[at]?.line, fields })),
      )
      expect({ unreadable, notes }).toEqual({ unreadable: whole.unreadable, notes: whole.notes })
    })
  },
)
