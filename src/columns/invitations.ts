import { added, date, hidden, longText, select, text, whole, wide, written } from './kinds.ts'
import type { Definition } from './kinds.ts'
import { LABELS } from './labels.ts'

/**
 * The columns of the table « Invitations »: a row is one actor and one journée. The service proposes rows and keeps what it
 * says of them up to date; `state` is people's once it says anything but « À inviter », as are dates and numbers of people.
 */
export const INVITATIONS = {
  actor: added('Acteur', written(wide(text, 240))),
  state: added(
    'État',
    wide(
      select(LABELS.invitationState, {
        ...{ to_invite: 'neutral', invited: 'active', reminded: 'weak' },
        ...{ coming: 'fair', present: 'good', absent: 'bad' },
      }),
      130,
    ),
  ),
  people: added('Personnes', wide(whole, 120)),
  rank: added('Ordre', written(wide(whole, 90))),
  why: added('Pourquoi', written(wide(longText, 320))),
  latest: added('À inviter avant le', written(wide(date, 160))),
  referent: added('Référent·e', written(wide(text, 190))),
  invitedOn: added('Invité·e le', wide(date, 130)),
  remindedOn: added('Relancé·e le', wide(date, 140)),
  answeredOn: added('Répondu le', wide(date, 130)),
  remark: added('Remarque', longText),
  saidBy: added('État changé par', written(wide(text, 200))),
  epci: added('EPCI', written(wide(text, 210))),
  date: added('Date de la journée', written(wide(date, 170))),
  journee: added('Journée n°', written(wide(whole, 120))),
  siren: added('SIREN', written(wide(text, 110))),
  recordId: added('Numéro de fiche', hidden(written(text))),
  doorBefore: added('Avant l’accueil', hidden(written(text))),
} as const satisfies Readonly<Record<string, Definition>>
