import type { AgreedTitle } from '../domain/adoption/agreement.ts'
import type { Proposal } from '../domain/adoption/propose.ts'
import { verdictOf } from '../domain/adoption/verdict.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'
import { counted, typeset } from '../domain/typography.ts'
import { leftColumnLines, reasonText } from './adopt-text.ts'
import { commandLine } from '../domain/command-line.ts'
import type { NameOf } from './shown-title.ts'

/** What provision would do under the names agreed to. */
export type Preview = {
  readonly toAdd: readonly { readonly kind: string; readonly summary: string }[]
  readonly conflicts: readonly string[]
}

/** What is taken, what is left aside and why, and what comes next. */
export function previewLines(
  titles: readonly AgreedTitle[],
  { toAdd, conflicts }: Preview,
  { proposal, composed, answered, rules, nameOf, base }: Result,
): string[] {
  const agreed = titles.filter(({ why, column }) => why === 'agreed' && column !== null).length
  const taken = new Set(
    titles.flatMap(({ why, column, table }) => (why === 'agreed' && column === null ? [table] : [])),
  )
  const left = proposal.tables.flatMap(({ key: table, columns }) =>
    columns
      .filter(
        (column) =>
          !answered &&
          taken.has(table) &&
          verdictOf(column, rules) === 'ask' &&
          !titles.some((one) => one.why === 'agreed' && one.table === table && one.column === column.key),
      )
      .map((column) => ({ table, column })),
  )
  return [
    `${counted(agreed, 'colonne reprise', 'colonnes reprises')}${composed === 0 ? '' : `, ${counted(composed, 'champ composé', 'champs composés')}`}${answered ? '.' : `, ${counted(left.length, 'proposition douteuse', 'propositions douteuses')} laissée${left.length < 2 ? '' : 's'} de côté${left.length === 0 ? '.' : ' :'}`}`,
    ...leftColumnLines(left, rules, nameOf),
    ...(conflicts.length > 0
      ? ['À régler avant « provision » :', ...conflicts.map((one) => `  ✗ ${one}`)]
      : []),
    ...(toAdd.length > 0
      ? [`« provision » fera ensuite dans « ${base} » :`, ...toAdd.map(({ summary }) => `  • ${summary}`)]
      : []),
    '',
  ].map(typeset)
}

/** Whether the file is written, and the commands that come next, to be copied. */
export function closingLines(wanted: boolean, path: string, saved: string | null): string[] {
  if (!wanted) return [typeset('Rien n’a été écrit.')]
  if (saved === null) return [typeset(`${path} dit déjà cela : rien à écrire.`)]
  return [
    `${path} est écrit ; l'ancien est gardé dans ${saved}.`,
    'Votre base n’a pas changé. Ensuite, voyez ce qui y sera ajouté, puis faites-le :',
  ]
    .map(typeset)
    .concat(`  ${commandLine('provision', '--dry-run')}`, `  ${commandLine('provision')}`)
}

type Result = {
  /** How many fields are read from several columns, or are the same for all records. */
  readonly composed: number
  /** Whether a person answered about each: nothing is then left aside. */
  readonly answered: boolean
  readonly proposal: Proposal
  readonly rules: AdoptionRules
  readonly nameOf: NameOf
  /** Its title. */
  readonly base: string
}

/** The proposal as `--json` gives it. */
export function documentOf({ tables, epciText }: Proposal, rules: AdoptionRules) {
  return {
    threshold: rules.threshold,
    tables: tables.map(({ columns, evidence, contested, ...table }) => ({
      ...table,
      verdict: verdictOf({ ...table, contested }, rules),
      reasons: reasonText(evidence, rules),
      columns: columns.map((column) => ({
        key: column.key,
        title: column.title,
        score: column.score,
        verdict: verdictOf(column, rules),
        reasons: reasonText(column.evidence, rules),
        candidates: column.candidates.map(({ title, score }) => ({ title, score })),
      })),
    })),
    epciText:
      epciText === null
        ? null
        : { title: epciText.title, score: epciText.score, reasons: reasonText(epciText.evidence, rules) },
  }
}
