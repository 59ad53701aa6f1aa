import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { cli } from '../helpers/cli.ts'
import { doubleBase } from '../helpers/double-base.ts'
import { plainSpaces } from '../helpers/plain.ts'
import { readPdf } from '../helpers/read-pdf.ts'

const SLOW = 120_000

it(
  'prints the papers of a journée that are asked for, in new files',
  async () => {
    const { double } = await doubleBase({
      EPCI: [{ Nom: 'Brest Métropole', SIREN: '242900314' }],
      Journées: [{ Date: '2027-03-12', EPCI_id: 1, Lieu: 'Mairie' }],
      Acteurs: [
        { Nom: 'Médiathèque', Commune: 'Brest', EPCI_id: 1, 'À compléter': 'Il manque les horaires.' },
      ],
    })
    const folder = await mkdtemp(join(tmpdir(), 'portrea-papers-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const out = join(folder, 'documents')
    const papers = (...args: readonly string[]) =>
      cli(['papers', ...args], {
        NOCODB_URL: double.url,
        NOCODB_TOKEN: double.token,
        NOCODB_BASE: double.baseId,
        PORTREA_DATA_DIR: folder,
        DATABASE_URL: '',
      })
    const asked = ['2027-03-12+242900314', '--kind', 'qui-fait-quoi', 'salle', '--out', out]
    const { code, stdout } = await papers(...asked, '--json')
    const names = ['qui-fait-quoi', 'salle'].map((key) => `${key}-2027-03-12-brest-metropole.pdf`)
    expect([code, (await readdir(out)).toSorted()]).toEqual([0, names.toSorted()])
    expect(
      JSON.parse(stdout)
        .files.map(({ kind }: { kind: string }) => kind)
        .toSorted(),
    ).toEqual([...['qui-fait-quoi', 'salle']])
    const { text, universal } = await readPdf(await readFile(join(out, names[0]!)))
    expect([universal, plainSpaces(text)]).toEqual(['1', expect.stringContaining('Médiathèque')])
    const again = await papers(...asked)
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('existe déjà')])
    const unknown = await papers('1', '--kind', 'rien')
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('emargement')])
    expect((await papers('9', '--out', out)).code).toBe(3)
  },
  SLOW,
)
