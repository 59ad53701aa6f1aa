import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadGeography } from '../../src/config/geography.ts'
import { addDiagnostic } from '../../src/nocodb/add-diagnostic.ts'
import { readDeclaredRows } from '../../src/nocodb/read-declared-rows.ts'
import { describeEngines } from '../helpers/engines.ts'
import { makeTestBase, settings } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'
import { situation } from '../helpers/situations.ts'

const { columns } = settings
const SIREN = '242900314'

describeEngines('a diagnostic that a person keeps', (nocodb) => {
  let made: TestBase
  beforeAll(async () => {
    made = await makeTestBase(nocodb, 'diagnostic kept')
    const { siren, name } = columns.epcis.columns
    await made.insert(columns.epcis.title, [
      { [siren.title]: '200067072', [name.title]: 'CA Guingamp-Paimpol' },
      { [siren.title]: SIREN, [name.title]: 'Brest Métropole' },
    ])
  })
  afterAll(() => made.close())

  it('is a row of its EPCI, read back as it was given, what is not known as such', async () => {
    const { answers } = situation({
      answers: { aim: 'networking', tool: 'shared_above', meetingsPerYear: 0 },
    })
    const given = {
      siren: SIREN,
      answers,
      day: '2026-11-24',
      author: 'camille@exemple.bzh',
      remark: "Vu en « réunion » d'hier",
    }
    await addDiagnostic(made.base, columns, loadGeography(), given)
    const { diagnostics, epcis } = await readDeclaredRows(made.base, columns, loadGeography())
    expect(diagnostics).toHaveLength(1)
    const [row] = diagnostics
    expect(row?.answers).toEqual(answers)
    expect(epcis.find(({ id }) => id === row?.epci)?.siren).toBe(SIREN)
    const [cells] = [...(await made.cells(columns.diagnostics.title)).values()]
    const { date, author, remark, governance } = columns.diagnostics.columns
    expect([date, author, remark, governance].map(({ title }) => cells?.[title])).toEqual([
      '2026-11-24',
      given.author,
      given.remark,
      'Je ne sais pas',
    ])
  })

  it('of an EPCI that the base does not have is refused, and leaves no row', async () => {
    const { answers } = situation({})
    const given = { siren: '200000001', answers, day: '2026-11-24', author: 'x', remark: '' }
    const before = (await made.cells(columns.diagnostics.title)).size
    await expect(addDiagnostic(made.base, columns, loadGeography(), given)).rejects.toMatchObject({
      code: 'NOCODB_REFUSED',
    })
    expect((await made.cells(columns.diagnostics.title)).size).toBe(before)
  })
})
