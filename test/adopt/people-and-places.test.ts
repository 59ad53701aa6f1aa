import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LiveTable } from '../../src/domain/adoption/live-base.ts'
import { LIEUX } from './bases.ts'
import { liveTable, proposed, told } from './proposed.ts'

const of = (value: (one: (typeof LIEUX)[number], at: number) => unknown) => LIEUX.map(value)
const PEOPLE = ['Ada Lovelace', 'Grace Hopper', 'TURING Alan', 'Rosa Parks', 'Marie Curie', 'Anne Le Bihan']
const SIRENS = ['242900314', '200068120', '243500139', '200067932', '200042174', '200069409', '200065928']

const places = {
  Nom: of((one) => one.name),
  Adresse: of((one) => one.street),
  CP: of((one) => one.postal),
  Ville: of((one) => one.commune),
  Téléphone: of((one) => one.frenchPhone),
  Courriel: of((one) => one.email),
  Site: of((one) => one.site),
}
const morePlaces = {
  ...places,
  SIRET: of((one) => one.siret),
  'Code INSEE': of((one) => one.insee),
  Latitude: of((one) => one.latitude),
  Longitude: of((one) => one.longitude),
  Horaires: of((one) => one.hours),
  Typologie: of((one) => one.kind),
}
const staff = {
  Nom: of((_, at) => PEOPLE[at % PEOPLE.length]),
  Organisme: of(() => 'Mairie'),
  'E-mail': of((one) => one.email),
  Téléphone: of((one) => one.frenchPhone),
}
const staffWithAddress = {
  ...{ ...staff, Adresse: places.Adresse, CP: places.CP, Ville: places.Ville, Site: places.Site },
  'Date de mise à jour': of((one) => one.updated),
}
const inscriptions = {
  'Nom et prénom': staff.Nom,
  Structure: staff.Organisme,
  Fonction: of(() => 'Agente'),
  Courriel: staff['E-mail'],
  Présent: of(() => 'oui'),
}
const epcis = (siren: (at: number) => unknown) => ({
  Nom: of((one) => one.epci),
  SIREN: of((_, at) => siren(at)),
  Population: of(() => '100000'),
})

type Tables = Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>
const tables = (base: Tables): LiveTable[] =>
  Object.entries(base).map(([title, columns]) => liveTable(title, columns))
/** Key → the table proposed, with a question mark where a person is asked. */
const verdicts = (base: Tables) =>
  Object.fromEntries(
    [...told(proposed(tables(base)))]
      .filter(([key]) => !key.includes('.'))
      .map(([key, { title, verdict }]) => [key, verdict === 'match' ? title : `${title} ?`]),
  )

describe('tables that hold people', () => {
  it.each<[string, Tables, Record<string, string>]>([
    ['staff beside places', { Lieux: morePlaces, Équipe: staff }, { actors: 'Lieux', referents: 'Équipe ?' }],
    [
      'both unnamed',
      { 'Feuille 1': staff, 'Feuille 2': morePlaces },
      { actors: 'Feuille 2', referents: 'Feuille 1 ?' },
    ],
    [
      'under a name of ours',
      { Référents: staff, Lieux: places },
      { actors: 'Lieux', referents: 'Référents ?' },
    ],
    ['private contacts', { Contacts: staff, Lieux: places }, { actors: 'Lieux', referents: 'Contacts ?' }],
    [
      'inscriptions',
      { Inscriptions: inscriptions, Lieux: places },
      { actors: 'Lieux', participants: 'Inscriptions ?' },
    ],
    [
      'more columns than the places have',
      { Annuaire: staffWithAddress, Lieux: places },
      { actors: 'Lieux', referents: 'Annuaire ?' },
    ],
    ['alone, under a name of places', { Annuaire: staffWithAddress }, { actors: 'Annuaire ?' }],
    ['told by a column', { Lieux: { ...morePlaces, Prénom: of(() => 'Ada') } }, { actors: 'Lieux ?' }],
  ])('are never taken without a question: %s', (_, base, expected) => {
    expect(verdicts(base)).toEqual(expected)
  })
})

