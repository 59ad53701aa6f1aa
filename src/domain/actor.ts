import type { FieldName } from './fields.ts'
import type { Written } from './reading/read-fields.ts'

/** The 32 fields of one record, each as it is read everywhere (see `readFields`): `|` between several values, null where empty. */
export type ActorFields = Readonly<Record<FieldName, string | null>>

/** One place or actor of the census, from a NocoDB base or from a file. */
export type Actor = {
  /** The NocoDB record id, or the file's own id; unique within one reading. */
  readonly id: string
  readonly fields: ActorFields
  /** The cells that are read otherwise than they are written, as they are written; absent or null: none. */
  readonly written?: Written | null
  /** SIREN (9 digits) of the EPCI it is linked to; null where no link is set or a file gives none. */
  readonly linkedEpci: string | null
  /** The SIREN that the row it is linked to bears by mistake: it does not count there, wherever it lies; absent or null: none. */
  readonly notInEpci?: string | null
  /** Last contact with the actor, 'YYYY-MM-DD'; null: unknown. */
  readonly contactedOn: string | null
  /** Where the record stands for the référents; null: not said. */
  readonly step: string | null
  /** Finding codes that a person accepted for good (« Vérifié exact »). */
  readonly verified: readonly string[]
  /** Records that a person said are other places (« Pas un doublon de »), in that person's words; absent or null: none. */
  readonly notDuplicateOf?: string | null
  /** The last day on which what people wrote changed, 'YYYY-MM-DD'; null: unknown. */
  readonly changedOn: string | null
}
