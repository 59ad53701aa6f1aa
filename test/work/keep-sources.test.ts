import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { headerReader } from '../../src/config/headers.ts'
import { SourceFile } from '../../src/config/sources.ts'
import type { Source } from '../../src/config/sources.ts'
import { tryLock } from '../../src/store/locks.ts'
import { isDue, keepSources } from '../../src/work/keep-sources.ts'
import { doubleBase } from '../helpers/double-base.ts'
import { plain } from '../helpers/plain.ts'
import { actorRow, LIBRARY, shownProposals } from '../engine/import/source.ts'

const about = {
  title: 'Réseau des lieux',
  producer: 'Hub',
  licence: 'Licence Ouverte 2.0',
  attribution: 'Hub',
}
const sourceOf = (more: Partial<Source>): Source => ({
  ...{ ...about, name: 'reseau', format: 'csv', columns: null, allowPrivate: true, megabytes: 1, minutes: 1 },
  ...more,
})

describe('the rhythm of a source', () => {
  it.each<[string, Partial<Source>, string | null, boolean]>([
    ['every night, read yesterday', { every: 'night', url: 'https://e.example' }, '2026-11-23', true],
    ['every night, read today', { every: 'night', url: 'https://e.example' }, '2026-11-24', false],
    ['every month, read this month', { every: 'month', url: 'https://e.example' }, '2026-11-01', false],
    ['every month, read the month before', { every: 'month', url: 'https://e.example' }, '2026-10-31', true],
    ['every month, never read', { every: 'month', url: 'https://e.example' }, null, true],
    ['none', { url: 'https://e.example' }, null, false],
  ])('%s', (_, source, last, expected) => {
    expect(isDue(sourceOf(source), last, '2026-11-24')).toBe(expected)
  })

  it('needs an address', () => {
    expect(SourceFile.safeParse({ ...about, format: 'csv', every: 'night' }).success).toBe(false)
    expect(
      SourceFile.safeParse({ ...about, format: 'csv', every: 'night', url: 'https://e.example' }).success,
    ).toBe(true)
  })
})

/** A list on a server, which a test changes, and the base that it is held against. */
async function stage(more: Partial<Source> = {}) {
  const list = { text: '', asked: 0, status: 200 }
  const server = createServer((request, response) => {
    list.asked += 1
    const etag = `"${list.text.length}"`
    if (request.headers['if-none-match'] === etag && list.status === 200)
      return void response.writeHead(304).end()
    response.writeHead(list.status, { etag, 'content-type': 'text/csv' }).end(list.text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const folder = mkdtempSync(join(tmpdir(), 'portrea-sources-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const { double, parts } = await doubleBase({ Acteurs: [actorRow(LIBRARY)] })
  const source = sourceOf({
    ...{ every: 'night', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/lieux.csv` },
    ...more,
  })
  const day = { now: '2026-11-24' }
  const keep = (signal = new AbortController().signal) =>
    keepSources(
      { ...parts, now: () => new Date(`${day.now}T03:30:00Z`) },
      { sources: [source], headers: headerReader(), folder, signal },
    )
  const said = () =>
    [...double.table('Synchronisations').rows()].map(([, row]) => [
      row['Résultat'] ?? row['Issue'],
      plain(String(row['Message'])),
    ])
  return { list, keep, day, said, store: parts.store, shown: () => shownProposals(double).map(plain) }
}

const CSV = (phone: string) =>
  `id,nom,commune,code_postal,adresse,telephone\na,${LIBRARY.nom},${LIBRARY.commune},${LIBRARY.code_postal},${LIBRARY.adresse},${phone}\n`

describe('a source that is kept up', () => {
  it('is read once a night, proposed, and told in « Synchronisations »', async () => {
    const { list, keep, day, said, shown } = await stage()
    list.text = CSV('+33296604787')
    await keep()
    await keep()
    expect(list.asked).toBe(1)
    expect(shown()).toHaveLength(1)
    expect(said().map(([, message]) => message)).toEqual([
      "Source « Réseau des lieux » :\n1 donnée que des fiches n'ont pas",
    ])
    day.now = '2026-11-25'
    await keep() // it has not changed: nothing is read, nothing is told
    expect([list.asked, said()]).toEqual([2, [expect.anything()]])
    day.now = '2026-11-26'
    list.text = `${CSV('+33296604700')}\n`
    await keep()
    expect(shown().some((one) => one.includes('Dépassée'))).toBe(true)
    expect(said()).toHaveLength(2)
  })

  it('that loses a column is told, and what it said there before stands', async () => {
    const columns = { nom: 'nom', commune: 'commune', code_postal: 'code_postal', adresse: 'adresse' }
    const read = SourceFile.parse({
      ...about,
      format: 'csv',
      columns: { ...columns, telephone: 'telephone' },
    })
    const { list, keep, day, said, shown } = await stage({
      columns: (read.columns ?? null) as Source['columns'],
    })
    list.text = CSV('+33296604787')
    await keep()
    const before = shown()
    expect(before).toEqual([expect.stringContaining('Téléphone')])
    day.now = '2026-11-25'
    list.text = CSV('+33296604787').replace('telephone', 'tel_accueil')
    await keep()
    expect(shown()).toEqual(before)
    expect(said().at(-1)?.[1]).toContain('Colonnes attendues de cette source, absentes ici : « telephone »')
    day.now = '2026-11-26'
    list.text = CSV('+33296604787').replace('nom,', 'libelle,')
    await keep()
    expect(said().at(-1)?.[1]).toContain('« nom »')
    expect(shown()).toEqual(before)
  })

  it('that fails is told, and read again the next night', async () => {
    const { list, keep, day, said, shown } = await stage()
    Object.assign(list, { text: 'nope', status: 404 })
    await keep()
    await keep() // not twice a night
    expect(said()).toHaveLength(1)
    day.now = '2026-11-25'
    expect(said().at(-1)?.[1]).toContain("elle n'a pas pu être lue")
    Object.assign(list, { text: CSV('+33296604787'), status: 200 })
    await keep()
    expect(shown()).toHaveLength(1)
  })

  it('is read by one of two services that come to it at once, and once a command has done with its own list', async () => {
    const { list, keep, said, shown, store } = await stage()
    list.text = CSV('+33296604787')
    const command = (await tryLock(store, 'fetch'))!
    const both = Promise.all([keep(), keep()])
    await sleep(100)
    expect(list.asked).toBe(0)
    await command.release()
    await both
    expect([list.asked, shown().length, said().length]).toEqual([1, 1, 1])
  })

  it('is not waited for by a service that stops', async () => {
    const { keep, said, store } = await stage()
    const command = (await tryLock(store, 'fetch'))!
    const stop = new AbortController()
    const kept = keep(stop.signal)
    await sleep(50)
    stop.abort()
    await kept
    await command.release()
    expect(said()).toEqual([])
  })
})
