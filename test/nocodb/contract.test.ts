import { afterAll } from 'vitest'
import { startNocodbDouble } from '../helpers/nocodb-double/double.ts'
import type { Double } from '../helpers/nocodb-double/double.ts'
import { contract, KEY_WAYS } from './contract.ts'

const doubles: Double[] = []
afterAll(async () => {
  for (const double of doubles) await double.stop()
})

async function open() {
  const double = await startNocodbDouble()
  doubles.push(double)
  return { url: double.url, token: double.token, engine: 'PostgreSQL' as const }
}

contract('the contract of the NocoDB room (double)', open)
contract('the contract where keys are titled otherwise (double)', open, {
  keys: { title: 'N° (de la fiche), « Id »', uidt: 'ID' },
  ways: KEY_WAYS,
})
contract('the contract where keys are numbers of a database of their own (double)', open, {
  keys: { title: 'id', uidt: 'Number' },
  ways: KEY_WAYS,
})
