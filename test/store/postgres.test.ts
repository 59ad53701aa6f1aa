import { expect, it } from 'vitest'
import { openStore } from '../../src/store/database.ts'

it('says which server does not answer, without the password', async () => {
  const databaseUrl = 'postgresql://portrea:hidden-word@127.0.0.1:1/portrea'
  const fault = await openStore({ dataDir: '', databaseUrl }).catch((error: unknown) => error)
  expect(fault).toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.stringMatching(
      /postgresql:\/\/portrea@127\.0\.0\.1:1\/portrea .*ECONNREFUSED.*DATABASE_URL/,
    ),
  })
  expect(String(fault)).not.toContain('hidden-word')
})

it('shows nothing of an address it cannot read', async () => {
  const opening = openStore({ dataDir: '', databaseUrl: 'hidden-word' })
  await expect(opening).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.not.stringContaining('hidden-word'),
  })
})
