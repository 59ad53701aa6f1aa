import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readActorFile } from '../../src/config/actor-file.ts'
import { readAdoption } from '../../src/config/adoption-file.ts'
import { headerReader } from '../../src/config/headers.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-actor-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

let count = 0
function read(content: string | Buffer) {
  const path = join(folder, `acteurs-${++count}`)
  writeFileSync(path, content)
  return readActorFile(path)
}
const brief = (file: ReturnType<typeof readActorFile>) =>
  file.actors.map(({ id, fields }) => [id, fields.nom, fields.commune])

describe('a file of actors', () => {
  it('may hold a header and no record, which is said', () => {
    expect(read('id,nom,commune\n')).toMatchObject({
      actors: [],
      unreadable: [],
      notes: ['Le fichier ne contient aucune fiche.'],
    })
  })

  it('is read from CSV, with a BOM, quoted line breaks, and columns of its own left aside', () => {
    const file = read('\uFEFFid,nom,commune,_epci_code\r\n1,"Mairie\nannexe",Callac,200\r\n2,EPN,,\r\n')
    expect(brief(file)).toEqual([
      ['1', 'Mairie\nannexe', 'Callac'],
      ['2', 'EPN', null],
    ])
    expect(file).toMatchObject({ unreadable: [], notes: [] })
  })

  it.each([
    [';', 'point-virgule'],
    ['\t', 'tabulation'],
  ])('is read with « %s » between its columns, and the separator is said', (separator, name) => {
    const file = read(
      `id${separator}nom${separator}courriels\n1${separator}EPN${separator}"a@exemple.bzh;b@exemple.bzh"\n`,
    )
    expect(file.actors[0]?.fields.courriels).toBe('a@exemple.bzh;b@exemple.bzh')
    expect(file.notes).toEqual([expect.stringContaining(name)])
  })

  it('is read in Windows-1252 where it is no UTF-8, and that is said', () => {
    const file = read(
      Buffer.from('id,nom\n1,Médiathèque – Œuvres\n'.replace('–', '\x96').replace('Œ', '\x8c'), 'latin1'),
    )
    expect(file.actors[0]?.fields.nom).toBe('Médiathèque – Œuvres')
    expect(file.notes).toEqual([expect.stringContaining('Windows-1252')])
  })

  it('is read from a JSON array, numbers and lists included', () => {
    const file = read(
      '[{"id":"1","nom":"EPN","latitude":48.5,"services":["A","B"]},"?",{"nom":"Sans identifiant"}]',
    )
    expect(file.actors.map(({ id, fields }) => [id, fields.latitude, fields.services])).toEqual([
      ['1', '48.5', 'A|B'],
      ['ligne 3', null, null],
    ])
    expect(file.unreadable).toEqual([{ line: 2, reason: expect.any(String) }])
  })

  it('is read from the columns of the older standard, and each is said', () => {
    const file = read('id,nom,labels_nationaux,publics_accueillis\n1,EPN,CNFS,Seniors (+ 65 ans)\n')
    expect(file.actors[0]?.fields).toMatchObject({
      dispositif_programmes_nationaux: 'CNFS',
      publics_specifiquement_adresses: 'Seniors (+ 65 ans)',
    })
    expect(file.notes).toEqual([
      expect.stringContaining('labels_nationaux'),
      expect.stringContaining('publics_accueillis'),
    ])
  })

  it('prefers the newer of two columns of one meaning, in whatever order they stand', () => {
    for (const columns of [
      'id,publics_accueillis,publics_specifiquement_adresses\n1,Adultes,Jeunes',
      'id,publics_specifiquement_adresses,publics_accueillis\n1,Jeunes,Adultes',
    ])
      expect(read(columns).actors[0]?.fields.publics_specifiquement_adresses).toBe('Jeunes')
  })

  it('names the columns that are not of the standard', () => {
    expect(read('id,nom,couleur\n1,EPN,bleu\n').notes).toEqual([expect.stringContaining('couleur')])
  })

  it('tells the rows it cannot read, with their line, and reads all the others', () => {
    const lines = [
      'id,nom,commune',
      '1,EPN,Callac',
      '2,EPN,Callac,en trop',
      '',
      '4,"EPN,Callac',
      '5,"EPN ""Le Bourg""",Callac',
      '6,EPN',
      '7,EPN,Callac,, ',
      'suite',
    ]
    const file = read(lines.join('\n'))
    expect(brief(file)).toEqual([
      ['1', 'EPN', 'Callac'],
      ['5', 'EPN "Le Bourg"', 'Callac'],
      ['6', 'EPN', null],
      ['7', 'EPN', 'Callac'],
    ])
    expect(file.unreadable.map(({ line }) => line)).toEqual([3, 5, 9])
    expect(file.unreadable[0]?.reason).toContain('4 cellules pour 3 colonnes')
    expect(file.unreadable[0]?.reason).toContain('en trop')
    expect(file.unreadable[2]?.reason).toContain('suite d’un texte')
    expect(file.notes).toEqual([expect.stringMatching(/plus courtes.*\(7\)/u)])
  })

  it('may begin with the line that tells Excel its separator', () => {
    for (const [line, separator] of [
      ['sep=;\r\n', ';'],
      ['SEP=,\n', ','],
      ['"sep=|"\n', '|'],
      ['sep=\t\n', '\t'],
    ] as const) {
      const file = read(
        `${line}${['id', 'nom', 'commune'].join(separator)}\n${['1', 'EPN', 'Brest'].join(separator)}\n\n"`,
      )
      expect(brief(file)).toEqual([['1', 'EPN', 'Brest']])
      expect(file.rows[0]?.line).toBe(3)
      expect(file.unreadable.map((one) => one.line)).toEqual([5])
    }
  })

  it('gives a field by the first of its columns that is filled, and says so', () => {
    const file = read('id;nom;commune;nom\n1;A;Brest;\n2;;Brest;B\n3;C;Brest;D\n')
    expect(brief(file).map(([, nom]) => nom)).toEqual(['A', 'B', 'C'])
    expect(file.notes.join(' ')).toMatch(
      /Plusieurs colonnes donnent « nom » \(n° 2, « nom » et n° 4, « nom »\)/u,
    )
  })

  it('has its titles recognised however they are written', () => {
    const file = read(
      'ID;Nom;COMMUNE;code-postal;Téléphone;Site Web; Code INSEE \n1;A;Brest;29200;02;b.fr;29019\n',
    )
    expect(file.actors[0]?.fields).toMatchObject({
      ...{
        nom: 'A',
        commune: 'Brest',
        code_postal: '29200',
        telephone: '02',
        site_web: 'b.fr',
        code_insee: '29019',
      },
    })
    expect(file.notes).toEqual([expect.stringContaining('point-virgule')])
  })

  it('has titles of other lists recognised by the names that adopt knows, each said, a surer one first', () => {
    const headers = headerReader(readAdoption('config'))
    const path = join(folder, 'autres.csv')
    writeFileSync(
      path,
      'id,Dénomination,Ville,CP,Tél.,nom,couleur,_commune\n1,A,Brest,29200,02,,x,y\n2,A,Brest,29200,02,B,x,y\n',
    )
    const file = readActorFile(path, headers)
    expect(file.actors.map(({ fields }) => fields.nom)).toEqual(['A', 'B'])
    expect(file.actors[0]?.fields).toMatchObject({ commune: 'Brest', code_postal: '29200', telephone: '02' })
    expect(file.notes.join('\n')).toContain('« Ville » est lue comme « commune »')
    expect(file.notes.join('\n')).toContain('laissées de côté : couleur')
  })

  it.each([
    ['DOS', '\x82', '\x8a', '\x90'],
    ['Mac Roman', '\x8e', '\x8f', '\x83'],
    ['Windows-1252', '\xe9', '\xe8', '\xc9'],
  ])('is read in the code page of %s, and that is said', (name, small, grave, capital) => {
    const file = read(Buffer.from(`id,nom\n1,M${small}diath${grave}que\n2,${capital}vran\n`, 'latin1'))
    expect(brief(file).map(([, nom]) => nom)).toEqual(['Médiathèque', 'Évran'])
    expect(file.notes).toEqual([expect.stringContaining(name)])
  })

  it('may be named by nothing but its letters: one accent tells a code page', () => {
    expect(brief(read(Buffer.from('id,nom\n1,Cit\x82\n', 'latin1')))[0]?.[1]).toBe('Cité')
    expect(brief(read(Buffer.from('id,nom\n1,Cit\xe9\n', 'latin1')))[0]?.[1]).toBe('Cité')
    expect(brief(read(Buffer.from('id,nom\n1,L\x92\xe9t\xe9 \x96 5 \x80\n', 'latin1')))[0]?.[1]).toBe(
      'L’été – 5 €',
    )
  })

  it('says which values are nested, and reads the others', () => {
    const file = read(
      '[{"id":"1","nom":"A","commune":{"nom":"Rennes"},"services":["A",{"b":1}],"constructor":"x","__proto__":"y","toString":1,"autre":{"c":1}}]',
    )
    expect(brief(file)).toEqual([['1', 'A', null]])
    expect(file.notes).toEqual([
      expect.stringContaining('constructor'),
      expect.stringMatching(/emboîtées.* commune, services\./u),
    ])
  })

  it('is refused where it is nested too deep, wherever that is', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    for (const text of [deep, `[{"id":"1","nom":${deep}}]`, '{"a":'.repeat(100_000), `[\n\n${deep}`])
      expect(() => read(text)).toThrow(
        expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining('niveaux') }),
      )
    expect(brief(read(`[{"id":"1","nom":"${'['.repeat(1000)}\\"]"}]`))).toHaveLength(1)
    expect(() => read('[{"id": 1}\n{"id": 2}]')).toThrow(/à partir de la ligne 2/u)
  })

  it('keeps ids apart where a file repeats one', () => {
    expect(brief(read('id,nom,commune\n1,A,\n1,B,\n,C,\n')).map(([id]) => id)).toEqual([
      '1',
      '1 (ligne 3)',
      'ligne 4',
    ])
  })

  it('says what is wrong with a file that cannot be used', () => {
    const code = 'INPUT_INVALID'
    expect(() => readActorFile(join(folder, 'absent.csv'))).toThrow(expect.objectContaining({ code }))
    for (const nothing of ['', ' \n\n', '\uFEFF', '\uFEFF\r\n'])
      expect(() => read(nothing)).toThrow(
        expect.objectContaining({ code, message: expect.stringContaining('est vide') }),
      )
    const unicode = Buffer.from('id,nom\n1,EPN\n', 'utf16le')
    const marked = Buffer.from('\uFEFFé', 'utf16le')
    for (const wide of [unicode, marked, Buffer.from(unicode).swap16(), Buffer.from(marked).swap16()])
      expect(() => read(wide)).toThrow(
        expect.objectContaining({ code, message: expect.stringContaining('UTF-16') }),
      )
    expect(() => read('couleur,taille\nbleu,2\n')).toThrow(expect.objectContaining({ code }))
    expect(() => read('{"id": 1}')).toThrow(/il faut un tableau de fiches/u)
    expect(() => read('[{"id": 1}')).toThrow(/n’est pas du JSON/u)
  })
})
