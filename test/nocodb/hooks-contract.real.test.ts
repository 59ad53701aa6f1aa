import { describeEngines } from '../helpers/engines.ts'
import { hooksContract } from './hooks-contract.ts'

describeEngines('webhooks of NocoDB', (nocodb, engine) => {
  hooksContract('as the live work takes them', async () => ({ ...nocodb, engine }))
})
