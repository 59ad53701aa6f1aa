import { describe, expect, it } from 'vitest'
import { loadGeography, officialEpcis } from '../../../src/config/geography.ts'
import { epciFinder } from '../../../src/domain/adoption/epci-names.ts'
import type { EpciFound } from '../../../src/domain/adoption/epci-names.ts'

const geography = loadGeography()
const epcis = officialEpcis()
const regionOf = (siren: string) => geography.epci(siren)?.region ?? ''
const homes = Map.groupBy(epcis, ({ siren }) => regionOf(siren))
const finders = new Map(
  [...homes].map(([region, home]) => [
    region,
    epciFinder(epcis, { home: new Set(home.map(({ siren }) => siren)) }),
  ]),
)
const inBrittany = finders.get('53')!
const anywhere = epciFinder(epcis)

/** Of the first that is proposed, what it is: « = » where it is taken, « ? » where it is to be agreed to. */
function told(found: EpciFound): string {
  if (found.kind === 'unknown') return '—'
  const siren = found.kind === 'found' ? found.siren : found.sirens[0]!
  return `${found.kind === 'found' ? '=' : '?'} ${geography.epci(siren)?.name}`
}

describe('how EPCI of Brittany are written', () => {
  it.each([
    ...['CCPBS', 'C.C.P.B.S.', 'CC Pays Bigouden Sud', 'Pays bigouden sud', 'CdC du Pays Bigouden Sud'].map(
      (text) => [text, '= CC du Pays Bigouden Sud'],
    ),
    ...['CCPI', "Pays d'Iroise", 'Pays d’Iroise', 'pays d iroise (29)', '29 - CC du Pays d’Iroise'].map(
      (text) => [text, "= CC du Pays d'Iroise"],
    ),
    ...['Com Com du Pays Fouesnantais', 'ComCom Pays Fouesnantais', 'CC Pays Fouesnantais (Finistère)'].map(
      (text) => [text, '= CC du Pays Fouesnantais'],
    ),
    ...[
      'Lannion Trégor Communauté',
      'LANNION-TREGOR',
      'Lannion-Trégor Communauté (LTC)',
      'Lanion-Trégor',
    ].map((text) => [text, '= CA Lannion-Trégor Communauté']),
    ...['GMVA', 'Golfe du Morbihan Vannes Agglo', 'CA Golfe du Morbihan – Vannes agglomération'].map(
      (text) => [text, '= CA Golfe du Morbihan - Vannes Agglomération'],
    ),
    ...['SBAA', 'St-Brieuc Armor Agglo', 'Saint Brieuc Armor Agglomération'].map((text) => [
      text,
      '= CA Saint-Brieuc Armor Agglomération',
    ]),
    ...['St Malo Agglo', 'Pays de Saint-Malo', 'Saint-Malo Agglomération', 'Agglo du Pays de St-Malo'].map(
      (text) => [text, '= CA du Pays de Saint Malo Agglomération'],
    ),
    ...['CC St Méen Montauban', 'Saint-Méen/Montauban', 'Communauté de communes Saint Meen Montauban'].map(
      (text) => [text, '= CC de Saint-Méen Montauban'],
    ),
    ...['CCKB', 'Kreiz Breizh', 'Kreiz-Breizh (CCKB)', 'CC Kreiz-Breizh'].map((text) => [
      text,
      '= CC du Kreiz-Breizh (CCKB)',
    ]),
    ...['Haut Pays Bigoudin', 'CCHPB'].map((text) => [text, '= CC du Haut Pays Bigouden']),
    ...['Landivisiau', 'CC de Landivisiau', 'Pays Landivisiau'].map((text) => [
      text,
      '= CC du Pays de Landivisiau',
    ]),
    ...['Roche-aux-Fées', 'Roches aux Fées Communauté'].map((text) => [
      text,
      '= CC Roche aux Fées Communauté',
    ]),
    ...['Cté de communes du pays des abers', 'CCPA'].map((text) => [text, '= CC du Pays des Abers']),
    ['AQTA', '= CC Auray Quiberon Terre Atlantique'],
    ['Brest', '= Brest Métropole'],
    ['Métropole de Brest', '= Brest Métropole'],
    ['Rennes Métropole (243500139)', '= Rennes Métropole'],
    ['Quimperle Communaute', '= CA Quimperlé Communauté'],
    ['Lorient Agglo', '= CA Lorient Agglomération'],
    ['Fougeres agglo', '= CA Fougères Agglomération'],
    ['CC du Val d’Ille Aubigné', "= CC Val d'Ille-Aubigné"],
    // Not taken: a letter less would be another one, a part of a name, initials that many have, a name of before.
    ['QBO', '? CA Quimper Bretagne Occidentale'],
    ['LTC', '? CA Lannion-Trégor Communauté'],
    ['LTM', '? CA Lamballe Terre et Mer'],
    ['RMCom', '? CC Roi Morvan Communauté'],
    ['OBC', "? CC de l'Oust à Brocéliande"],
    ['CCPLD', '? CA du Pays de Landerneau-Daoulas'],
    ['Landerneau', '? CA du Pays de Landerneau-Daoulas'],
    ['Pays de Landerneau', '? CA du Pays de Landerneau-Daoulas'],
    ['Vannes Agglo', '? CA Golfe du Morbihan - Vannes Agglomération'],
    ['Golfe du Morbihan', '? CA Golfe du Morbihan - Vannes Agglomération'],
    ['Saint-Brieuc Agglomération', '? CA Saint-Brieuc Armor Agglomération'],
    ['Quimper Communauté', '? CA Quimper Bretagne Occidentale'],
    ['Brest Métropole Océane', '? Brest Métropole'],
    ['Pays de Brest', '? Brest Métropole'],
    ['Pays Fouesnant', '? CC du Pays Fouesnantais'],
    ['Cap Sizun', '? CC Cap Sizun - Pointe du Raz'],
    ['Val d’Ille', "? CC Val d'Ille-Aubigné"],
    ['Presquile de Crozon', "? CC Presqu'île de Crozon-Aulne maritime"],
    ['Morlaix Co', '? CA Morlaix Communauté'],
    // None: another body, a place, an answer.
    ...['CAF', 'MSA', 'CCI', 'CCAS', 'Mairie', 'Finistère', 'non renseigné', 'hors territoire', ''].map(
      (text) => [text, '—'],
    ),
  ])('« %s » is told: %s', (text, expected) => {
    expect(told(inBrittany(text))).toBe(expected)
  })

  it('are several where a name is the beginning of others', () => {
    expect(inBrittany('Cornouaille')).toMatchObject({ kind: 'doubtful' })
    expect(anywhere('CCPI').kind).toBe('ambiguous')
    expect(anywhere('Perche').kind).toBe('doubtful')
  })

  it('leaves a number of département that gives a name the lie to a person', () => {
    expect(inBrittany("Pays d'Iroise (35)").kind).toBe('doubtful')
  })

  it('takes a slip for sure only where nothing else of the text speaks of another', () => {
    expect(inBrittany("Pays d'Iroisse").kind).toBe('found')
    expect(inBrittany("Pays d'Iroisse (56)").kind).toBe('doubtful')
    expect(inBrittany("Pays d'Iroisse (29)").kind).toBe('found')
    expect(inBrittany("Métropole du Pays d'Iroisse").kind).toBe('doubtful')
  })

  it('takes initials for no EPCI where they are known to be those of another body', () => {
    const one = epciFinder(epcis, { others: new Set(['ccpbs']) })
    expect(one('CCPBS')).not.toMatchObject({ kind: 'found' })
  })
})

