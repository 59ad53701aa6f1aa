import { commandLine } from '../domain/command-line.ts'
import type { AgreedMapping } from '../config/columns-document.ts'
import { meaningFinder } from '../domain/adoption/mapped/vocabulary.ts'
import type { Meaning, MeaningFinder, Vocabulary } from '../domain/adoption/mapped/vocabulary.ts'
import type { Agreed } from '../domain/adoption/agreement.ts'
import { isPutTogether } from '../domain/adoption/mapped/mapped-proposal.ts'
import type { MappedProposal } from '../domain/adoption/mapped/mapped-proposal.ts'
import { wordsOfChosen } from '../domain/adoption/mapped/own-words.ts'
import { refusalOf } from '../domain/adoption/refusals.ts'
import type { Refusal } from '../domain/adoption/refusals.ts'
import { columnMatcher } from '../domain/adoption/match-columns.ts'
import type { Proposal, TableProposal } from '../domain/adoption/propose.ts'
import { frenchList, typeset } from '../domain/typography.ts'
import { agreedTo } from './adopt-ask.ts'
import { review } from './adopt-review.ts'
import type { Ask, Asked } from './adopt-ask.ts'
import type { Refused } from './adopt-columns.ts'
import { linesOf, says } from './adopt-mapped-text.ts'
import type { OwnTitle } from './adopt-mapped-text.ts'

/** What is said of every field that theirs hold in their own way: sure (✓) or to be asked (?). */
export function mappedLines(proposal: Proposal, titleOf: OwnTitle): string[] {
  return allMapped(proposal).flatMap((one) => {
    const mark = one.verdict === 'match' ? '✓' : '?'
    return [
      ...linesOf(one, titleOf).map((line) => typeset(`  ${mark} ${line}`)),
      ...(one.unknown.length === 0 ? [] : [typeset(`  ? ${unknownText(one, titleOf)}`)]),
    ]
  })
}

/** What is taken without a question. */
export function sureMapped(proposal: Proposal): AgreedMapping[] {
  return allMapped(proposal).filter(({ verdict }) => verdict === 'match')
}

/** Those that a person is to decide on, and did not: there was nobody to ask. */
export function leftMapped(proposal: Proposal): readonly MappedProposal[] {
  return allMapped(proposal).filter(({ verdict, from, words }) => verdict === 'ask' && says({ from, words }))
}

/** What was left aside, and how to have it. */
export function mappedLeftLines(left: readonly MappedProposal[], titleOf: OwnTitle): string[] {
  if (left.length === 0) return []
  return [
    typeset(`Laissé de côté, à confirmer ; pour en décider, lancez \`${commandLine('adopt')}\` :`),
    ...left.flatMap((one) => linesOf(one, titleOf).map((line) => `  ? ${line}`)),
    '',
  ]
}

/**
 * Asks about each field that is not sure and not settled yet, as a whole; where the answer is no, column by column and word
 * by word.
 * @param sure whether what needs no question was agreed to as a whole
 * @param settled what was answered with the single columns: whether it is right
 * @param agreed the single columns that were: what stands beside one that was refused is no question any more
 */
export async function askMapped(
  ask: Ask,
  proposal: Proposal,
  {
    agreed,
    sure,
    settled,
    refused,
  }: { readonly agreed: Agreed } & Pick<Asked, 'sure' | 'settled' | 'refused'>,
  titleOf: OwnTitle,
  meaningsOf: Vocabulary,
): Promise<AgreedMapping[]> {
  const taken: AgreedMapping[] = []
  const unknown: Titled[] = []
  for (const { table, one } of allTitled(proposal)) {
    if (!isPutTogether(one.from) && !agreed.has(`actors.${one.key}`)) continue
    unknown.push({ table, one })
    if (!says(one)) continue
    const answer =
      settled.get(one) ??
      ((sure === true && one.verdict === 'match') ||
        (await agreedTo(ask, `${linesOf(one, titleOf).join('\n')}\nEst-ce juste ?`)))
    const some = answer ? one : await onlySome(ask, one)
    if (says(some)) taken.push(some)
    if (!answer) refused.push(...refusalsIn(table, one, some))
  }
  return [...taken, ...(await askUnknown(ask, unknown, titleOf, meaningsOf, refused))]
}

/** A proposal, and the table of theirs that it is of. */
type Titled = { readonly table: string; readonly one: MappedProposal }

function allTitled({ tables }: Proposal): Titled[] {
  return tables.flatMap(({ title, mapped }) => mapped.map((one) => ({ table: title ?? '', one })))
}

/** What of a proposal nothing was kept of: the way in which it is put together, and the words that stay as they are. */
function refusalsIn(table: string, { key, from, words }: MappedProposal, kept: AgreedMapping): Refusal[] {
  const place = `actors.${key}`
  const left = Object.keys(words ?? {}).filter((word) => kept.words?.[word] === undefined)
  return [
    ...(from === null || kept.from !== null ? [] : [refusalOf(table, place, from)]),
    ...(left.length === 0 ? [] : [{ table, is: place, words: left }]),
  ]
}

/** A table with what the words of the columns that a person pointed out in it may say. */
export function withChosenWords<Table extends TableProposal>(
  table: Table,
  agreed: Agreed,
  { live, own, rules }: Pick<Asked, 'live' | 'own' | 'rules'>,
  vocabulary: Vocabulary,
): Table {
  const theirs = live.find(({ title }) => title === table.title)
  const places = own.find(({ key }) => key === table.key)
  if (theirs === undefined || places === undefined) return table
  const chosen = new Map(
    table.columns.flatMap(({ key }) => {
      const title = agreed.get(`${table.key}.${key}`)
      return title === undefined ? [] : [[key, title] as const]
    }),
  )
  const matcher = columnMatcher(rules)
  const words = wordsOfChosen(
    { theirs, own: places, columns: table.columns, matcher, rules, vocabulary },
    chosen,
  )
  const again = new Set(words.map(({ key }) => key))
  return { ...table, mapped: [...table.mapped.filter(({ key }) => !again.has(key)), ...words] }
}

