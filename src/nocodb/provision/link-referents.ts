import type { Columns } from '../../config/columns-file.ts'
import { typeset } from '../../domain/typography.ts'
import { PortreaError } from '../../errors.ts'
import type { Base } from '../base.ts'
import { dashboardAddress, viewAddress } from '../dashboard.ts'
import type { MetaClient } from '../meta-client.ts'
import type { CurrentTable } from '../meta-model.ts'
import { writeRows } from '../write-rows.ts'
import { findView } from './current-schema.ts'
import type { ReferentList } from './view-families.ts'

/** The référents beside whose name the address of their list is missing or another; a list not yet made is missing. */
export function unlinked(
  referents: readonly ReferentList[],
  actors: CurrentTable | undefined,
  address: (viewId: string) => string,
): ReferentList[] {
  return referents.filter(({ view, address: now }) => {
    const list = findView(actors, view)
    return list === undefined || now !== address(list.id)
  })
}

/** Writes the address of each list beside the names of its référents. Throws NOCODB_REFUSED where one does not go in. */
export async function linkReferents(
  meta: MetaClient,
  base: Base,
  columns: Columns,
  referents: readonly ReferentList[],
): Promise<void> {
  await base.refresh()
  const actors = await meta.table(base.table(columns.actors.title).id)
  const dashboard = await dashboardAddress(base.http)
  const address = (viewId: string) => viewAddress(dashboard, base.id, actors.id, viewId)
  const { title } = columns.referents.columns.view
  const changes = unlinked(referents, actors, address).flatMap(({ id, view }) => {
    const list = findView(actors, view)
    return list === undefined ? [] : [{ id, cells: { [title]: address(list.id) } }]
  })
  const { refused } = await writeRows(base, base.table(columns.referents.title), changes)
  if (refused.length > 0)
    throw new PortreaError(
      'NOCODB_REFUSED',
      typeset(`NocoDB a refusé des adresses de listes dans « ${title} ».`),
      {
        faults: refused.map(({ id, reason }) => `${columns.referents.title} ${id} : ${reason}`),
      },
    )
}