describe('tables of places', () => {
  it('are ranked by all that speaks for them: thirteen columns before seven', () => {
    expect(verdicts({ Structures: places, Lieux: morePlaces })).toEqual({ actors: 'Lieux' })
    const score = (base: Tables) => proposed(tables(base)).tables.find(({ key }) => key === 'actors')!.score
    expect(score({ Lieux: morePlaces })).toBeGreaterThan(score({ Lieux: places }))
  })

  it('that are about as good are asked about, each of them', () => {
    const base = { 'Lieux 2024': morePlaces, 'Lieux 2025': { ...morePlaces, Notes: of(() => 'x') } }
    const [actors] = proposed(tables(base)).tables
    expect([actors?.contested, actors?.title, actors?.rivals]).toEqual([true, 'Lieux 2024', ['Lieux 2025']])
  })

  it('are no EPCI, though they name theirs and have a SIREN', () => {
    const second = { ...places, SIREN: of((_, at) => `10000000${at}`), Territoire: of((one) => one.epci) }
    expect(verdicts({ Lieux: morePlaces, Structures: second })).toEqual({ actors: 'Lieux' })
  })

  it('are ranked by their links too', () => {
    const linked = (title: string): LiveTable => {
      const table = liveTable(title, places)
      const link = { title: 'Rattachement', type: 'LinkToAnotherRecord', made: null, profile: null }
      return { ...table, columns: [...table.columns, { ...link, link: { table: 'EPCI', otherSide: null } }] }
    }
    const base = [
      liveTable('Liste A', places),
      linked('Liste B'),
      liveTable(
        'EPCI',
        epcis((at) => SIRENS[at]),
      ),
    ]
    expect(proposed(base).tables[0]).toMatchObject({ title: 'Liste B', rivals: ['Liste A'] })
  })

  it('never score less for a column more that is recognised, and never reach certainty', () => {
    const titles = Object.keys(morePlaces) as (keyof typeof morePlaces)[]
    fc.assert(
      fc.property(fc.subarray(titles), fc.constantFrom(...titles), (some, another) => {
        const score = (of: readonly (keyof typeof morePlaces)[]) => {
          const columns = Object.fromEntries(of.map((title) => [title, morePlaces[title]]))
          return proposed([liveTable('Lieux', columns)]).tables[0]!.score
        }
        const more = score([...new Set([...some, another])])
        expect(more).toBeGreaterThanOrEqual(score(some))
        expect(more).toBeLessThan(1)
      }),
      { numRuns: 40 },
    )
  })
})

describe('the table of EPCI', () => {
  it('is taken where each row has a SIREN of its own, and asked about where one stands twice', () => {
    const base = { Lieux: morePlaces, EPCI: epcis((at) => SIRENS[at]) }
    expect(verdicts(base)).toEqual({ actors: 'Lieux', epcis: 'EPCI' })
    const twice = { ...base, EPCI: epcis((at) => SIRENS[at % 2]) }
    expect(verdicts(twice)).toEqual({ actors: 'Lieux', epcis: 'EPCI ?' })
    const named = { Nom: of((_, at) => LIEUX[at % 2]!.epci), Population: twice.EPCI.Population }
    expect(verdicts({ ...base, EPCI: named })).toEqual({ actors: 'Lieux', epcis: 'EPCI ?' })
    const empty = { ...named, SIREN: of(() => null) }
    expect(verdicts({ ...base, EPCI: empty })).toEqual({ actors: 'Lieux', epcis: 'EPCI ?' })
    const table = proposed(tables(twice)).tables.find(({ key }) => key === 'epcis')
    expect(table?.evidence).toContainEqual({ kind: 'repeated', title: 'SIREN', rows: LIEUX.length })
  })
})

describe('columns of somebody else than the place', () => {
  it.each([
    ['Adresse e-mail du contributeur', 'E-mail'],
    ['Courriel de la personne responsable', 'Courriel'],
    ['Mail direction', 'Mail'],
    ['Submitted By', 'Contact Email'],
    ['Courriel du référent', 'Courriel'],
    ['E-mail de connexion', 'E-mail'],
    ['Mail du maire', 'Mail'],
  ])('« %s » is no contact of a place, with or without one', (theirs, its) => {
    const others = { ...places, Courriel: [] }
    const mails = (title: string) => ({ [title]: of((one) => one.email) })
    const found = (columns: Record<string, readonly unknown[]>) =>
      told(proposed(tables({ Lieux: columns }))).get('actors.courriels')?.title
    delete (others as Record<string, unknown>)['Courriel']
    expect(found({ ...others, ...mails(theirs) })).toBeUndefined()
    expect(found({ ...others, ...mails(theirs), ...mails(its) })).toBe(its)
  })

  it('are asked about where two hold what is told by itself: a name alone does not say whose it is', () => {
    const two = {
      ...places,
      'Courriel que le public peut utiliser': of((one) => `accueil.${one.email}`),
    }
    const found = told(proposed(tables({ Lieux: two }))).get('actors.courriels')
    expect(found?.verdict).toBe('ask')
  })
})