/** Ways in which people write the name of an EPCI, all of them. */
const WAYS: Readonly<Record<string, (name: string, department: string) => string>> = {
  'as it is': (name) => name,
  'in capitals': (name) => name.toUpperCase(),
  'without accents': (name) => name.normalize('NFD').replaceAll(/\p{M}/gu, ''),
  'its form in words': (name) =>
    name
      .replace(/^CC /u, 'Communauté de communes ')
      .replace(/^CA /u, "Communauté d'agglomération ")
      .replace(/^CU /u, 'Communauté urbaine '),
  'its form as people say': (name) => name.replace(/^CC /u, 'Com com ').replace(/^CA /u, 'Agglo '),
  'without dashes': (name) => name.replaceAll('-', ' '),
  'with dashes alone': (name) => name.replaceAll(' ', '-'),
  'with curly apostrophes': (name) => name.replaceAll("'", '’'),
  'with « St »': (name) => name.replaceAll(/\bSaint(e?)\b/gu, 'St$1'),
  'with its département': (name, department) => `${name} (${department})`,
  'without its form, with its département': (name, department) => `${bare(name)} (${department})`,
  'as a « Communauté »': (name) => `${bare(name).replace(/ Communauté$/u, '')} Communauté`,
}
/** Ways that tell less: they may be asked about, the right one first, and never be taken for another. */
const SHORT_WAYS: Readonly<Record<string, (name: string) => string>> = {
  'without its form': bare,
  'its first word': (name) =>
    bare(name)
      .replace(/^(?:d[eu]s?|la|les?|l') ?(?:la |l')?/iu, '')
      .split(/[\s-]/u)[0]!,
  'its first half': (name) => half(bare(name).split(/[\s-]+/u)).join(' '),
  'as a « Pays »': (name) =>
    `Pays de ${bare(name).replace(/^(?:du |de la |de |des )?(?:Pays (?:de la |de |du |des |d')?)?/iu, '')}`,
  'a letter less': (name) => strike(name, (before, after) => before + after.slice(1)),
  'a letter more': (name) => strike(name, (before, after) => `${before}e${after}`),
  'its initials': (name) =>
    name
      .split(/[\s'’-]+/u)
      .map((word) =>
        /^(?:CC|CA|CU)$/u.test(word) ? word : SMALL.test(word) ? '' : word.charAt(0).toUpperCase(),
      )
      .join(''),
}
const SMALL = /^(?:de|du|des|la|le|les|l|d|et|à|en)$/iu

function bare(name: string): string {
  return name
    .replace(/^(?:CC|CA|CU) /u, '')
    .replaceAll(/\(.*\)/gu, '')
    .trim()
}

function half<One>(list: readonly One[]): One[] {
  return list.slice(0, Math.ceil(list.length / 2))
}

function strike(name: string, change: (before: string, after: string) => string): string {
  const middle = Math.floor(name.length / 2)
  return change(name.slice(0, middle), name.slice(middle))
}

describe('the names of all EPCI of France', () => {
  const results = (way: (name: string, department: string) => string, every = 1) =>
    epcis
      .filter((_, at) => at % every === 0)
      .map(({ siren, name, departments }) => {
        const found = finders.get(regionOf(siren))!(way(name, departments[0]!))
        const right = found.kind === 'found' && found.siren === siren
        const wrong = found.kind === 'found' && found.siren !== siren
        const asked = found.kind !== 'found' && found.kind !== 'unknown' && found.sirens[0] === siren
        return { name, right, wrong, asked }
      })

  it.each(Object.entries(WAYS))('are recognised %s: none for another, 99 %% and more', (_, way) => {
    const all = results(way)
    expect(all.filter(({ wrong }) => wrong).map(({ name }) => name)).toEqual([])
    expect(all.filter(({ right }) => right).length / all.length).toBeGreaterThan(0.99)
  })

  it.each([
    ['without its form', 0.97],
    ['as a « Pays »', 0.97],
    ['a letter less', 0.8],
    ['a letter more', 0.9],
    ['its first word', 0.5],
    ['its first half', 0.5],
    ['its initials', 0.6],
  ] as const)('are taken for no other %s, and recognised or proposed first: %d', (way, least) => {
    const all = results(SHORT_WAYS[way]!, 4)
    expect(all.filter(({ wrong }) => wrong).map(({ name }) => name)).toEqual([])
    expect(all.filter(({ right, asked }) => right || asked).length / all.length).toBeGreaterThan(least)
  })
})
