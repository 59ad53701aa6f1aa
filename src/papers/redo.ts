import { commandLine } from '../domain/command-line.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { shortFingerprint } from '../domain/hash.ts'
import { typeset } from '../domain/typography.ts'
import { qrPicture } from './qr.ts'

/**
 * What makes the figures again, without an account: the answers and figures as `portrea recommend` reads them, exact,
 * and the fingerprint of the rules; as a text for a QR code, whose first line is a comment.
 */
export function redoText({ siren, situation }: EpciReport, rules: string): string {
  const { answers, observed, drivers } = situation
  const given = { siren, answers: known(answers), observed: known(observed), drivers: known(drivers) }
  return `# Portrea, règles ${shortFingerprint(rules)} : portrea recommend CE_FICHIER\n${JSON.stringify(given)}\n`
}

/** The part of the fiche that says how to make its figures again. */
export function redo(report: EpciReport, rules: string): object {
  const fingerprint = shortFingerprint(rules)
  return {
    svg: qrPicture(redoText(report, rules)),
    description: typeset(
      'Code QR : le texte des réponses et des chiffres de cet EPCI, à donner à « portrea recommend ».',
    ),
    rules: fingerprint,
    sentences: [
      'Le code donne, en texte, toutes les réponses et tous les chiffres dont cette fiche est faite ; aucun nom de personne n’y est.',
      `Enregistrez ce texte dans un fichier, puis, dans une copie de Portrea (logiciel libre) : ${commandLine('recommend', 'FICHIER')}. Le référentiel, la confiance et les jours en sont refaits.`,
      `Règles de calcul : ${fingerprint}. Elles sont dans le dossier config/ du Hub, à demander ou à relire : chaque poids et chaque seuil y est écrit.`,
    ].map(typeset),
  }
}

function known(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
}
