import { describe, expect, it } from 'vitest'
import { runSync } from '../../src/engine/run-sync.ts'
import { all, doubleBase } from '../helpers/double-base.ts'
import { planLeft } from '../helpers/live-service.ts'

const EPCI = [{ Nom: 'Brest Métropole', SIREN: '242900314' }]
const place = (at: number) => ({ Nom: `Lieu ${at}`, 'Code INSEE': '29019', EPCI_id: 1 })

describe('a store that serves two bases in turn', () => {
  it('writes the figures of what people changed meanwhile, not those of before', async () => {
    const { parts, sync } = await doubleBase({ EPCI, Acteurs: [1, 2, 3].map(place) })
    const other = await doubleBase({ EPCI, Acteurs: [place(9)] })
    await sync()
    await runSync({ ...other.parts, store: parts.store }, all)
    const { base } = parts
    const path = `/api/v2/tables/${base.table('Acteurs').id}/records`
    await base.http.send({
      method: 'PATCH',
      path,
      body: [{ Id: 2, Adresse: '1 rue de Siam', Commune: 'Brest' }],
    })
    await base.http.send({ method: 'POST', path, body: [place(4)] })
    const { counts } = await sync()
    expect(counts.cellsWritten).toBeGreaterThan(0)
    expect(await planLeft({ parts })).toEqual([])
  })
})
