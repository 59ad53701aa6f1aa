import { expect, it, vi } from 'vitest'
import { deleteRows } from '../../src/nocodb/delete-rows.ts'
import { describeEngines } from '../helpers/engines.ts'
import { makeTestBase } from '../helpers/portrea-base.ts'

vi.setConfig({ testTimeout: 120_000 })

describeEngines('deleting rows', (nocodb) => {
  it('takes those named, in as many batches as it needs, also when one is gone already', async () => {
    const test = await makeTestBase(nocodb, 'delete rows')
    const ids = await test.insert(
      'Participants',
      Array.from({ length: 230 }, (_, at) => ({ Nom: `Personne ${at}` })),
    )
    const [first, gone, ...others] = ids
    const table = test.base.table('Participants')
    expect(await deleteRows(test.base, table, [gone!])).toEqual([])
    expect(await deleteRows(test.base, table, [gone!, ...others])).toEqual([])
    expect([...(await test.cells('Participants')).keys()]).toEqual([first])
    await test.close()
  })
})
