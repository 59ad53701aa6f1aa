import type { AgreedMapping } from '../config/columns-document.ts'
import type { Agreed } from '../domain/adoption/agreement.ts'
import type { DecidedTables, Proposal, TableProposal } from '../domain/adoption/propose.ts'
import type { Vocabulary } from '../domain/adoption/mapped/vocabulary.ts'
import { composed } from './adopt-composed.ts'
import { askInstead } from './adopt-columns.ts'
import { askTicked } from './adopt-ticked.ts'
import type { OwnTitle } from './adopt-mapped-text.ts'
import { askMapped, refusedColumns, withChosenWords } from './adopt-mapped.ts'
import { askAll, askSure } from './adopt-questions.ts'
import type { Ask, Asked } from './adopt-ask.ts'

type Facts = Omit<Asked, 'sure' | 'none' | 'settled' | 'together' | 'refused'> & {
  readonly propose: (decided?: DecidedTables) => Proposal
  readonly titleOf: OwnTitle
  readonly vocabulary: Vocabulary
}

/** What a person agreed to, and the proposal that it was said of. */
type Answered = {
  readonly proposal: Proposal
  readonly agreed: Agreed
  readonly mapped: readonly AgreedMapping[]
  readonly asked: Asked
}

/** All the questions about the tables of a base and the columns of the first table of actors. */
export async function askBase(
  ask: Ask,
  { propose, titleOf, vocabulary, ...facts }: Facts,
): Promise<Answered> {
  let last = propose()
  const sure = await askSure(ask)
  const asked: Asked = { ...facts, sure, settled: new Map(), together: new Map(), refused: [] }
  const agreed = await askAll(ask, last, asked, (tables) => (last = propose(tables)))
  const ticked = await askTicked(ask, agreed, asked, vocabulary)
  const withWords = (one: TableProposal) =>
    one.key === 'actors' ? withChosenWords(one, agreed, asked, vocabulary) : one
  last = { ...last, tables: last.tables.map(withWords) }
  const mapped = agreed.has('actors')
    ? await askMapped(ask, last, { ...asked, agreed }, titleOf, vocabulary)
    : []
  await askInstead(ask, refusedColumns(last, mapped), agreed, asked)
  return { proposal: last, asked, ...composed(agreed, [...ticked, ...mapped], asked) }
}
