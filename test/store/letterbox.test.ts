import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import type { Letter } from '../../src/store/engine.ts'
import { letterboxIn } from '../../src/store/letterbox.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-letters-'))
afterAll(() => rmSync(folder, { recursive: true }))

const letter = (record: number): Letter => ({
  ...{ base: 'base', about: 'actors', record: String(record), event: 'update' },
})
const letters = (count: number) => Array.from({ length: count }, (_, at) => letter(at))
const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 12, 0, second))
let files = 0
const boxes = () => {
  const path = join(folder, `${(files += 1)}.sqlite`)
  return () =>
    letterboxIn(
      () => new DatabaseSync(path),
      (act) => act(),
    )
}

describe('the letterbox', () => {
  it('gives what was put, the oldest first, until it is forgotten, also to another process', () => {
    const another = boxes()
    const [box, reader] = [another(), another()]
    expect(reader.take()).toBeNull()
    box.put([letter(2), letter(1)], at(1))
    box.put([letter(3)], at(2))
    const taken = reader.take()
    expect(taken).toMatchObject({ letters: [letter(2), letter(1), letter(3)], at: at(1) })
    box.put([letter(2)], at(3))
    expect(box.take()?.letters).toHaveLength(4)
    taken?.forget()
    expect(reader.take()).toMatchObject({ letters: [letter(2)], at: at(3) })
    box.close()
    reader.close()
    expect(another().take()?.letters).toEqual([letter(2)])
  })

  it('never forgets what was put after it was taken, even once it was empty', () => {
    const box = boxes()()
    box.put([letter(1)], at(1))
    const first = box.take()
    first?.forget()
    box.put([letter(2)], at(2))
    first?.forget()
    expect(box.take()?.letters).toEqual([letter(2)])
  })

  it('gives thousands in handfuls', () => {
    const box = boxes()()
    box.put(letters(2500), at(1))
    const counts = []
    for (let taken = box.take(); taken !== null; taken = box.take()) {
      counts.push(taken.letters.length)
      taken.forget()
    }
    expect(counts).toEqual([1000, 1000, 500])
  })

  it('keeps all or nothing of a call: when the disk is full, when a letter is not one', () => {
    const disk = new DatabaseSync(':memory:')
    const box = letterboxIn(
      () => disk,
      (act) => act(),
    )
    expect(box.take()).toBeNull()
    disk.exec('pragma max_page_count = 3') // no page more than there are
    expect(() => box.put(letters(3000), at(1))).toThrow(/full/u)
    const unfit = { ...letter(1), base: null as unknown as string }
    expect(() => box.put([letter(2), unfit], at(1))).toThrow(/NOT NULL/u)
    expect(box.take()).toBeNull()
    disk.exec('pragma max_page_count = 1000000')
    box.put(letters(3000), at(1))
    expect(box.take()?.letters).toHaveLength(1000)
  })
})
