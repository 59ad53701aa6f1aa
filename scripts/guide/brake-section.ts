import type { BrakeRules } from '../../src/domain/rules/brake.ts'
import { counted } from '../../src/domain/typography.ts'
import { operation, shown } from './arithmetic.ts'

/** From which loss on nothing is written. */
export function brakeSection({ records, rows, cells, recommendations }: BrakeRules): string[] {
  const percent = (share: number) => `${shown(100 * share)} %`
  const least = (count: number, what: string) => `${counted(count, what)} de moins au moins`
  const enough = Math.ceil(400 * records.keep)
  return [
    '## Le frein : quand rien n’est écrit',
    '',
    'Avant d’écrire, une synchronisation compare la base à ce que la dernière en avait vu : des nombres de lignes et de cases remplies, rien de ce qui y est écrit. Elle est **retenue**, et n’écrit rien, si elle trouve :',
    '',
    `- moins de ${percent(records.keep)} des fiches (et ${least(records.atLeast, 'fiche')}) ;`,
    `- moins de ${percent(rows.keep)} des lignes d’une autre table lue : EPCI, diagnostics, journées, référent·e·s, conditions (et ${least(rows.atLeast, 'ligne')}) ;`,
    `- une colonne à vous qui n’est plus remplie que sur moins de ${percent(cells.keep)} des lignes où elle l’était (et ${least(cells.atLeast, 'case')}) ; les cases parties avec leur ligne, ou les liens partis avec leur EPCI, ne comptent pas ;`,
    `- plus de ${percent(recommendations.share)} des EPCI dont le référentiel recommandé changerait (et ${counted(recommendations.atLeast, 'EPCI', 'EPCI')} au moins), sans que les règles ni les réponses aient changé.`,
    '',
    `Exemple : 400 fiches la dernière fois. À ${enough}, ${operation(`${enough} / 400`, enough / 400)} : elle passe. À ${enough - 1}, elle est retenue.`,
    '',
    'Une première synchronisation n’est jamais retenue. Une base réparée libère la suivante, qui le dit. `sync --accept` en laisse passer une, pour ce qui avait été montré : si la base s’est encore vidée depuis, elle est retenue de nouveau. En attendant, chaque fiche modifiée dit toujours ce qui lui manque, et les chiffres des EPCI restent les derniers qui étaient justes. Les seuils sont dans `nocodb.yaml`, sous `brake`.',
    '',
  ]
}
