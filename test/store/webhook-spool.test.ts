import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import type { WebhookNotice } from '../../src/store/engine.ts'
import { renameSpool } from '../../src/store/pre-release.ts'
import { webhookSpool } from '../../src/store/webhook-spool.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-notices-'))
afterAll(() => rmSync(folder, { recursive: true }))

const notice = (record: number): WebhookNotice => ({
  ...{ base: 'base', about: 'actors', record: String(record), event: 'update' },
})
const notices = (count: number) => Array.from({ length: count }, (_, at) => notice(at))
const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 12, 0, second))
let files = 0
const boxes = () => {
  const path = join(folder, `${(files += 1)}.sqlite`)
  return () =>
    webhookSpool(
      () => new DatabaseSync(path),
      (act) => act(),
    )
}

describe('the spool', () => {
  it('gives what was put, the oldest first, until it is forgotten, also to another process', () => {
    const another = boxes()
    const [box, reader] = [another(), another()]
    expect(reader.take()).toBeNull()
    box.put([notice(2), notice(1)], at(1))
    box.put([notice(3)], at(2))
    const taken = reader.take()
    expect(taken).toMatchObject({ notices: [notice(2), notice(1), notice(3)], at: at(1) })
    box.put([notice(2)], at(3))
    expect(box.take()?.notices).toHaveLength(4)
    taken?.forget()
    expect(reader.take()).toMatchObject({ notices: [notice(2)], at: at(3) })
    box.close()
    reader.close()
    expect(another().take()?.notices).toEqual([notice(2)])
  })

  it('never forgets what was put after it was taken, even once it was empty', () => {
    const box = boxes()()
    box.put([notice(1)], at(1))
    const first = box.take()
    first?.forget()
    box.put([notice(2)], at(2))
    first?.forget()
    expect(box.take()?.notices).toEqual([notice(2)])
  })

  it('gives thousands in handfuls', () => {
    const box = boxes()()
    box.put(notices(2500), at(1))
    const counts = []
    for (let taken = box.take(); taken !== null; taken = box.take()) {
      counts.push(taken.notices.length)
      taken.forget()
    }
    expect(counts).toEqual([1000, 1000, 500])
  })

  it('keeps all or nothing of a call: when the disk is full, when a notice is not one', () => {
    const disk = new DatabaseSync(':memory:')
    const box = webhookSpool(
      () => disk,
      (act) => act(),
    )
    expect(box.take()).toBeNull()
    disk.exec('pragma max_page_count = 3') // no page more than there are
    expect(() => box.put(notices(3000), at(1))).toThrow(/full/u)
    const unfit = { ...notice(1), base: null as unknown as string }
    expect(() => box.put([notice(2), unfit], at(1))).toThrow(/NOT NULL/u)
    expect(box.take()).toBeNull()
    disk.exec('pragma max_page_count = 1000000')
    box.put(notices(3000), at(1))
    expect(box.take()?.notices).toHaveLength(1000)
  })

  it('goes on under its new name with what waited under the former one', () => {
    const place = mkdtempSync(join(folder, 'former-'))
    const former = new DatabaseSync(join(place, 'portrea.letters.sqlite'))
    former.exec(
      `pragma journal_mode = wal;
      create table letters (
        id integer primary key autoincrement, at text not null,
        base text not null, about text not null, record text not null, event text not null);
      insert into letters (at, base, about, record, event)
      values ('2026-11-25T12:00:01.000Z', 'base', 'actors', '7', 'update')`,
    )
    former.close()
    renameSpool(place, 'spool.sqlite')
    renameSpool(place, 'spool.sqlite')
    expect(existsSync(join(place, 'portrea.letters.sqlite'))).toBe(false)
    const box = webhookSpool(
      () => new DatabaseSync(join(place, 'spool.sqlite')),
      (act) => act(),
    )
    box.put([notice(8)], at(2))
    expect(box.take()).toMatchObject({ notices: [notice(7), notice(8)], at: at(1) })
    box.close()
  })
})
