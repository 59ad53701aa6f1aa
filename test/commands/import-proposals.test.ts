import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli } from '../helpers/cli.ts'
import { portreaDouble } from '../helpers/portrea-double.ts'
import type { Double } from '../helpers/nocodb-double/double.ts'
import { plain } from '../helpers/plain.ts'
import { actorRow, LIBRARY, shownProposals } from '../engine/import/source.ts'

describe('portrea import SOURCE, with a base', () => {
  let folder: string
  let double: Double
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portrea-import-proposals-'))
    double = await portreaDouble({ Acteurs: [actorRow(LIBRARY)] })
    const rows = [
      'id;nom;commune;code_postal;code_insee;adresse;telephone',
      'a;Médiathèque de Callac;Callac;22160;22025;3 rue de Genève;+33296604787',
      'b;Cybercentre de la gare;Brest;29200;29019;8 place du 19e R.I.;',
    ]
    await writeFile(join(folder, 'liste.csv'), rows.join('\n'))
  })
  afterAll(async () => {
    await double.stop()
    await rm(folder, { recursive: true })
  })
  const run = async (...args: readonly string[]) => {
    const { code, stdout } = await cli(['import', join(folder, 'liste.csv'), ...args], {
      ...{ NOCODB_URL: double.url, NOCODB_TOKEN: double.token, NOCODB_BASE: double.baseId },
      ...{ PORTREA_DATA_DIR: join(folder, 'data'), DATABASE_URL: '' },
    })
    return { code, text: plain(stdout) }
  }

  it('counts alone on a dry run, then proposes, and a second time changes nothing', async () => {
    const dry = await run('--dry-run')
    expect(dry.text).toContain("1 lieu que la base n'a pas\n  1 donnée que des fiches n'ont pas")
    expect(dry.text).toContain("Rien n'est écrit (--dry-run).")
    expect(shownProposals(double)).toEqual([])
    const first = await run()
    expect(first.text).toContain('2 propositions ajoutées dans « Propositions »')
    expect(first.code).toBe(0)
    expect(shownProposals(double)).toHaveLength(2)
    const again = JSON.parse((await run('--json')).text) as { proposed: object }
    expect(again.proposed).toMatchObject({
      proposed: 0,
      moved: 0,
      whole: true,
      counts: { new: 1, toComplete: 1 },
    })
  })
})
