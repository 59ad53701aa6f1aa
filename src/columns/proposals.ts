import { added, dateTime, hidden, longText, select, text, url, whole, wide, written } from './kinds.ts'
import type { Definition } from './kinds.ts'
import { LABELS } from './labels.ts'

/**
 * The columns of the table « Propositions »: a row is one thing that a source says of one record, or one place that the base
 * does not have. What is proposed never changes once it stands there: a person's « Accepter » is a yes to what they read.
 */
export const PROPOSALS = {
  record: added('Fiche', written(wide(text, 230))),
  field: added('Champ', written(wide(text, 140))),
  before: added('Valeur actuelle', written(wide(longText, 190))),
  after: added('Valeur proposée', written(wide(longText, 270))),
  decision: added(
    'Décision',
    wide(select(LABELS.decision, { accept: 'good', refuse: 'bad', undo: 'weak' }), 130),
  ),
  accept: 'button',
  open: added('Ouvrir la fiche', written(wide(url, 150))),
  sameAs: added('C’est la fiche n°', wide(text, 170)),
  kind: added(
    'Nature',
    written(
      wide(
        select(LABELS.proposalKind, {
          ...{
            new: 'active',
            completion: 'fair',
            conflict: 'weak',
            unsure: 'weak',
            merge: 'kind',
            gone: 'neutral',
          },
        }),
        170,
      ),
    ),
  ),
  state: added(
    'État',
    written(
      wide(
        select(LABELS.proposalState, {
          ...{ pending: 'active', applied: 'good', refused: 'bad', outdated: 'neutral' },
          ...{ undone: 'weak', impossible: 'weak' },
        }),
        120,
      ),
    ),
  ),
  outcome: added('Suite donnée', written(wide(longText, 320))),
  why: added('Pourquoi', written(wide(longText, 280))),
  confidence: added('Confiance (%)', written(wide(whole, 130))),
  source: added('Source', written(wide(text, 200))),
  epci: added('EPCI', written(wide(text, 210))),
  proposedOn: added('Proposée le', written(dateTime)),
  appliedOn: added('Appliquée le', written(dateTime)),
  remark: added('Remarque', longText),
  siren: added('SIREN', written(wide(text, 110))),
  recordId: added('Numéro de fiche', hidden(written(text))),
  fields: added('Champs (clés)', hidden(written(text))),
  origin: added('Origine', hidden(written(text))),
  key: added('Clé dans la source', hidden(written(text))),
  code: added('Code', hidden(written(text))),
  attempt: added('En cours', hidden(written(longText))),
} as const satisfies Readonly<Record<string, Definition>>
