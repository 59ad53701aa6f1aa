import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadGeography } from '../../src/config/geography.ts'
import { addDiagnostic } from '../../src/nocodb/add-diagnostic.ts'
import { addFormDiagnostic } from '../../src/nocodb/add-form-diagnostic.ts'
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

  const reading = { columns, geography: loadGeography(), rules: settings.rules.maturity.declared }
  const said = { siren: SIREN, day: '2026-11-24', author: 'camille@exemple.bzh', remark: '' }
  const rows = async () => (await readDeclaredRows(made.base, columns, loadGeography())).diagnostics

  it('is a row of its EPCI with what was changed alone, read back as it was given', async () => {
    const given = {
      ...said,
      seen: { aim: null, tool: null, meetingsPerYear: null },
      wished: { aim: 'networking', tool: 'shared_above', meetingsPerYear: 0 },
      remark: "Vu en « réunion » d'hier",
    } as const
    expect(await addDiagnostic(made.base, reading, given)).toEqual({ kind: 'kept' })
    const { diagnostics, epcis } = await readDeclaredRows(made.base, columns, loadGeography())
    expect(diagnostics).toHaveLength(1)
    const [row] = diagnostics
    expect(row?.answers).toEqual(situation({ answers: given.wished }).answers)
    expect(epcis.find(({ id }) => id === row?.epci)?.siren).toBe(SIREN)
    const [cells] = [...(await made.cells(columns.diagnostics.title)).values()]
    const { date, author, remark, governance } = columns.diagnostics.columns
    expect([date, author, remark, governance].map(({ title }) => cells?.[title] ?? null)).toEqual([
      '2026-11-24',
      given.author,
      given.remark,
      null,
    ])
  })

  it('is held against the answers of the base: newer ones stay, the same are not written again', async () => {
    const before = (await rows()).length
    const unseen = { ...said, seen: { aim: null }, wished: { aim: 'database' } } as const
    expect(await addDiagnostic(made.base, reading, unseen)).toMatchObject({
      kind: 'moved',
      now: { answers: { aim: 'networking', tool: 'shared_above', meetingsPerYear: 0 } },
    })
    const same = { ...said, seen: { aim: 'database' }, wished: { aim: 'networking' } } as const
    expect(await addDiagnostic(made.base, reading, same)).toEqual({ kind: 'unchanged' })
    expect((await rows()).length).toBe(before)
    const next = { ...said, seen: { aim: 'networking' }, wished: { aim: 'database' } } as const
    expect(await addDiagnostic(made.base, reading, next)).toEqual({ kind: 'kept' })
    const last = (await rows()).at(-1)?.answers
    expect([last?.aim, last?.tool]).toEqual(['database', null])
  })

  it('without an account is one row, found again whatever it says', async () => {
    const before = (await rows()).length
    const given = { siren: SIREN, day: '2026-11-26', author: 'Formulaire public : le « CCAS »' }
    const answers = { governance: 'planned', tool: 'shared_above', meetingsPerYear: 0 } as const
    const add = (remark: string) =>
      addFormDiagnostic(made.base, columns, loadGeography(), { ...given, answers, remark })
    for (const remark of ["Deux lignes :\nl'autre", "Deux lignes :\nl'autre", '', '']) await add(remark)
    expect((await rows()).slice(before).map((row) => row.answers)).toEqual([
      situation({ answers }).answers,
      situation({ answers }).answers,
    ])
  })

  it('of an EPCI that the base does not have is refused, and leaves no row', async () => {
    const before = (await rows()).length
    const given = { ...said, siren: '200000001', seen: { use: null }, wished: { use: 'regular' } } as const
    await expect(addDiagnostic(made.base, reading, given)).rejects.toMatchObject({ code: 'NOCODB_REFUSED' })
    expect((await rows()).length).toBe(before)
  })
})
