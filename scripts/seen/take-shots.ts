import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { typeset } from '../../src/domain/typography.ts'
import type { Base } from '../../src/nocodb/base.ts'
import { openAt, stillPicture, unfold } from './nocodb-page.ts'
import type { Shot } from './shots.ts'

type Views = { readonly list: readonly { readonly id: string; readonly title: string }[] }

/** Takes the pictures into `folder`; `only` names some of them. Answers the files written, with their size in bytes. */
export async function takeShots(
  page: Page,
  base: Base,
  wanted: readonly Shot[],
  folder: string,
): Promise<ReadonlyMap<string, number>> {
  await mkdir(folder, { recursive: true })
  const taken = new Map<string, number>()
  for (const { file, table, view, group } of wanted) {
    await openAt(page, await addressOf(base, table, view))
    if (group !== null) await unfold(page, group)
    const picture = await stillPicture(page)
    await writeFile(join(folder, file), picture)
    taken.set(file, picture.length)
  }
  return taken
}

/** Where a view opens, by its title or by what its title holds (that of a family has a name in it). */
export async function addressOf(base: Base, table: string, view: string | null): Promise<string> {
  const { id } = base.table(table)
  const { list } = await base.http.send<Views>({ method: 'GET', path: `/api/v2/meta/tables/${id}/views` })
  const found = view === null ? list[0] : (list.find(({ title }) => title === view) ?? family(list, view))
  if (found === undefined) throw new Error(`The table « ${table} » has no view « ${view} ».`)
  return `${base.http.url}/dashboard/#/nc/${base.id}/${id}/${found.id}`
}

function family(list: Views['list'], part: string): Views['list'][number] | undefined {
  return list.find(({ title }) => title.includes(typeset(part)))
}
