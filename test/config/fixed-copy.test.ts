import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readActorFile } from '../../src/config/actor-file.ts'
import { readValue } from '../../src/domain/reading/read-value.ts'
import { fixedCopy } from '../../src/config/fixed-copy.ts'
import type { FieldName } from '../../src/domain/fields.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-fixed-copy-'))
afterAll(() => rmSync(folder, { recursive: true }))

let count = 0
function read(content: string | Buffer) {
  const path = join(folder, `acteurs-${++count}`)
  writeFileSync(path, content)
  return readActorFile(path)
}
const fix = (field: FieldName, after: string) => ({ field, code: `${field}.notation`, before: '', after })
const copy = (
  content: string | Buffer,
  fixes: readonly (readonly [number, FieldName, string])[],
  as: 'csv' | 'json' = 'csv',
) =>
  fixedCopy(
    read(content),
    new Map(
      [...Map.groupBy(fixes, ([at]) => at)].map(([at, own]) => [
        at,
        own.map(([, field, after]) => fix(field, after)),
      ]),
    ),
    as,
  )

describe('the corrected copy of a table', () => {
  it('changes the cell it is asked to, and no other byte', () => {
    const text = 'id,nom,_x,telephone\n1,"EPN ""A""", a ,02\n\n2,B,"x,y",03\n'
    expect(copy(text, [])).toBe(text)
    expect(copy(text, [[1, 'telephone', '+33']])).toBe(
      'id,nom,_x,telephone\n1,"EPN ""A""", a ,02\n\n2,B,"x,y",+33\n',
    )
    expect(copy(text, [[0, 'nom', 'EPN "A", B']])).toBe(
      'id,nom,_x,telephone\n1,"EPN ""A"", B", a ,02\n\n2,B,"x,y",03\n',
    )
  })

  it('keeps separator, line endings, byte order mark, and a last line without ending', () => {
    const text = '\uFEFFid;nom;horaires\r\n1;A;"lundi\r\nmardi"\r\n2;B;9h'
    expect(copy(text, [[1, 'nom', 'C;D']])).toBe(
      '\uFEFFid;nom;horaires\r\n1;A;"lundi\r\nmardi"\r\n2;"C;D";9h',
    )
    expect(copy(text, [[0, 'nom', 'C']])).toBe('\uFEFFid;nom;horaires\r\n1;C;"lundi\r\nmardi"\r\n2;B;9h')
  })

  it('carries what could not be read over as it was', () => {
    const text = 'id,nom,commune\n1,A,Callac\n2,B,Callac,en trop\n3,"C,Callac\n4,D,"Le\r\nMené"\n5,E,Callac\n'
    expect(
      copy(text, [
        [1, 'nom', 'DD'],
        [2, 'nom', 'EE'],
      ]),
    ).toBe('id,nom,commune\n1,A,Callac\n2,B,Callac,en trop\n3,"C,Callac\n4,DD,"Le\r\nMené"\n5,EE,Callac\n')
  })

  it('writes UTF-8 with a byte order mark from Windows-1252, whose spreadsheets look for it', () => {
    const text = copy(Buffer.from('id,nom\n1,M\xe9diath\xe8que\n2,B\n', 'latin1'), [[1, 'nom', 'Épicerie']])
    expect(text).toBe('\uFEFFid,nom\n1,Médiathèque\n2,Épicerie\n')
  })

  it('writes in the column that gave the value: an old one, the new one where both do', () => {
    const text = 'id,labels_nationaux,dispositif_programmes_nationaux\n1,CNFS,\n2,CNFS,PIX\n'
    const field = 'dispositif_programmes_nationaux'
    expect(
      copy(text, [
        [0, field, 'X'],
        [1, field, 'Y'],
      ]),
    ).toBe('id,labels_nationaux,dispositif_programmes_nationaux\n1,X,\n2,CNFS,Y\n')
    expect(copy('id, Nom ,nom\n1,A,\n', [[0, 'nom', 'B']])).toBe('id, Nom ,nom\n1,B,\n')
    expect(copy('id,nom,nom\n1,A,B\n', [[0, 'nom', 'C']])).toBe('id,nom,nom\n1,C,B\n')
    expect(copy('id,nom,nom\n1,,B\n', [[0, 'nom', 'C']])).toBe('id,nom,nom\n1,,C\n')
    expect(
      copy('sep=;\nid;nom\n1;A;;\n2;B\n', [
        [0, 'nom', 'C'],
        [1, 'nom', 'D'],
      ]),
    ).toBe('sep=;\nid;nom\n1;C;;\n2;D\n')
  })

  it('reads as the file did, but for what was mended, whatever is written in it', () => {
    const cell = fc.oneof(
      fc.constantFrom('', 'a', ' b ', 'é"è', 'x,y', 'l1\nl2', 'l1\r\nl2', '«'),
      fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.replace(/\r(?!\n)/gu, '')),
    )
    const row = fc.record({ id: fc.nat().map(String), nom: cell, horaires: cell, ['_note']: cell })
    const quoted = (text: string) => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
    const ending = fc.constantFrom('\n', '\r\n')
    const gap = fc.constantFrom('', '', '\n')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(row, gap), { minLength: 1, maxLength: 6 }),
        ending,
        fc.array(fc.tuple(fc.nat(5), cell), { maxLength: 3 }),
        (rows, end, mends) => {
          const lines = rows.map(
            ([one, empty]) =>
              `${[one.id, one.nom, one.horaires, one['_note']].map(quoted).join()}${end}${empty && end}`,
          )
          const text = `id,nom,horaires,_note${end}${lines.join('')}`
          const fixes = mends.filter(([at, value]) => at < rows.length && value.trim() !== '')
          const wanted = new Map(fixes.map(([at, value]) => [at, value.trim()]))
          const made = copy(
            text,
            [...wanted].map(([at, value]) => [at, 'nom', value]),
          )
          const [before, after] = [read(text).actors, read(made).actors]
          expect(after.map(({ fields }) => fields)).toEqual(
            before.map(({ fields }, at) => ({
              ...fields,
              nom: wanted.has(at) ? readValue('nom', wanted.get(at)!) : fields.nom,
            })),
          )
          if (wanted.size === 0) expect(made).toBe(text)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('the corrected copy of an array', () => {
  const text = JSON.stringify([
    { id: '1', services: ['A', 'B'], latitude: 48.5, autre: { a: 1 } },
    'rien',
    { nom: 'Deux, trois', id: '2' },
    {},
  ])

  it('keeps its items, lists as lists, and what is no record', () => {
    expect(
      JSON.parse(
        copy(
          text,
          [
            [0, 'services', 'A|C'],
            [1, 'nom', 'Deux'],
          ],
          'json',
        ),
      ),
    ).toEqual([
      { id: '1', services: ['A', 'C'], latitude: 48.5, autre: { a: 1 } },
      'rien',
      { nom: 'Deux', id: '2' },
      {},
    ])
  })

  it('becomes a table of every key, in the order they come', () => {
    expect(copy(text, [[0, 'services', 'A|C']])).toBe(
      'id,services,latitude,autre,nom\n1,A|C,48.5,"{""a"":1}",\n2,,,,"Deux, trois"\n,,,,\n',
    )
    expect(copy('[]', [])).toMatch(/^id,pivot,nom,/u)
    expect(copy('[{"commune":{"nom":"Rennes"}},{"id":"1","services":["A",{"b":1}]}]', [])).toBe(
      'commune,id,services\n"{""nom"":""Rennes""}",,\n,1,"[""A"",{""b"":1}]"\n',
    )
  })
})