/** The single columns that may do where what is put together instead of them was refused, with their tables. */
export function refusedColumns({ tables }: Proposal, taken: readonly AgreedMapping[]): Refused[] {
  const kept = new Set(taken.flatMap(({ key, from }) => (from === null ? [] : [key])))
  return tables.flatMap((table) => {
    const columns = table.mapped.flatMap(({ key, instead }) =>
      instead === undefined || kept.has(key) ? [] : [instead],
    )
    return table.title === null || columns.length === 0
      ? []
      : [{ table: { ...table, title: table.title }, columns }]
  })
}

/** Words that nothing here is near to: a person may say at once what they mean, each in words of their own. */
async function askUnknown(
  ask: Ask,
  proposals: readonly Titled[],
  titleOf: OwnTitle,
  meaningsOf: Vocabulary,
  refused: Refusal[],
): Promise<AgreedMapping[]> {
  const asked = proposals.filter(
    ({ one: { key, unknown } }) => unknown.length > 0 && (meaningsOf.get(key) ?? []).length > 0,
  )
  if (asked.length === 0) return []
  const lines = asked.map(({ one: { key, unknown } }) => {
    const listed = frenchList(unknown.slice(0, SHOWN).map((word) => `« ${word} »`))
    return `« ${titleOf(key)} » : ${listed}${unknown.length > SHOWN ? ' …' : ''} ${unknown.length > 1 ? 'ne sont pas des valeurs attendues' : "n'est pas une valeur attendue"}.`
  })
  if (!(await agreedTo(ask, `${lines.join('\n')}\nDire maintenant ce que cela veut dire ?`))) return []
  const told: AgreedMapping[] = []
  for (const {
    table,
    one: { key, unknown },
  } of asked) {
    const meanings = meaningsOf.get(key) ?? []
    const find = meaningFinder(meanings)
    const words: Record<string, string> = {}
    for (const word of unknown) {
      const value = await askMeaning(ask, word, meanings, find)
      if (value !== null) words[word] = value
    }
    if (Object.keys(words).length > 0) told.push({ key, from: null, words })
    const left = unknown.filter((word) => words[word] === undefined)
    if (left.length > 0) refused.push({ table, is: `actors.${key}`, words: left })
  }
  return told
}

/** The value that a person names, by its code, a wording of it or its number in the list; null: the word stays as it is. */
export async function askMeaning(
  ask: Ask,
  word: string,
  meanings: readonly Meaning[],
  find: MeaningFinder,
): Promise<string | null> {
  let near: readonly string[] = find(word).map(({ value }) => value)
  for (let wrong = ''; ;) {
    const list = near.map((value, at) => `  ${at + 1}. ${shownMeaning(value, meanings)}\n`)
    const answer = await ask(
      typeset(
        `${wrong}${list.join('')}« ${word} » veut dire (un numéro, ou une valeur attendue en toutes lettres ; « ? » : toutes ; Entrée : laisser tel quel) : `,
      ),
    )
    if (answer === '') return null
    if (answer === '?') {
      near = meanings.map(({ value }) => value)
      wrong = ''
      continue
    }
    const numbered = near[Number(answer) - 1]
    if (numbered !== undefined) return numbered
    const found = find(answer)
    if (found[0]?.exact != null) return found[0].value
    near = found.map(({ value }) => value)
    wrong = `« ${answer} » n'est pas une valeur attendue.\n`
  }
}

function shownMeaning(value: string, meanings: readonly Meaning[]): string {
  const wording = meanings.find((one) => one.value === value)?.wordings[0]
  return wording === undefined ? value : `${value} (${wording})`
}

/** Of a column a value, and of words, some may be right. */
async function onlySome(ask: Ask, { key, from, words }: MappedProposal): Promise<AgreedMapping> {
  const each = from !== null && 'each' in from ? await kept(ask, from.each, 'cochée dit') : null
  const meant = words === null ? null : await kept(ask, words, 'se lit')
  const some = each === null || Object.keys(each).length === 0 ? null : { each }
  return { key, from: some, words: meant !== null && Object.keys(meant).length > 0 ? meant : null }
}

async function kept(
  ask: Ask,
  pairs: Readonly<Record<string, string>>,
  verb: string,
): Promise<Record<string, string>> {
  const all: Record<string, string> = {}
  if (Object.keys(pairs).length < 2) return all
  const entries = Object.entries(pairs)
  const lines = entries.map(([theirs, value]) => [typeset(`« ${theirs} » ${verb} « ${value} »`)])
  const wrong = await review(ask, 'Un par un :', lines)
  for (const [at, [theirs, value]] of entries.entries()) if (wrong?.has(at) === false) all[theirs] = value
  return all
}

function unknownText({ key, unknown }: MappedProposal, titleOf: OwnTitle): string {
  const words = frenchList(unknown.slice(0, SHOWN).map((word) => `« ${word} »`))
  const more = unknown.length > SHOWN ? ' …' : ''
  return `« ${titleOf(key)} » : ${words}${more} ${unknown.length > 1 ? 'ne sont pas des valeurs attendues' : "n'est pas une valeur attendue"} ; dites ce que cela veut dire sous \`words\`, dans config/columns.yaml`
}
const SHOWN = 8

function allMapped({ tables }: Proposal): readonly MappedProposal[] {
  return tables.flatMap(({ mapped }) => mapped)
}
