import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { cacheFolder, openToOthers } from '../../scripts/local-nocodb/folders.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-folders-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('keeps what it installs where PORTREA_CACHE_DIR says', () => {
  expect(cacheFolder({ PORTREA_CACHE_DIR: folder })).toBe(folder)
})

it('sees that a folder below a closed one cannot be entered by another user', () => {
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'closed', 'data'), { recursive: true })
  chmodSync(join(folder, 'closed'), 0o700)
  expect(openToOthers(join(folder, 'closed', 'data'))).toBe(false)
  expect(openToOthers(join(folder, 'not', 'made', 'yet'))).toBe(openToOthers(tmpdir()))
})
