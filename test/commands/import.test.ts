import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/database.ts'
import { referenceCounts } from '../../src/store/reference-counts.ts'
import { cli } from '../helpers/cli.ts'

const BREST = '242900314'
const RENNES = '243500139'

describe('portrea import --reference', () => {
  let folder: string
  let file: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portrea-import-'))
    file = join(folder, 'liste.csv')
    await writeFile(
      file,
      [
        'id,nom,code_insee,commune,code_postal',
        'a,Espace Brest,29019,Brest,29200',
        'b,Autre Brest,,BREST,29200',
        'c,Espace Rennes,35238,Rennes,35000',
        'd,Nulle part,,,',
      ].join('\n'),
    )
  })
  afterAll(() => rm(folder, { recursive: true }))

  const run = (...args: readonly string[]) =>
    cli(['import', ...args], { PORTREA_DATA_DIR: join(folder, 'data'), DATABASE_URL: '' })
  const kept = async () => {
    const store = await openStore({ dataDir: join(folder, 'data') })
    const counts = await referenceCounts(store)
    await store.close()
    return counts
  }

  it('counts by EPCI, says what it could not place, and keeps the counts', async () => {
    const dry = await run(file, '--reference', '--dry-run')
    expect(dry.stdout).toContain('Rien n’est enregistré')
    expect(await kept()).toEqual(new Map())
    const { code, stdout } = await run(file, '--reference', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toEqual({
      source: 'liste.csv',
      records: 4,
      unplaced: 1,
      epcis: [
        { siren: BREST, name: 'Brest Métropole', records: 2 },
        { siren: RENNES, name: 'Rennes Métropole', records: 1 },
      ],
      unreadable: [],
      saved: true,
    })
    expect(await kept()).toEqual(
      new Map([
        [BREST, { records: 2, list: 'liste.csv' }],
        [RENNES, { records: 1, list: 'liste.csv' }],
      ]),
    )
  })

  it('forgets the list when it is given an empty one', async () => {
    await run(file, '--reference')
    const empty = join(folder, 'vide.csv')
    await writeFile(empty, 'id,nom,code_insee\n')
    expect((await run(empty, '--reference')).code).toBe(0)
    expect(await kept()).toEqual(new Map())
  })

  it('is one thing at a time', async () => {
    const { code, stderr } = await run(file, '--reference', '--needs')
    expect(code).toBe(2)
    expect(stderr).toContain('--reference')
  })
})
