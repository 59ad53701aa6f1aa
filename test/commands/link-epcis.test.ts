import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rm } from 'node:fs/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cli } from '../helpers/cli.ts'
import { doubleBase } from '../helpers/double-base.ts'
import { plain } from '../helpers/plain.ts'
import { CONFIG } from '../helpers/rules.ts'
import { ASSOCIATIONS, SHIPPED, TWO_TABLES } from '../helpers/two-tables.ts'

const EPCI = [
  { Nom: 'Brest Métropole', SIREN: '242900314' },
  { Nom: 'Quimper Bretagne Occidentale', SIREN: '200068120' },
]

/** Two tables of actors, each with a column of its own that names the EPCI. */
async function twoTables() {
  const made = await doubleBase(
    {
      EPCI,
      Acteurs: [
        { Nom: 'Médiathèque', Commune: 'Brest', 'Code postal': '29200', Interco: 'Brest métropole' },
        { Nom: 'Bus numérique', Interco: 'quimper bretagne occidentale' },
        { Nom: 'Sans rien' },
      ],
      Associations: [
        { Dénomination: 'Emmaüs', 'EPCI (texte)': 'Brest Métropole' },
        { Dénomination: 'Club', Ville: 'Quimper', CP: '29000' },
        { Dénomination: 'Ailleurs', 'EPCI (texte)': 'on ne sait pas' },
      ],
    },
    { columns: TWO_TABLES, others: { Acteurs: ['Interco'], Associations: ['EPCI (texte)'] } },
  )
  const config = mkdtempSync(join(tmpdir(), 'portrea-config-'))
  onTestFinished(() => rm(config, { recursive: true }))
  cpSync(CONFIG, config, { recursive: true })
  writeFileSync(join(config, 'columns.yaml'), `${SHIPPED}\notherActors: ${JSON.stringify([ASSOCIATIONS])}\n`)
  const { url, token, baseId } = made.double
  const environment = {
    ...{ NOCODB_URL: url, NOCODB_TOKEN: token, NOCODB_BASE: baseId },
    ...{ PORTREA_CONFIG_DIR: config, PORTREA_DATA_DIR: config },
  }
  return { portrea: (...args: string[]) => cli(args, environment) }
}

describe('adopt --link-epcis where there are two tables of actors', () => {
  it('would link the records of both, each by the column that its table has, and says which row of which is left', async () => {
    const { portrea } = await twoTables()
    const { stdout } = await portrea('adopt', '--link-epcis', 'Interco', 'EPCI (texte)', '--dry-run')
    const plan = plain(stdout)
    expect(plan).toContain(
      '6 fiches, à relier : 4 (1 par la colonne et la commune, 2 par la colonne seule, 1',
    )
    expect(plan).toContain('(Id 3 de « Acteurs »)')
    expect(plan).toContain('(Id 3 de « Associations »)')
  })

  it('refuses a column that none of them has', async () => {
    const { portrea } = await twoTables()
    const { code, stderr } = await portrea('adopt', '--link-epcis', 'Intercommunalité', '--dry-run')
    expect(code).toBe(3)
    expect(plain(stderr)).toContain(
      "« Intercommunalité » n'est une colonne d'aucune de ces tables : « Acteurs » et « Associations »",
    )
  })
})
