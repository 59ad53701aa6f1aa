import { added, checkbox, email, hidden, longText, select, text, whole, wide, written } from './kinds.ts'
import type { Definition } from './kinds.ts'
import { LABELS } from './labels.ts'

/**
 * The columns of the table « Participants »: a row is a person enrolled for one journée. `group` is people's: the service
 * fills it where it is empty or still holds what `proposedGroup` says that the service wrote there.
 */
export const PARTICIPANTS = {
  name: wide(text, 220),
  day: 'link',
  organisation: text,
  structureKind: added(
    'Type de structure',
    wide(
      select(LABELS.structureKind, {
        ...{ local_authority: 'kind', state: 'kind', association: 'kind', company: 'kind', other: 'kind' },
      }),
      190,
    ),
  ),
  position: text,
  email,
  facilitates: added('Anime', checkbox),
  group: added('Groupe', whole),
  with: added('Avec', wide(text, 200)),
  apart: added('Pas avec', wide(text, 200)),
  groupNote: added('À savoir sur le groupe', written(wide(longText, 300))),
  attended: checkbox,
  proposedGroup: added('Groupe proposé par Portrea', hidden(written(whole))),
} as const satisfies Readonly<Record<string, Definition>>
