import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { doubleBase } from '../helpers/double-base.ts'
import { withList } from '../../src/work/with-list.ts'

it('refuses a second list at once, and takes it once the first is done with, or failed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portrea-lists-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const server = createServer((request, response) => void response.end(`of ${request.url}`))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { store } = (await doubleBase({})).parts
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const by = {
    ...{
      folder,
      allowPrivate: true,
      megabytes: 1,
      minutes: 1,
      onlyIfChanged: true,
      readAs: '',
      waits: false,
    },
  }
  const services = join(folder, 'services.csv')
  writeFileSync(services, 'of a file')
  const one = (use: () => Promise<unknown> = () => Promise.resolve()) =>
    withList(store, { list: `${origin}/one`, services }, by, async (list) => {
      await use()
      return [list.path, list.services!].map((path) => readFileSync(path, 'utf8'))
    })
  const read = ['of /one', 'of a file']
  const second = one(async () => {
    await expect(one()).rejects.toMatchObject({ code: 'SYNC_RUNNING' })
  })
  expect(await second).toEqual(read)
  await expect(one(() => Promise.reject(new Error('cut')))).rejects.toThrow('cut')
  expect(await one()).toEqual(read)
  expect(readdirSync(folder).filter((name) => name.endsWith('.list'))).toEqual([])
})
