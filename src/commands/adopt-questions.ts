import { createInterface } from 'node:readline/promises'
import type { LiveTable, OwnTable } from '../domain/adoption/live-base.ts'
import type { ColumnProposal } from '../domain/adoption/match-columns.ts'
import { verdictOf } from '../domain/adoption/verdict.ts'
import type { Proposal, TableProposal } from '../domain/adoption/propose.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { chooseOne } from './adopt-choice.ts'
import type { Samples } from './adopt-choice.ts'
import { reasonText, score } from './adopt-text.ts'
import { shownTitle } from './shown-title.ts'
import type { NameOf } from './shown-title.ts'

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

/** What the questions are about, and what helps to answer them. */
export type Asked = {
  readonly rules: AdoptionRules
  readonly live: readonly LiveTable[]
  readonly own: readonly OwnTable[]
  readonly nameOf: NameOf
  readonly samples: Samples
  /** What was answered to `askSure`; undefined: it is asked first. */
  readonly sure?: boolean
  /** What it means that no column is the one; absent: that one will be added. */
  readonly none?: string
}

/**
 * Asks about what is doubtful: every table first, then the columns of those agreed to. What is sure is asked about once,
 * as a whole, and line by line where the answer is no; what was not found may be pointed out. Answers `table` or
 * `table.column` → title of theirs.
 * @param again what is proposed once the tables are decided: key → title of theirs; null: none
 */
export async function askAll(
  ask: Ask,
  proposal: Proposal,
  asked: Asked,
  again: (tables: ReadonlyMap<string, string | null>) => Proposal,
): Promise<Map<string, string>> {
  const { rules } = asked
  const sure = asked.sure ?? (await askSure(ask))
  const decided = new Map<string, string | null>()
  for (const { key } of proposal.tables) {
    // A table that was refused in one place may do in the next.
    const table = again(decided).tables.find((one) => one.key === key)
    if (table === undefined || (table.title === null && key !== NEEDED)) decided.set(key, null)
    else if (sure && verdictOf(table, rules) === 'match') decided.set(key, table.title)
    else decided.set(key, await askTable(ask, table, decided, asked))
  }
  const agreed = new Map<string, string>()
  for (const table of again(decided).tables) {
    if (table.title === null || decided.get(table.key) !== table.title) continue
    agreed.set(table.key, table.title)
    await askColumns(ask, { ...table, title: table.title }, sure, agreed, asked)
  }
  return agreed
}

/** Whether what is marked ✓ is right as a whole: what no question is then asked about. */
export async function askSure(ask: Ask): Promise<boolean> {
  return agreedTo(ask, 'Ce qui est marqué ✓ est-il juste ? (« n » : je revois chaque ligne)')
}

/** Without this table there is nothing to count: where none was recognised, a person may say which it is. */
const NEEDED = 'actors'

/** One of the tables that could do, or any other; null: none of them. */
async function askTable(
  ask: Ask,
  { key, title, rivals, evidence, score: rate }: TableProposal,
  decided: ReadonlyMap<string, string | null>,
  { live, nameOf, samples, rules }: Asked,
): Promise<string | null> {
  const taken = new Set(decided.values())
  const proposed = [...(title === null ? [] : [title]), ...rivals].filter((one) => !taken.has(one))
  const others = live.map((one) => one.title).filter((one) => !taken.has(one) && !proposed.includes(one))
  if (proposed.length + others.length === 0) return null
  return chooseOne(ask, {
    question: typeset(`Quelle table est celle des « ${nameOf(key)} » ?`),
    choices: proposed.map((one) => ({
      title: one,
      why: one === title ? [score(rate), reasonText(evidence, rules)].filter(Boolean).join(' ; ') : '',
    })),
    others,
    samplesOf: (one) => samples(one, null),
    another: 'une autre table',
    none: 'aucune : Portrea créera la sienne',
  })
}

/** Tables in which what was not found may be pointed out. */
const POINTED: ReadonlySet<string> = new Set([NEEDED, 'epcis'])

type Titled = TableProposal & { readonly title: string }

