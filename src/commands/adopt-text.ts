import type { Evidence } from '../domain/adoption/column-score.ts'
import type { ColumnProposal } from '../domain/adoption/match-columns.ts'
import { refusalText } from '../domain/adoption/refusals.ts'
import type { Refusal } from '../domain/adoption/refusals.ts'
import { verdictOf } from '../domain/adoption/verdict.ts'
import type { Proposal, TableProposal } from '../domain/adoption/propose.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'
import { counted, frenchList, frenchNumber, typeset } from '../domain/typography.ts'
import { commandLine } from '../domain/command-line.ts'
import { shownTitle } from './shown-title.ts'
import type { NameOf } from './shown-title.ts'

/** Why a column or table is proposed, in French: « nom connu ; 97 % des valeurs sont des SIRET ». */
export function reasonText(evidence: readonly Evidence[], rules: AdoptionRules): string {
  return typeset(evidence.map((one) => sentence(one, rules)).join(' ; '))
}

function sentence(evidence: Evidence, { shapes }: AdoptionRules): string {
  switch (evidence.kind) {
    case 'made':
      return 'créée par Portrea'
    case 'kept':
      return 'déjà nommée dans config/columns.yaml'
    case 'former':
      return 'la même, sous son nouveau nom'
    case 'name':
      return evidence.exact ? `nom connu (« ${evidence.name} »)` : `nom proche de « ${evidence.name} »`
    case 'link':
      return `lien vers « ${evidence.table} »`
    case 'rival':
      return `« ${evidence.title} » conviendrait aussi`
    case 'people':
      return evidence.title === null
        ? 'elle tient des personnes : à vous de le dire'
        : `« ${evidence.title} » dit qu'elle tient des personnes : à vous de le dire`
    case 'repeated':
      return `${counted(evidence.rows, 'ligne partage', 'lignes partagent')} leur « ${evidence.title} » avec une autre`
    case 'values': {
      const share = `${frenchNumber(100 * evidence.share, 0)} % des valeurs`
      const says = shapes[evidence.shape]?.says ?? evidence.shape
      if (evidence.verdict === 'confirms') return `${share} sont ${says}`
      return evidence.verdict === 'doubts' ? `${share} seulement sont ${says}` : `mais ${share} sont ${says}`
    }
  }
}

const MARKS = { match: '✓', ask: '?', none: '·' } as const

/** The whole proposal, a line a column, for a person. */
export function proposalLines(proposal: Proposal, rules: AdoptionRules, nameOf: NameOf): string[] {
  const found = proposal.tables.filter((table) => verdictOf(table, rules) !== 'none')
  const absent = proposal.tables.filter((table) => verdictOf(table, rules) === 'none')
  return [
    scaleLine(rules),
    '',
    ...found.flatMap((table) => tableLines(table, rules, nameOf)),
    ...(absent.length === 0
      ? []
      : [`Sans équivalent, Portrea les créera : ${frenchList(absent.map(({ key }) => nameOf(key)))}.`, '']),
  ]
    .map(typeset)
    .concat(epciTextLines(proposal, rules, []))
}

/** What the marks and the figures mean. */
function scaleLine({ threshold, doubtful }: AdoptionRules): string {
  return `✓ sûr (${score(threshold)} et plus), ? à confirmer (de ${score(doubtful)} à ${score(threshold)}, ou plusieurs possibles) ; à gauche votre nom, à droite celui de Portrea.`
}

/**
 * What is to be done with a column that names the EPCI in plain text. The command is a line of its own, and as it is: it
 * is to be copied into a shell.
 * @param others titles of such columns in other tables of actors: the same command reads them
 */
export function epciTextLines(
  { epciText }: Pick<Proposal, 'epciText'>,
  rules: AdoptionRules,
  others: readonly string[],
): string[] {
  if (epciText === null) return []
  const { title, evidence } = epciText
  return [
    typeset(
      `L'EPCI est écrit en toutes lettres dans « ${shownTitle(title)} » (${reasonText(evidence, rules)}). Cette colonne reste telle quelle ; Portrea ajoutera un lien, qu'une commande remplira une fois « provision » passé :`,
    ),
    `  ${commandLine('adopt', '--link-epcis', ...new Set([...others, title]), '--dry-run')}`,
    '',
  ]
}

/** What a person said no to in an earlier run, and how to be asked again. */
export function refusedLines(refusals: readonly Refusal[], nameOf: NameOf): string[] {
  if (refusals.length === 0) return []
  return [
    typeset(
      `Refusé auparavant, et plus demandé. Pour l'être à nouveau : retirez la ligne sous \`refused\`, dans config/columns.yaml, ou, pour toutes, lancez \`${commandLine('adopt', '--ask-again')}\` :`,
    ),
    ...refusals.map((one) => `  • ${refusalText(one, nameOf)}`),
  ]
}

