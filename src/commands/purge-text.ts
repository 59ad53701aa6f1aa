import { counted, frenchList, typeset } from '../domain/typography.ts'
import type { Erasure, Outcome, PurgePlan } from './purge-plan.ts'

/** What is to be erased, table by table, and what is left as it is; counts only. */
export function planLines({ erasures, left }: PurgePlan, base: string): string[] {
  const nothing = erasures.every(({ rows }) => rows.length === 0)
  return [
    nothing
      ? `Rien à effacer de « ${base} » (config/retention.yaml).`
      : `À effacer de « ${base} » (config/retention.yaml) :`,
    ...erasures.flatMap(erasureLines),
    ...(left.length === 0 ? [] : ['Laissé tel quel :']),
    ...left.map(({ title, reason }) => `  • « ${title} » : ${reason}.`),
  ].map(typeset)
}

function erasureLines(erasure: Erasure): string[] {
  const { target, total, undated, spared } = erasure
  return [
    `  • « ${target.table.title} » (${counted(total, 'ligne')}) : ${whatGoes(erasure)}`,
    ...(spared === 0
      ? []
      : [
          `    ${counted(spared, 'ligne reste', 'lignes restent')} : ${spared < 2 ? 'elle dit' : 'elles disent'} quelque chose dans une colonne à vous (${quoted(target.spared)}). Nommez-la dans config/retention.yaml (named) pour que la ligne parte.`,
        ]),
    ...(undated === 0
      ? []
      : [`    ${counted(undated, 'ligne')} sans date : on ne sait pas leur âge, elles restent.`]),
  ]
}

function whatGoes({ target: { whole, columns }, rows, cells }: Erasure): string {
  if (rows.length === 0) return 'rien qui ait passé sa durée.'
  if (whole)
    return `${counted(rows.length, 'ligne')} à supprimer, avec ${counted(cells, 'case remplie', 'cases remplies')} dans ${quoted(columns)}.`
  return `${counted(cells, 'case')} à vider dans ${counted(rows.length, 'ligne')} (${quoted(columns)}).`
}

/** What was done, and what is still to do in NocoDB's own database; null: a person said no. */
export function doneLines(outcomes: readonly Outcome[] | null): string[] {
  if (outcomes === null) return [typeset("Rien n'a été effacé.")]
  const done = outcomes.filter(({ erasure }) => erasure.rows.length > 0)
  if (done.length === 0) return []
  const statements = done.flatMap(({ audit }) => (audit === null ? [] : [audit]))
  const words = ['Effacé :', ...done.flatMap(outcomeLines), ...(statements.length > 0 ? [AUDIT] : [])]
  return [...words.map(typeset), ...statements] // as they are: they are to be copied
}

function outcomeLines({ erasure: { target, rows, cells }, refused }: Outcome): string[] {
  const gone = rows.length - refused
  return [
    target.whole
      ? `  • « ${target.table.title} » : ${counted(gone, 'ligne supprimée', 'lignes supprimées')}.`
      : `  • « ${target.table.title} » : ${counted(cells, 'case vidée', 'cases vidées')} dans ${counted(rows.length, 'ligne')}.`,
    ...(refused === 0
      ? []
      : [`    ${counted(refused, 'ligne')} que NocoDB n'a pas laissé effacer : voyez les droits du jeton.`]),
  ]
}

function quoted(titles: readonly string[]): string {
  return frenchList(titles.map((title) => `« ${title} »`))
}

const AUDIT =
  "NocoDB garde l'historique de chaque ligne : ce qui fut écrit s'y lit encore. Qui l'administre l'efface de sa base de données, la seule voie dans l'édition libre :"
