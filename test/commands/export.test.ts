import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cli } from '../helpers/cli.ts'
import { doubleBase } from '../helpers/double-base.ts'
import { plain } from '../helpers/plain.ts'

const LIEU = {
  ...{ 'SIRET ou RNA': '43493312300029', Commune: 'Brest', 'Code postal': '29200', 'Code INSEE': '29019' },
  ...{ Adresse: '3 rue des Ajoncs', 'Date de mise à jour': '2026-01-15', EPCI_id: 1 },
}

async function stage() {
  const { double } = await doubleBase({
    EPCI: [
      { Nom: 'Brest Métropole', SIREN: '242900314' },
      { Nom: 'Quimper Bretagne Occidentale', SIREN: '200068120' },
    ],
    Acteurs: [
      { ...LIEU, Nom: 'Le Phare', Téléphone: '02 98 00 00 00', Référent·e: 'Ada' },
      { ...LIEU, Nom: 'Caché', 'Ne pas publier': true },
      { ...LIEU, Nom: 'Sans SIRET', 'SIRET ou RNA': null },
      { ...LIEU, Nom: 'Deux numéros', Téléphone: '02 98 00 00 00 / 02 98 00 00 01' },
      {
        ...LIEU,
        Nom: 'À Quimper',
        Commune: 'Quimper',
        'Code postal': '29000',
        'Code INSEE': '29232',
        EPCI_id: 2,
      },
    ],
  })
  const folder = mkdtempSync(join(tmpdir(), 'portrea-export-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const environment = {
    ...{ NOCODB_URL: double.url, NOCODB_TOKEN: double.token, NOCODB_BASE: double.baseId },
    PORTREA_DATA_DIR: folder,
  }
  return { file: join(folder, 'lieux.csv'), portrea: (...args: string[]) => cli(args, environment) }
}

describe('portrea export --format', () => {
  it('writes the records that may be given to others, and says what it leaves out and why', async () => {
    const { file, portrea } = await stage()
    const { code, stdout } = await portrea('export', file, '--format', 'standard')
    const said = plain(stdout)
    expect(said).toContain('3 fiches dans')
    expect(said).toContain('1 fiche : il manque le numéro SIRET ou RNA (n° 3)')
    expect(said).toContain('1 fiche : « Ne pas publier » est coché, ou rempli (n° 2)')
    expect(said).toContain(
      '1 fiche exportée sans une valeur que le standard ne prend pas : le téléphone (n° 4)',
    )
    const text = readFileSync(file, 'utf8')
    expect(text).toContain('Le Phare')
    for (const hidden of ['Caché', 'Sans SIRET', 'Ada']) expect(text).not.toContain(hidden)
    expect(code).toBe(1)
    const again = await portrea('export', file, '--format', 'standard')
    expect([again.code, plain(again.stderr)]).toEqual([2, expect.stringContaining('existe déjà')])
  })

  it('gives the records of the EPCI that are named, and knows none without', async () => {
    const { file, portrea } = await stage()
    const { stdout } = await portrea('export', file, '--format', 'standard', '--epci', '200068120', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ format: 'standard', records: 1, notExported: [] })
    expect(readFileSync(file, 'utf8')).toContain('À Quimper')
    const none = await portrea('export', `${file}2`, '--format', 'standard', '--epci', '243500139')
    expect([none.code, plain(none.stderr)]).toEqual([
      3,
      expect.stringContaining('Aucune fiche ne compte pour 243500139 : vérifiez ce SIREN'),
    ])
  })

  it('asks which format, in French', async () => {
    const { file, portrea } = await stage()
    const { code, stderr } = await portrea('export', file, '--format', 'pdf')
    expect([code, plain(stderr)]).toEqual([
      2,
      expect.stringContaining("l'un de ceux-ci : standard, data-inclusion"),
    ])
    expect(plain((await portrea('export', file)).stderr)).toContain('Dites quoi exporter')
  })
})
