import { afterAll } from 'vitest'
import { startNocodbDouble } from '../helpers/nocodb-double/double.ts'
import type { Double } from '../helpers/nocodb-double/double.ts'
import { hooksContract } from './hooks-contract.ts'

let double: Double
afterAll(() => double.stop())

hooksContract('webhooks of NocoDB (double)', async () => {
  double = await startNocodbDouble()
  return { url: double.url, token: double.token, engine: 'PostgreSQL' }
})
