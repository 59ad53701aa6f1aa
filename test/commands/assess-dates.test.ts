import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cli } from '../helpers/cli.ts'
import { plain } from '../helpers/plain.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-dates-'))
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0

/** The dates of a file after `--fix`, what was said of them, and what is proposed for each. */
async function fixed(...dates: string[]) {
  count += 1
  const [given, copy] = [join(folder, `in-${count}.csv`), join(folder, `out-${count}.csv`)]
  writeFileSync(given, ['id;nom;date_maj', ...dates.map((date, at) => `a${at};Lieu;${date}`), ''].join('\n'))
  const { stdout, stderr } = await cli(['assess', given, '--fix', copy, '--json'])
  const rows = readFileSync(copy, 'utf8').trim().split('\n').slice(1)
  type Found = { findings: { field: string; severity: string; suggestion: string | null }[] }
  const proposed = (JSON.parse(stdout) as { actors: Found[] }).actors.map(
    ({ findings }) => findings.find(({ field }) => field === 'date_maj')?.suggestion ?? null,
  )
  const severities = (JSON.parse(stdout) as { actors: Found[] }).actors.map(
    ({ findings }) => findings.find(({ field }) => field === 'date_maj')?.severity ?? null,
  )
  return { after: rows.map((row) => row.split(';')[2]), said: plain(stderr), proposed, severities }
}

describe('dates whose order is not sure', () => {
  it('are read day first where another date proves it', async () => {
    const { after, said } = await fixed('09/01/2026', '25/01/2026', '2026-01-09')
    expect(after).toEqual(['2026-01-09', '2026-01-25', '2026-01-09'])
    expect(said).not.toMatch(/deux façons/u)
  })

  it('are left, and told, beside one that begins with the month: nothing is proposed for them either', async () => {
    const { after, said, proposed, severities } = await fixed('09/01/2026', '12/13/2026', '05/05/2026')
    expect(after).toEqual(['09/01/2026', '12/13/2026', '2026-05-05'])
    expect(said).toMatch(
      /1 date comme « 09\/01\/2026 » peut se lire de deux façons \(« 12\/13\/2026 » écrit/u,
    )
    expect(proposed).toEqual([null, null, '2026-05-05'])
    expect(severities).toEqual(['warning', 'blocking', 'info'])
  })

  it('are left where some begin with the day and some with the month', async () => {
    const { after, said } = await fixed('09/01/2026', '10.02.2026', '12/13/2025', '25/01/2026')
    expect(after).toEqual(['09/01/2026', '10.02.2026', '12/13/2025', '2026-01-25'])
    expect(said).toMatch(
      /2 dates comme « 09\/01\/2026 ».*« 12\/13\/2025 » écrit.*« 25\/01\/2026 » le contraire/u,
    )
  })

  it('are left where nothing tells', async () => {
    const { after, said, proposed } = await fixed('09/01/2026', '10/02/2026 00:00')
    expect(after).toEqual(['09/01/2026', '10/02/2026 00:00'])
    expect(said).toMatch(/aucune autre ne dit si le jour vient d'abord/u)
    expect(proposed[0]).toBe('2026-01-09')
  })

  it('are not told apart by two figures for a year, which may come first', async () => {
    expect((await fixed('09/01/2026', '25/01/26')).after).toEqual(['09/01/2026', '25/01/26'])
    expect((await fixed('09/01/2026', '12/13/26', '25/01/2026')).after[0]).toBe('09/01/2026')
  })

  it('are those with the year first as well, beside one whose day comes before its month', async () => {
    expect((await fixed('2026/01/09', '2026/01/25')).after).toEqual(['2026-01-09', '2026-01-25'])
    expect((await fixed('2026/01/09', '2026/25/01')).after).toEqual(['2026/01/09', '2026/25/01'])
  })

  it('are never those written AAAA-MM-JJ, whatever stands beside them', async () => {
    const { after, said } = await fixed('2026-01-09', '2026-02-03', '2026-25-12')
    expect(after).toEqual(['2026-01-09', '2026-02-03', '2026-25-12'])
    expect(said).not.toMatch(/deux façons/u)
  })
})