/** Asks about the columns of one table, and, of actors, what no column was found for; adds `table.column` → title to `agreed`. */
export async function askColumns(
  ask: Ask,
  table: Titled,
  sure: boolean,
  agreed: Map<string, string>,
  asked: Asked,
): Promise<void> {
  const { rules } = asked
  const taken = new Set<string>()
  const doubtful = table.columns.filter((column) => {
    if (column.title === null || verdictOf(column, rules) === 'none') return false
    if (!sure || verdictOf(column, rules) === 'ask') return true
    agreed.set(`${table.key}.${column.key}`, column.title)
    taken.add(column.title)
    return false
  })
  const take = (key: string, chosen: string | null) => {
    if (chosen === null) return
    agreed.set(`${table.key}.${key}`, chosen)
    taken.add(chosen)
  }
  for (const column of doubtful) take(column.key, await askColumn(ask, table, column, taken, asked))
  if (!POINTED.has(table.key)) return
  for (;;) {
    const key = await askMissing(ask, table, agreed, taken, asked)
    if (key === null) return
    const nothing = { key, title: null, score: 0, evidence: [], contested: false, candidates: [] }
    take(key, await askColumn(ask, table, nothing, taken, asked))
  }
}

/** Columns of a table that stand for a field again, for what was proposed instead of them was refused. */
export type Refused = { readonly table: Titled; readonly columns: readonly ColumnProposal[] }

/** Asks about each of them; adds `table.column` → title to `agreed`. */
export async function askInstead(
  ask: Ask,
  refused: readonly Refused[],
  agreed: Map<string, string>,
  asked: Asked,
): Promise<void> {
  for (const { table, columns } of refused) {
    const taken = new Set(
      [...agreed].flatMap(([key, title]) => (key.startsWith(`${table.key}.`) ? [title] : [])),
    )
    for (const column of columns) {
      const chosen = await askColumn(ask, table, column, taken, asked)
      if (chosen === null) continue
      agreed.set(`${table.key}.${column.key}`, chosen)
      taken.add(chosen)
    }
  }
}

/** One of the candidates, or any column that is left and can serve; null: none of them. */
async function askColumn(
  ask: Ask,
  table: Titled,
  { key, candidates, title, score: rate, evidence }: ColumnProposal,
  taken: ReadonlySet<string>,
  asked: Asked,
): Promise<string | null> {
  const { rules, nameOf, samples } = asked
  const one = title === null ? [] : [{ title, score: rate, evidence }]
  const free = (candidates.length > 0 ? candidates : one).filter((each) => !taken.has(each.title))
  const others = leftFor(table, key, asked).filter(
    (each) => !taken.has(each) && !free.some((candidate) => candidate.title === each),
  )
  if (free.length + others.length === 0) return null
  return chooseOne(ask, {
    question: typeset(
      `Table « ${shownTitle(table.title)} » : quelle colonne est « ${nameOf(`${table.key}.${key}`)} » ?`,
    ),
    choices: free.map((each) => ({
      title: each.title,
      why: [score(each.score), reasonText(each.evidence, rules)].filter(Boolean).join(' ; '),
    })),
    others,
    samplesOf: (each) => samples(table.title, each),
    another: 'une autre colonne',
    none: asked.none ?? 'aucune : Portrea ajoutera la sienne',
  })
}

/** The columns of theirs that could stand there by their type, proposed for nothing or for another place. */
function leftFor(table: Titled, key: string, { live, own }: Asked): string[] {
  const place = own.find((one) => one.key === table.key)?.places.find((one) => one.key === key)
  const columns = live.find(({ title }) => title === table.title)?.columns ?? []
  if (place === undefined || place.written) return []
  return columns
    .filter(({ made, link, type }) =>
      made !== null ? false : place.linksTo === null ? place.accepts(type) : link !== null,
    )
    .map(({ title }) => title)
}

/** What no column was found for, to be pointed out by its number; null: nothing more. */
async function askMissing(
  ask: Ask,
  table: Titled,
  agreed: ReadonlyMap<string, string>,
  taken: ReadonlySet<string>,
  asked: Asked,
): Promise<string | null> {
  const put = new Set(table.mapped.map(({ key }) => key))
  const missing = table.columns.filter(
    ({ key }) =>
      !agreed.has(`${table.key}.${key}`) &&
      !put.has(key) &&
      leftFor(table, key, asked).some((title) => !taken.has(title)),
  )
  const isLeft = table.unused.some((title) => !taken.has(title))
  if (missing.length === 0 || !isLeft) return null
  const names = missing.map(({ key }, at) => `${at + 1}. ${asked.nameOf(`${table.key}.${key}`)}`)
  const question = typeset(
    `Table « ${shownTitle(table.title)} », sans colonne chez vous : ${names.join(' ; ')}.\nUn numéro pour en désigner une, Entrée pour continuer : `,
  )
  for (;;) {
    const answer = await ask(question)
    if (answer === '') return null
    const chosen = missing[Number(answer) - 1]
    if (chosen !== undefined) return chosen.key
  }
}
