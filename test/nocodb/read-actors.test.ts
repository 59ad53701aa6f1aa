import { describe, expect, it } from 'vitest'
import { stampOf } from '../../src/nocodb/actor-rows.ts'
import { readActors, readActorStamps } from '../../src/nocodb/read-actors.ts'
import { doubleBase, settings } from '../helpers/double-base.ts'

const NO_SIREN = { of: new Map<number, string>(), wrong: new Map<number, string>() }

const { title, columns } = settings.columns.actors

/** What the domain is given of one row. */
async function read(
  cells: Partial<Record<keyof typeof columns, string | number>>,
  types: Readonly<Record<string, string>> = {},
) {
  const row = Object.fromEntries(
    Object.entries(cells).map(([key, value]) => [columns[key as keyof typeof columns].title, value]),
  )
  const { parts } = await doubleBase({ [title]: [row] }, { types })
  for await (const [actor] of readActors(parts.base, settings.columns, NO_SIREN)) return actor?.actor
  return undefined
}

describe('the cells of a record', () => {
  it('come in by the same door as those of a file', async () => {
    const cells = {
      commune: 'Ã‰vran',
      code_postal: '22630.0',
      courriels: 'accueil@exemple.fr\u200b',
      longitude: '−1.68',
      nom: 'Mairie',
    }
    const actor = await read(cells)
    expect(actor?.fields).toMatchObject({
      commune: 'Évran',
      code_postal: '22630',
      courriels: 'accueil@exemple.fr',
      longitude: '-1.68',
      nom: 'Mairie',
    })
    const { nom: _, ...written } = cells
    expect(actor?.written).toEqual(written)
  })

  it('may be numbers of their own', async () => {
    const types = {
      [`${title}.${columns.code_postal.title}`]: 'Decimal',
      [`${title}.${columns.pivot.title}`]: 'Number',
    }
    const actor = await read({ code_postal: 22630, pivot: 43493312300029, nom: 'Mairie' }, types)
    expect(actor?.fields).toMatchObject({ code_postal: '22630', pivot: '43493312300029' })
    expect(actor?.written).toBeNull()
  })
})

describe('the instant of a record', () => {
  it('is that of its last change, else the one when it was made', async () => {
    const names = Array.from({ length: 5 }, (_, at) => ({ [columns.nom.title]: `Lieu ${at}` }))
    const { parts } = await doubleBase({ [title]: names })
    const { base } = parts
    const path = `/api/v2/tables/${base.table(title).id}/records`
    await base.http.send({ method: 'PATCH', path, body: [{ Id: 2, [columns.nom.title]: 'Mairie' }] })
    const stamps = new Map<number, string | null>()
    for await (const page of readActorStamps(base, settings.columns))
      for (const { id, stamp } of page) stamps.set(id, stamp)
    const whole = new Map<number, string | null>()
    for await (const page of readActors(base, settings.columns, NO_SIREN))
      for (const row of page) {
        whole.set(row.id, stampOf(row))
        expect(row.row['UpdatedAt'] === null).toBe(row.id !== 2)
      }
    expect([...stamps.values()]).not.toContain(null)
    expect(stamps).toEqual(whole)
  })
})
