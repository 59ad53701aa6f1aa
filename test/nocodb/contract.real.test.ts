import { describeEngines } from '../helpers/engines.ts'
import { contract } from './contract.ts'

describeEngines('the contract of the NocoDB room', (nocodb, engine) => {
  contract('reads, writes, links and inserts', async () => ({ ...nocodb, engine }))
})
