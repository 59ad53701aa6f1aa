import { readAdoption } from '../../src/config/adoption-file.ts'
import { headerReader } from '../../src/config/headers.ts'
import { readSource } from '../../src/files/read-source.ts'
import { configDirectory } from '../../src/app.ts'

/** Reads every record of a list, and keeps none; gives how many there are. */
export async function readList(path: string): Promise<number> {
  const { records } = await readSource(path, {
    source: null,
    headers: headerReader(readAdoption(configDirectory())),
  })
  let count = 0
  for await (const one of records) if (!('reason' in one)) count += 1
  return count
}
