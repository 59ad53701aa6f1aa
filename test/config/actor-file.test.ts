import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readActorFile } from '../../src/config/actor-file.ts'

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
      '7,EPN,Callac',
    ]
    const file = read(lines.join('\n'))
    expect(brief(file)).toEqual([
      ['1', 'EPN', 'Callac'],
      ['5', 'EPN "Le Bourg"', 'Callac'],
      ['7', 'EPN', 'Callac'],
    ])
    expect(file.unreadable.map(({ line }) => line)).toEqual([3, 5, 7])
    expect(file.unreadable[0]?.reason).toContain('4 cellules pour 3 colonnes')
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