/** What --yes does not take, and why. */
export function leftAsideLines(
  left: readonly TableProposal[],
  rules: AdoptionRules,
  nameOf: NameOf,
): string[] {
  if (left.length === 0) return []
  return [
    `${counted(left.length, 'table laissée', 'tables laissées')} de côté ; pour en décider, lancez \`${commandLine('adopt')}\` :`,
    ...left.map(({ title, key, evidence, score: rate }) => {
      const reason = reasonText(evidence, rules)
      return `  ? « ${shownTitle(title ?? '')} » → ${nameOf(key)} (${score(rate)}${reason === '' ? '' : ` ; ${reason}`})`
    }),
    '',
  ].map(typeset)
}

/** The columns that were proposed and are taken by nobody, each with what makes it doubtful. */
export function leftColumnLines(
  left: readonly { readonly table: string; readonly column: ColumnProposal }[],
  rules: AdoptionRules,
  nameOf: NameOf,
): string[] {
  return left.map(({ table, column }) =>
    typeset(
      `  ? « ${shownTitle(column.title ?? '')} » → ${nameOf(`${table}.${column.key}`)} (${score(column.score)}) : ${doubtText(column, rules)}`,
    ),
  )
}

/** Whether the name or the values make it doubtful, or that several would do. */
function doubtText({ title, evidence, contested, candidates }: ColumnProposal, rules: AdoptionRules): string {
  const rivals = candidates.filter((one) => one.title !== title).slice(0, 3)
  const reason = reasonText(evidence, rules)
  const why = reason === '' ? '' : ` (${reason})`
  if (contested && rivals.length > 0) {
    const names = frenchList(rivals.map((one) => `« ${shownTitle(one.title)} »`))
    return `${names} ${rivals.length < 2 ? 'conviendrait' : 'conviendraient'} aussi${why}`
  }
  const name = evidence.find((one) => one.kind === 'name')
  const values = evidence.find((one) => one.kind === 'values')
  if (values !== undefined && values.verdict !== 'confirms')
    return `${name === undefined ? 'rien dans le nom, et des valeurs douteuses' : 'le nom convient, les valeurs non'}${why}`
  if (name === undefined) return `les valeurs conviennent, le nom ne le dit pas${why}`
  return `${name.exact ? 'le nom convient' : 'le nom n’est que proche'}${values === undefined ? ', et les valeurs ne disent rien' : ''}${why}`
}

function tableLines(table: TableProposal, rules: AdoptionRules, nameOf: NameOf): string[] {
  const verdict = verdictOf(table, rules)
  const rows = table.columns.filter((column) => verdictOf(column, rules) !== 'none')
  const width = Math.max(...rows.map(({ title }) => shownTitle(title ?? '').length), 0)
  const reason = table.evidence.length === 0 ? '' : `, ${reasonText(table.evidence, rules)}`
  return [
    `${MARKS[verdict]} Table « ${shownTitle(table.title ?? '')} » → ${nameOf(table.key)} (${score(table.score)}${reason})`,
    ...rows.map(
      (column) => `    ${columnLine(column, width, rules, (key) => nameOf(`${table.key}.${key}`))}`,
    ),
    ...table.unfit.map(
      ({ title, key, type }) =>
        `    ✗ ${shownTitle(title)} → ${nameOf(`${table.key}.${key}`)} : le type ${type} ne peut pas servir ; laissée telle quelle`,
    ),
    ...leftLine(table),
    '',
  ]
}

function columnLine(column: ColumnProposal, width: number, rules: AdoptionRules, nameOf: NameOf): string {
  const { title, key, evidence } = column
  const mark = MARKS[verdictOf(column, rules)]
  return `${mark} ${shownTitle(title ?? '').padEnd(width)} → ${nameOf(key).padEnd(28)} ${score(column.score).padStart(7)}  ${reasonText(evidence, rules)}`
}

function leftLine({ unused, unfit }: TableProposal): string[] {
  const named = new Set(unfit.map(({ title }) => title))
  const left = unused.filter((title) => !named.has(title))
  if (left.length === 0) return []
  const words =
    left.length < 2
      ? '1 colonne à vous seuls, laissée telle quelle'
      : `${counted(left.length, 'colonne')} à vous seuls, laissées telles quelles`
  return [`    ${words} : ${left.map(shownTitle).join(', ')}`]
}

/** Scores as people read them, « 82/100 »; 100 only for what is certain. */
export function score(value: number): string {
  return `${frenchNumber(Math.floor(100 * value), 0)}/100`
}
