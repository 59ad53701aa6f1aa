import { addressFields } from './address-column.ts'
import { constantField } from './constant-field.ts'
import { daysField } from './day-columns.ts'
import { furtherFields } from './further-columns.ts'
import { addressField } from './joined-columns.ts'
import type { MappedProposal } from './mapped-proposal.ts'
import { wordedFields } from './own-words.ts'
import { pointFields } from './point-column.ts'
import { isRefusedMapping } from '../refusals.ts'
import type { SeenTable } from './seen-table.ts'
import { tickedFields } from './ticked-columns.ts'

/** Every field that several columns of theirs make, or one in their own words; one proposal a field. */
export function proposeMapped(seen: SeenTable): MappedProposal[] {
  const all = [
    ...tickedFields(seen),
    ...daysField(seen),
    ...addressField(seen),
    ...addressFields(seen),
    ...pointFields(seen),
    ...furtherFields(seen),
    ...constantField(seen),
    ...wordedFields(seen),
  ]
  const isOpen = (key: string) => seen.own.places.some((place) => place.key === key) // else config says already how
  const open = all.filter(
    ({ key, from }) => from === null || !isRefusedMapping(seen.theirs, `${seen.own.key}.${key}`, from),
  )
  return open.filter(({ key }, at) => isOpen(key) && open.findIndex((one) => one.key === key) === at)
}
