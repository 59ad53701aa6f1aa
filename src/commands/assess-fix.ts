import type { ActorFile } from '../config/actor-file.ts'
import { type FixesByActor, fixedCopy } from '../config/fixed-copy.ts'
import type { ActorAssessment } from '../domain/assessment.ts'
import type { Actor } from '../domain/actor.ts'
import type { KeepsAll } from '../domain/completeness/fix-guard.ts'
import { type Fix, safeFixes } from '../domain/completeness/safe-fixes.ts'
import { isFormula } from '../domain/formula.ts'
import { counted, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { refuseExisting, writeNewFile } from './write-new-file.ts'

/** What a corrected copy changed: each value, and how many by code, most frequent first. */
export type FixReport = {
  readonly file: string
  readonly records: number
  readonly changes: readonly (Fix & { readonly id: string; readonly line: number; readonly column: string })[]
  readonly counts: readonly { readonly code: string; readonly changes: number }[]
  /** Cells that a spreadsheet would compute; they stand in the file too, and a copy changes nothing that it need not. */
  readonly formulas: number
}

/** Whether a copy can be written there at all, told before any work: USAGE where it cannot. */
export function checkCopyName(path: string, source: ActorFile['source']): void {
  refuseExisting(path)
  if (source.format === 'csv' && isJson(path))
    throw new PortreaError(
      'USAGE',
      `Un tableau est copié en tableau : donnez à ${path} un nom qui finit par .csv.`,
    )
}

/** Writes the corrected copy beside the file, which is left as it is. */
export function writeFixedCopy(
  path: string,
  file: ActorFile,
  judge: (actor: Actor) => ActorAssessment,
  keepsAll: KeepsAll,
): FixReport {
  const fixes: FixesByActor = new Map(
    file.actors
      .map((actor, at) => [at, safeFixes(actor, judge, keepsAll)] as const)
      .filter(([, own]) => own.length > 0),
  )
  writeNewFile(path, fixedCopy(file, fixes, isJson(path) ? 'json' : 'csv'))
  const changes = [...fixes].flatMap(([at, own]) => {
    const { line, columns } = file.rows[at]!
    return own.map((fix) => ({
      id: file.actors[at]!.id,
      line,
      column: columns[fix.field]?.title ?? fix.field,
      ...fix,
    }))
  })
  const mended = changes.filter(({ before, after }) => isFormula(before) && !isFormula(after)).length
  const formulas = cellsOf(file).filter(isFormula).length - mended
  return { file: path, records: fixes.size, changes, counts: countsOf(changes), formulas }
}

function cellsOf({ source, actors }: ActorFile): readonly string[] {
  if (source.format === 'csv') return source.lines.flatMap(({ cells }) => cells)
  return actors.flatMap(({ fields }) => Object.values(fields)).filter((value) => value !== null)
}

function isJson(path: string): boolean {
  return path.toLowerCase().endsWith('.json')
}

function countsOf(changes: readonly Fix[]): FixReport['counts'] {
  const counts = new Map<string, number>()
  for (const { code } of changes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts]
    .map(([code, count]) => ({ code, changes: count }))
    .sort((one, other) => other.changes - one.changes || (one.code < other.code ? -1 : 1))
}

/** The same for a person. */
export function fixLines({ file, records, changes, counts, formulas }: FixReport): string[] {
  const warning =
    formulas === 0
      ? []
      : [
          typeset(
            `  ${counted(formulas, 'cellule commence', 'cellules commencent')} comme une formule (=, +, -, @), déjà dans votre fichier : dans un tableur, importez la copie comme du texte.`,
          ),
        ]
  if (changes.length === 0) return ['', `Copie : ${file}, rien à y normaliser.`, ...warning]
  return [
    '',
    `Copie corrigée : ${file}, ${counted(changes.length, 'valeur normalisée', 'valeurs normalisées')} dans ${counted(records, 'fiche')}.`,
    ...counts.map((one) => `  ${String(one.changes).padStart(5)}  ${one.code}`),
    '  Le reste (à corriger, à vérifier) demande une personne ; --json donne chaque changement.',
    ...warning,
  ]
}
