import { createInterface } from 'node:readline/promises'
import type { Candidate } from '../domain/adoption/match-columns.ts'
import { verdictOf } from '../domain/adoption/verdict.ts'
import type { Proposal, TableProposal } from '../domain/adoption/propose.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { reasonText, score } from './adopt-text.ts'

/** Where questions are asked: a terminal, or what stands for one. */
export type Terminal = { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream }

/** Asks one question; answers the line typed. */
export type Ask = (question: string) => Promise<string>

/** Opens the questions and closes them after `use`. Input that ends before the last question throws USAGE. */
export async function asking<Result>(
  { input, output }: Terminal,
  use: (ask: Ask) => Promise<Result>,
): Promise<Result> {
  const lines = createInterface({ input, output })
  const ended = new Promise<never>((_, reject) => {
    lines.once('close', () =>
      reject(new PortreaError('USAGE', 'Les questions sont restées sans réponse : rien n’a été écrit.')),
    )
  })
  ended.catch(() => {}) // the caller that asks handles it
  // Lines that come before their question are kept: an answer may be pasted.
  const answers = lines[Symbol.asyncIterator]()
  const ask: Ask = async (question) => {
    output.write(question)
    const { value, done } = await Promise.race([answers.next(), ended])
    if (done === true) return ended
    return value.trim()
  }
  try {
    return await use(ask)
  } finally {
    lines.close()
  }
}

/** Asks until the answer is yes or no. */
export async function agreedTo(ask: Ask, question: string): Promise<boolean> {
  for (;;) {
    const answer = (await ask(`${typeset(question)} [o/n] `)).toLowerCase()
    if (['o', 'oui', 'y', 'yes'].includes(answer)) return true
    if (['n', 'non', 'no'].includes(answer)) return false
  }
}

/**
 * Asks about what is doubtful: every table first, then the columns of those agreed to. What is sure is asked about once,
 * as a whole, and line by line where the answer is no. Answers `table` or `table.column` → title of theirs.
 * @param again what is proposed once the tables are decided: key → title of theirs; null: none
 */
export async function askAll(
  ask: Ask,
  proposal: Proposal,
  rules: AdoptionRules,
  again: (tables: ReadonlyMap<string, string | null>) => Proposal,
): Promise<Map<string, string>> {
  const sure = await agreedTo(ask, 'Ce qui est marqué ✓ est-il juste ? (« n » : je revois chaque ligne)')
  const decided = new Map<string, string | null>()
  for (const { key } of proposal.tables) {
    // A table that was refused in one place may do in the next.
    const table = again(decided).tables.find((one) => one.key === key)
    if (table === undefined || table.title === null) decided.set(key, null)
    else if (sure && verdictOf(table, rules) === 'match') decided.set(key, table.title)
    else decided.set(key, await askTable(ask, table, decided, rules))
  }
  const agreed = new Map<string, string>()
  for (const table of again(decided).tables) {
    if (table.title === null || decided.get(table.key) !== table.title) continue
    agreed.set(table.key, table.title)
    await askColumns(ask, table, sure, agreed, rules)
  }
  return agreed
}

/** The first of the tables that could do to be agreed to; null: none of them. */
async function askTable(
  ask: Ask,
  { key, title, rivals, evidence }: TableProposal,
  decided: ReadonlyMap<string, string | null>,
  rules: AdoptionRules,
): Promise<string | null> {
  const taken = new Set(decided.values())
  const reason = reasonText(evidence, rules)
  for (const one of [title ?? '', ...rivals]) {
    if (taken.has(one)) continue
    const why = one === title && reason !== '' ? ` (${reason})` : ''
    if (await agreedTo(ask, `« ${one} »${why} : est-elle la table « ${key} » de Portrea ?`)) return one
  }
  return null
}

async function askColumns(
  ask: Ask,
  table: TableProposal,
  sure: boolean,
  agreed: Map<string, string>,
  rules: AdoptionRules,
): Promise<void> {
  const taken = new Set<string>()
  const doubtful = table.columns.filter((column) => {
    if (column.title === null || verdictOf(column, rules) === 'none') return false
    if (!sure || verdictOf(column, rules) === 'ask') return true
    agreed.set(`${table.key}.${column.key}`, column.title)
    taken.add(column.title)
    return false
  })
  for (const { key, candidates, title, score: rate, evidence } of doubtful) {
    const all = candidates.length > 0 ? candidates : [{ title: title ?? '', score: rate, evidence }]
    const free = all.filter((one) => !taken.has(one.title))
    const chosen = free.length === 0 ? null : await choose(ask, `${table.key}.${key}`, free, rules)
    if (chosen === null) continue
    agreed.set(`${table.key}.${key}`, chosen)
    taken.add(chosen)
  }
}

/** One of the candidates by its number; 0: none of them. */
async function choose(
  ask: Ask,
  key: string,
  candidates: readonly Candidate[],
  rules: AdoptionRules,
): Promise<string | null> {
  const lines = candidates.map(
    ({ title, score: rate, evidence }, at) =>
      `  ${at + 1}. « ${title} » (${score(rate).trim()} ; ${reasonText(evidence, rules)})`,
  )
  const question = [
    `Quelle colonne est « ${key} » ?`,
    ...lines,
    '  0. aucune : Portrea ajoutera la sienne',
    '> ',
  ]
  for (;;) {
    const answer = await ask(question.map(typeset).join('\n'))
    if (answer === '0') return null
    const chosen = candidates[Number(answer || Number.NaN) - 1] // an empty line is no answer
    if (chosen !== undefined) return chosen.title
  }
}
