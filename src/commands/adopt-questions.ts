import { verdictOf } from '../domain/adoption/verdict.ts'
import type { Proposal, TableProposal } from '../domain/adoption/propose.ts'
import { typeset } from '../domain/typography.ts'
import { agreedTo } from './adopt-ask.ts'
import type { Ask, Asked } from './adopt-ask.ts'
import { chooseOne } from './adopt-choice.ts'
import { askColumns, NEEDED } from './adopt-columns.ts'
import { askMissing } from './adopt-missing.ts'
import { listed, sameRowsText } from './adopt-same-rows.ts'
import { reasonText, score } from './adopt-text.ts'

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
    else decided.set(key, await askTable(ask, table, decided, asked, again))
  }
  const agreed = new Map<string, string>()
  const tables = again(decided).tables.flatMap((table) => {
    const { key, title } = table
    return title === null || decided.get(key) !== title ? [] : [{ ...table, title }]
  })
  for (const table of tables) {
    agreed.set(table.key, table.title)
    await askColumns(ask, table, sure, agreed, asked)
  }
  await askMissing(ask, tables, agreed, asked)
  return agreed
}

/** Whether what is marked ✓ is right as a whole: what no question is then asked about. */
export async function askSure(ask: Ask): Promise<boolean> {
  return agreedTo(ask, 'Ce qui est marqué ✓ est-il juste ? (« n » : je revois chaque ligne)')
}

/** One of the tables that could do, or any other; null: none of them. */
async function askTable(
  ask: Ask,
  proposal: TableProposal,
  decided: ReadonlyMap<string, string | null>,
  { live, nameOf, samples, rules, refused, rowsOf }: Asked,
  again: (tables: ReadonlyMap<string, string | null>) => Proposal,
): Promise<string | null> {
  const { key, title, rivals, evidence, score: rate } = proposal
  const taken = new Set(decided.values())
  const proposed = [...(title === null ? [] : [title]), ...rivals].filter((one) => !taken.has(one))
  const others = live.map((one) => one.title).filter((one) => !taken.has(one) && !proposed.includes(one))
  if (proposed.length + others.length === 0) return null
  // Of two lists of the same places one is the older: what both hold says so.
  const why = new Map<string, string>()
  if (key === NEEDED && title !== null)
    for (const rival of rivals) {
      const own = again(new Map([...decided, [key, rival]])).tables.find((table) => table.key === key)
      const same = await sameRowsText(listed(own ?? proposal, rival), listed(proposal, title), rowsOf, rules)
      if (same !== null) why.set(rival, same)
    }
  const chosen = await chooseOne(ask, {
    question: typeset(`Quelle table est celle des « ${nameOf(key)} » ?`),
    choices: proposed.map((one) => ({
      title: one,
      why:
        one === title
          ? [score(rate), reasonText(evidence, rules)].filter(Boolean).join(' ; ')
          : (why.get(one) ?? ''),
    })),
    others,
    samplesOf: (one) => samples(one, null),
    another: 'une autre table',
    none: 'aucune : Portrea créera la sienne',
  })
  if (chosen === null) for (const one of proposed) refused.push({ table: one, is: key })
  return chosen
}
