import { afterAll } from 'vitest'
import { startNocodbDouble } from '../helpers/nocodb-double/double.ts'
import type { Double } from '../helpers/nocodb-double/double.ts'
import { contract } from './contract.ts'

let double: Double
afterAll(() => double.stop())

contract('the contract of the NocoDB room (double)', async () => {
  double = await startNocodbDouble()
  return { url: double.url, token: double.token, engine: 'PostgreSQL' }
})
