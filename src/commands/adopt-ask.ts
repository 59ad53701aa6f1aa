import { createInterface } from 'node:readline/promises'
import type { LiveTable, OwnTable } from '../domain/adoption/live-base.ts'
import type { MappedProposal } from '../domain/adoption/mapped/mapped-proposal.ts'
import type { Refusal } from '../domain/adoption/refusals.ts'
import type { RowOfPlace, TellingColumns } from '../domain/adoption/same-rows.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { Samples } from './adopt-choice.ts'
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

/** What tells the places of a whole table of theirs apart, read for one comparison and kept nowhere. */
export type RowsOf = (table: string, telling: TellingColumns) => Promise<readonly RowOfPlace[]>

/** What the questions are about, and what helps to answer them. */
export type Asked = {
  readonly rules: AdoptionRules
  readonly live: readonly LiveTable[]
  readonly own: readonly OwnTable[]
  readonly nameOf: NameOf
  readonly samples: Samples
  readonly rowsOf: RowsOf
  /** What was answered to `askSure`; undefined: it is asked first. */
  readonly sure?: boolean
  /** What it means that no column is the one; absent: that one will be added. */
  readonly none?: string
  /** What is put together and was answered already, with the single columns: whether it is right. */
  readonly settled: Map<MappedProposal, boolean>
  /** Columns that a person named together for one field: `table.column` → their titles. */
  readonly together: Map<string, readonly string[]>
  /** What was said no to, with nothing instead. */
  readonly refused: Refusal[]
}
