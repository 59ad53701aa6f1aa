import type { Evidence } from '../domain/adoption/column-score.ts'
import type { ColumnProposal } from '../domain/adoption/match-columns.ts'
import { verdictOf } from '../domain/adoption/propose.ts'
import type { Proposal, TableProposal } from '../domain/adoption/propose.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'
import { counted, frenchList, frenchNumber, typeset } from '../domain/typography.ts'

/** Why a column or table is proposed, in French: « nom connu ; 97 % des valeurs sont des SIRET ». */
export function reasonText(evidence: readonly Evidence[], rules: AdoptionRules): string {
  return typeset(evidence.map((one) => sentence(one, rules)).join(' ; '))
}

function sentence(evidence: Evidence, { shapes }: AdoptionRules): string {
  switch (evidence.kind) {
    case 'made':
      return 'créée par Portrea'
    case 'name':
      return evidence.exact ? `nom connu (« ${evidence.name} »)` : `nom proche de « ${evidence.name} »`
    case 'link':
      return `lien vers « ${evidence.table} »`
    case 'rival':
      return `« ${evidence.title} » conviendrait aussi`
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
export function proposalLines(proposal: Proposal, rules: AdoptionRules): string[] {
  const found = proposal.tables.filter((table) => verdictOf(table, rules) !== 'none')
  const absent = proposal.tables.filter((table) => verdictOf(table, rules) === 'none')
  return [
    ...found.flatMap((table) => tableLines(table, rules)),
    ...(absent.length === 0
      ? []
      : [`Sans équivalent, Portrea les créera : ${frenchList(absent.map(({ key }) => key))}.`, '']),
    ...(proposal.epciText === null
      ? []
      : [
          `L'EPCI est écrit en toutes lettres dans « ${proposal.epciText.title} » (${reasonText(proposal.epciText.evidence, rules)}). Cette colonne reste telle quelle ; Portrea ajoutera un lien, que « portrea adopt --link-epcis "${proposal.epciText.title}" » remplira, une fois « provision » passé.`,
          '',
        ]),
  ].map(typeset)
}

function tableLines(table: TableProposal, rules: AdoptionRules): string[] {
  const verdict = verdictOf(table, rules)
  const rows = table.columns.filter((column) => verdictOf(column, rules) !== 'none')
  const width = Math.max(...rows.map(({ title }) => (title ?? '').length), 0)
  const reason = table.evidence.length === 0 ? '' : `, ${reasonText(table.evidence, rules)}`
  return [
    `${MARKS[verdict]} Table « ${table.title} » → ${table.key} (${score(table.score)}${reason})`,
    ...rows.map((column) => `    ${columnLine(column, width, rules)}`),
    ...table.unfit.map(
      ({ title, key, type }) =>
        `    ✗ ${title} → ${key} : le type ${type} ne peut pas servir ; laissée telle quelle`,
    ),
    ...leftLine(table),
    '',
  ]
}

function columnLine(column: ColumnProposal, width: number, rules: AdoptionRules): string {
  const { title, key, evidence } = column
  const mark = MARKS[verdictOf(column, rules)]
  return `${mark} ${(title ?? '').padEnd(width)} → ${key.padEnd(26)} ${score(column.score)}  ${reasonText(evidence, rules)}`
}

function leftLine({ unused, unfit }: TableProposal): string[] {
  const named = new Set(unfit.map(({ title }) => title))
  const left = unused.filter((title) => !named.has(title))
  if (left.length === 0) return []
  const words =
    left.length < 2
      ? '1 colonne à vous seuls, laissée telle quelle'
      : `${counted(left.length, 'colonne')} à vous seuls, laissées telles quelles`
  return [`    ${words} : ${left.join(', ')}`]
}

/** Scores as people read them, 0–100. */
export function score(value: number): string {
  return frenchNumber(100 * value, 0).padStart(3)
}
