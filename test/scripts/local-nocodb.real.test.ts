import { expect, it } from 'vitest'
import { describeEngines } from '../helpers/engines.ts'

describeEngines('a local NocoDB', (nocodb) => {
  it('answers its API to the token it made', async () => {
    const headers = { 'xc-token': nocodb.token }
    const answer = await fetch(`${nocodb.url}/api/v2/meta/bases`, { headers })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toHaveProperty('list')
  })
})