describe('values that say what a column is not', () => {
  it('crosses are no services, whatever the title; streets without a number are asked about', () => {
    const columns = {
      ...places,
      Adresse: of((one) => one.street.replace(/^\d+ /u, '')),
      Services: of(() => 'x'),
    }
    const found = told(proposed(tables({ Lieux: columns })))
    expect([found.get('actors.services')?.verdict, found.get('actors.adresse')?.verdict]).toEqual([
      'ask',
      'ask',
    ])
  })

  it('a column that suits one place so much better is not proposed for the next', () => {
    const columns = { ...places, Rue: of((one) => one.street.replace(/^\d+ /u, '')) }
    const found = told(proposed(tables({ Lieux: columns })))
    expect(found.get('actors.adresse')?.title).toBe('Adresse')
    expect(found.has('actors.complement_adresse')).toBe(false)
  })
})

describe('the keys of an export', () => {
  const keys = (columns: Readonly<Record<string, readonly unknown[]>>) =>
    told(proposed(tables({ Export: columns })))

  it('are known by their last part, nearly as surely as a whole title, but not inside a list', () => {
    const found = keys({
      'lieu.nom': places.Nom,
      'position.ville': places.Ville,
      'position.codePostal': places.CP,
      'position.adresse': places.Adresse,
      'contact.telephone': places.Téléphone,
      'gestion.courriel': places.Courriel,
      'avis.0.nom': of(() => 'Avis'),
    })
    const shown = (key: string) => [found.get(`actors.${key}`)?.title, found.get(`actors.${key}`)?.verdict]
    expect(shown('commune')).toEqual(['position.ville', 'match'])
    expect(shown('code_postal')).toEqual(['position.codePostal', 'match'])
    expect(shown('adresse')).toEqual(['position.adresse', 'match'])
    expect(found.get('actors.nom')?.title).toBe('lieu.nom')
  })

  it('a number alone is half of an address, and a column of dates without a name is nothing', () => {
    const found = keys({
      ...places,
      Adresse: of((_, at) => String(at + 1)),
      Échéance: of((one) => one.updated),
    })
    expect(found.has('actors.adresse')).toBe(false)
    expect(found.has('actors.date_maj')).toBe(false)
  })

  it('communes are known by their names', () => {
    const { Ville, ...others } = places
    expect(keys({ ...others, Localisation: Ville }).get('actors.commune')?.title).toBe('Localisation')
  })
})

describe('what a person decided', () => {
  it('is proposed again, whatever the scores, with its columns', () => {
    const base = tables({ 'Lieux 2024': morePlaces, 'Lieux 2025': places })
    const again = (decided: [string, string | null][]) => proposed(base, new Map(decided)).tables[0]!
    expect(again([['actors', 'Lieux 2025']])).toMatchObject({ title: 'Lieux 2025', rivals: [] })
    expect(again([['actors', 'Lieux 2025']]).columns.find(({ key }) => key === 'code_postal')?.title).toBe(
      'CP',
    )
    expect(again([['actors', null]]).title).toBeNull()
  })
})

describe('a list of communes', () => {
  const communes = liveTable('Communes', { Nom: of((one) => one.commune), INSEE: of((one) => one.insee) })

  it('is no list of EPCI, and the link to it is no link to one', () => {
    const lieux = liveTable('Lieux', {
      ...{ Nom: of((one) => one.name), SIRET: of((one) => one.siret), Adresse: of((one) => one.street) },
      ...{ Téléphone: of((one) => one.frenchPhone), Horaires: of((one) => one.hours) },
      Ville: of((one) => one.commune),
    })
    const linked = {
      ...lieux,
      columns: lieux.columns.map((column) =>
        column.title === 'Ville'
          ? { ...column, type: 'LinkToAnotherRecord', link: { table: 'Communes', otherSide: null } }
          : column,
      ),
    }
    const { tables } = proposed([linked, communes])
    expect(tables.find(({ key }) => key === 'epcis')?.title).toBeNull()
    const actors = tables.find(({ key }) => key === 'actors')!
    expect(actors.columns.filter(({ title }) => title === 'Ville').map(({ key }) => key)).toEqual(['commune'])
  })
})
