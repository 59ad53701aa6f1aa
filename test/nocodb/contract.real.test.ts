import { describe, it } from 'vitest'
import { describeEngines } from '../helpers/engines.ts'
import { contract, KEY_WAYS } from './contract.ts'

describeEngines('the contract of the NocoDB room', (nocodb, engine) => {
  contract('reads, writes, links and inserts', async () => ({ ...nocodb, engine }))

  if (engine === 'SQLite')
    return describe('where keys are titled otherwise', () => {
      it.skip('does so (NocoDB changes no primary key on SQLite)', () => {})
    })
  contract('does so where keys are titled otherwise', async () => ({ ...nocodb, engine }), {
    keys: { title: 'N° (de la fiche), « Id »', uidt: 'Number' },
    ways: KEY_WAYS,
  })
})
