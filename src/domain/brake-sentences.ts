import { commandLine } from './command-line.ts'
import type { BrakeReason } from './brake.ts'
import { counted, frenchNumber, typeset } from './typography.ts'

/** What this base calls its tables (`column` null) and columns. */
export type Titles = (table: string, column: string | null) => string

/** A reason in French, for those who know the base by its own names. */
export function brakeSentence(reason: BrakeReason, title: Titles): string {
  switch (reason.code) {
    case 'rows.missing': {
      const { table, before, now } = reason
      const left = now === 0 ? "n'a plus aucune ligne" : `n'a plus que ${counted(now, 'ligne')}`
      return typeset(`« ${title(table, null)} » ${left} : il y en avait ${frenchNumber(before)}.`)
    }
    case 'column.emptied': {
      const { table, column, before, now } = reason
      const left = now === 0 ? "n'est plus remplie nulle part" : `n'est plus remplie que ${times(now)}`
      return typeset(
        `La colonne « ${title(table, column)} » de « ${title(table, null)} » ${left} : elle l'était ${times(before)}.`,
      )
    }
    case 'table.left':
      return typeset(
        `« ${title(reason.table, null)} » n'est plus parmi les tables d'acteurs de config/columns.yaml : ses ${counted(reason.before, 'fiche')} ne compteraient plus, et ce que Portrea en sait serait oublié.`,
      )
    case 'recommendations.turned':
      return typeset(
        `Le référentiel recommandé changerait pour ${frenchNumber(reason.turned)} EPCI sur ${frenchNumber(reason.epcis)}, sans que ni les règles ni les réponses aient changé.`,
      )
  }
}

/** What a held run says of itself: what, why, what to do. */
export function heldSentence(
  reasons: readonly BrakeReason[],
  { rows, cells }: { readonly rows: number; readonly cells: number },
  title: Titles,
): string {
  return [
    typeset(`Retenue par le frein : rien n'a été écrit.`),
    ...reasons.map((reason) => brakeSentence(reason, title)),
    typeset(
      `Elle aurait écrit au moins ${counted(cells, 'cellule')} sur ${counted(rows, 'ligne')} : \`${commandLine('sync', '--dry-run')}\` les montre. Si la base est juste ainsi, lancez \`${commandLine('sync', '--accept')}\` ; sinon réparez-la, et la synchronisation suivante passera d'elle-même.`,
    ),
  ].join('\n')
}

/** What the run that lets go says of it. */
export function releasedSentence(released: 'accepted' | 'mended'): string {
  return typeset(
    released === 'accepted'
      ? "Le frein a été levé par `sync --accept` : la base est tenue pour juste telle qu'elle est."
      : 'Le frein est levé : la base est de nouveau comme on la connaissait.',
  )
}

function times(rows: number): string {
  return `sur ${counted(rows, 'ligne')}`
}
