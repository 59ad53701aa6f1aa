import { isDeepStrictEqual } from 'node:util'
import type { RowsOf } from '../../../src/commands/adopt-ask.ts'
import { askBase } from '../../../src/commands/adopt-base.ts'
import { findOtherActors } from '../../../src/commands/adopt-other-actors.ts'
import { namesIn } from '../../../src/commands/shown-title.ts'
import type { AgreedMapping } from '../../../src/config/columns-document.ts'
import type { AddedActors } from '../../../src/config/other-actors-document.ts'
import { ownTables, vocabularyOf } from '../../../src/nocodb/adoption/own-tables.ts'
import { desiredSchema } from '../../../src/nocodb/provision/desired-schema.ts'
import { plain } from '../../helpers/plain.ts'
import { rules } from '../../helpers/rules.ts'
import { adoption, names, proposing } from '../proposed.ts'
import { fromOf } from './agreed.ts'
import { rightIn } from './describe.ts'
import type { Right, UnlikeBase, UnlikeTable } from './describe.ts'
import { liveTables } from './measured.ts'

const own = ownTables(names, desiredSchema(names, rules), adoption)
const vocabulary = vocabularyOf(rules.completeness.fields, adoption.meanings)
const nameOf = namesIn(names)

/** What comes of the questions of adopt, and how many there were. */
export type Played = {
  /** Every line that was to be answered, the one that writes the file included; words told one by one apart. */
  readonly questions: number
  /** Words of their own whose meaning was told, a line each. */
  readonly words: number
  readonly wrong: readonly string[]
  readonly missed: readonly string[]
  readonly agreed: ReadonlyMap<string, string>
  readonly mapped: readonly AgreedMapping[]
  readonly others: readonly AddedActors[]
  readonly asked: readonly string[]
}

/** Answers every question of adopt as somebody does who knows the base, from the first to the last one. */
export async function play(base: UnlikeBase): Promise<Played> {
  const live = liveTables(base)
  const person = personOf(base)
  const { agreed, mapped, proposal, asked } = await askBase(person.ask, {
    ...{ live, own, rules: adoption, nameOf, samples: async () => [], vocabulary, rowsOf: rowsIn(base) },
    propose: proposing(live),
    titleOf: (key) => nameOf(`actors.${key}`),
  })
  const epciText = proposal.epciText?.title ?? null
  const found = findOtherActors({
    columns: names,
    live,
    own,
    rules: adoption,
    agreed,
    vocabulary,
    epciText,
    rowsOf: rowsIn(base),
  })
  const others = await found.ask(person.ask, asked)
  return {
    ...{ questions: person.count.questions + 1, words: person.count.words }, // and « Écrire ? »
    ...judge(base, agreed, mapped, others),
    ...{ agreed, mapped, others, asked: person.asked },
  }
}

/** What tells the places of its tables apart, as the base gives it. */
function rowsIn({ tables }: UnlikeBase): RowsOf {
  return async (title, telling) => {
    const columns = tables.find((table) => table.title === title)?.columns ?? []
    const cellsOf = (wanted: string | null) => columns.find((one) => one.title === wanted)?.cells ?? []
    const of = { pivot: cellsOf(telling.pivot), nom: cellsOf(telling.nom), town: cellsOf(telling.town) }
    const text = (cell: unknown) => (cell === null || cell === undefined ? null : String(cell))
    return (columns[0]?.cells ?? []).map((_, at) => ({
      ...{ pivot: text(of.pivot[at]), nom: text(of.nom[at]), town: text(of.town[at]) },
    }))
  }
}

/** What every place of a second table is, by its title. */
const OWN_KIND: Readonly<Record<string, string>> = { Associations: 'ASSO' }

/** Who answers: by what is right in the base. */
function personOf(base: UnlikeBase) {
  const count = { questions: 0, words: 0 }
  const asked: string[] = []
  const tried = new Set<string>() // what could not be pointed out is not tried again
  let wanted: string | null = null
  const ask = async (shown: string): Promise<string> => {
    const question = plain(shown)
    asked.push(question)
    if (asked.length > 100) throw new Error(`asked without an end: ${question}`)
    if (question.includes('» veut dire (')) {
      count.words += 1
      return meaningOf(base, question)
    }
    count.questions += 1
    if (question.startsWith('Laquelle')) return numberOf(question, [wanted]) ?? '0'
    const [, table] = /table est celle des « (.+?) »/u.exec(question) ?? []
    if (table !== undefined) {
      const titles = base.tables.filter(({ ours }) => nameOf(ours ?? '') === table).map(({ title }) => title)
      wanted = titles[0] ?? null
      return numberOf(question, titles) ?? (wanted !== null && question.includes('\n  a. ') ? 'a' : '0')
    }
    const [, theirs, place] = /Table « (.+?) » : quelle colonne est « (.+?) »/u.exec(question) ?? []
    if (theirs !== undefined && place !== undefined) {
      const right = rightOf(base, theirs, place)
      wanted = right === null ? null : (sourceTitles(right)[0] ?? null)
      const title = numberOf(question, [wanted])
      return title ?? (wanted !== null && question.includes('\n  a. ') ? 'a' : '0')
    }
    if (question.includes('dont rien n')) return missingIn(base, question, tried)
    if (question.includes('Dire maintenant')) return Object.keys(base.words ?? {}).length > 0 ? 'o' : 'n'
    const [, other] = /« ([^»]+) » est-elle une autre table d'acteurs/u.exec(question) ?? []
    if (other !== undefined)
      return base.tables.find(({ title }) => title === other)?.ours === 'actors' ? 'o' : 'n'
    if (question.includes('[o : ')) return wrongLines(base, question)
    if (question.includes('Ce qui est marqué ✓')) return 'o'
    return isRightLine(base, question) ? 'o' : 'n'
  }
  return { ask, asked, count }
}

/** As it is shown: with plain signs. */
function titled({ tables }: UnlikeBase, shown: string): UnlikeTable | undefined {
  return tables.find(({ title }) => plain(title) === shown)
}

/** The number of the line that offers one of these titles. */
function numberOf(question: string, titles: readonly (string | null)[]): string | null {
  for (const line of question.split('\n')) {
    const [, number, title] = /^ {2}(\d+)\. « (.+?) »/u.exec(line) ?? []
    if (number !== undefined && titles.some((one) => one !== null && plain(one) === title)) return number
  }
  return null
}

function rightOf(base: UnlikeBase, table: string, place: string): Right | null {
  const theirs = titled(base, table)
  if (theirs === undefined || theirs.ours === null) return null
  for (const [key, right] of rightIn(theirs, base))
    if (nameOf(`${theirs.ours}.${key}`) === place) return right
  return null
}

function sourceTitles(right: Right): readonly string[] {
  if (right.kind === 'column' || right.kind === 'point' || right.kind === 'address') return [right.title]
  return []
}

/** What has no column yet, and has one in truth, with the number of that column. */
function missingIn(base: UnlikeBase, question: string, tried: Set<string>): string {
  const pairs: string[] = []
  const lines = question.split('\n')
  for (const [at, line] of lines.entries()) {
    const [, table] = /^Table « (.+?) », sans colonne/u.exec(line) ?? []
    if (table === undefined) continue
    for (const [, number, place] of line.matchAll(/(\d+)\. ([^;\n]+?)(?= ;|\.$)/gu)) {
      const right = rightOf(base, table, place!.trim())
      const [title] = right === null ? [] : sourceTitles(right)
      const [, column] =
        new RegExp(`(\\d+)\\. « ${escaped(plain(title ?? ' '))} »`, 'u').exec(lines[at + 1]!) ?? []
      if (title === undefined || column === undefined || tried.has(`${table}.${place}`)) continue
      tried.add(`${table}.${place}`)
      pairs.push(`${number}=${column}`)
    }
  }
  return pairs.join(' ')
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')
}

/** The numbers of the lines that are not right. */
function wrongLines(base: UnlikeBase, question: string): string {
  const [, table = ''] = /Table « (.+?) »/u.exec(question) ?? []
  const lines = question.split('\n').flatMap((line) => {
    const [, number, text] = /^ {2,}(\d+)\. (.+)$/u.exec(line) ?? []
    return number === undefined ? [] : [{ number, text: text! }]
  })
  const wrong = lines.filter(({ text }) => !isRightLine(base, text, table))
  return wrong.length === 0 ? 'o' : wrong.map(({ number }) => number).join(' ')
}

/** Whether one line of what is proposed says what is so. */
function isRightLine(base: UnlikeBase, text: string, table?: string): boolean {
  const actors = base.tables.filter(
    ({ ours, title }) => ours === 'actors' && (table ?? plain(title)) === plain(title),
  )
  const one = (place: string) =>
    actors.map(({ title }) => rightOf(base, plain(title), place)).find((right) => right !== null)
  const [, column, single] = /^« (.+?) » → (.+?) \(/u.exec(text) ?? []
  if (column !== undefined) {
    const right = rightOf(base, table ?? actors[0]?.title ?? '', single!)
    return right?.kind === 'column' && plain(right.title) === column
  }
  const pairs = [...text.matchAll(/« ([^»]+) » cochée dit « ([^»]+) »/gu)]
  const [, place = ''] = /« ([^»]+) » : /u.exec(text) ?? []
  const right = one(place)
  if (pairs.length > 0) {
    const all = actors.flatMap((theirs) => [...rightIn(theirs, base).values()])
    return pairs.every(([, title, value]) =>
      all.some((each) => each.kind === 'words' && each.columns[title!] === value),
    )
  }
  const meanings = [...text.matchAll(/« ([^»]+) » se lit « ([^»]+) »/gu)]
  if (meanings.length > 0) {
    const words = Object.values(base.words ?? {})
    return meanings.every(([, word, value]) => words.some((each) => each[word!] === value))
  }
  if (text.includes('un jour par colonne')) return right?.kind === 'days' && titlesIn(text, right)
  if (text.includes('la première remplie')) return right?.kind === 'first' && titlesIn(text, right)
  if (text.includes('tout ce que tiennent')) return right?.kind === 'all' && titlesIn(text, right)
  if (text.includes('bout à bout')) return right?.kind === 'join' && titlesIn(text, right)
  if (text.includes('sur toutes les fiches'))
    return [...Object.values(base.constants ?? {}), OWN_KIND[table ?? '']].some((value) =>
      text.includes(`« ${value} »`),
    )
  if (text.includes('lu dans')) return right?.kind === 'point' || right?.kind === 'address'
  return false
}

function titlesIn(text: string, right: Extract<Right, { columns: unknown }>): boolean {
  const { columns } = right
  const titles: readonly string[] = Array.isArray(columns) ? columns : Object.values(columns).flat()
  return titles.every((title) => text.includes(`« ${title} »`))
}

function meaningOf({ words = {} }: UnlikeBase, question: string): string {
  const [, word] = /« ([^»]+) » veut dire \(/u.exec(question) ?? []
  for (const each of Object.values(words))
    if (word !== undefined && each[word] !== undefined) return each[word]
  return ''
}

/** What was taken and is not so, and what is so and was not taken. */
function judge(
  base: UnlikeBase,
  agreed: ReadonlyMap<string, string>,
  mapped: readonly AgreedMapping[],
  others: readonly AddedActors[],
) {
  const wrong: string[] = []
  const missed: string[] = []
  const hold = (theirs: UnlikeTable, taken: ReadonlyMap<string, string>, made: readonly AgreedMapping[]) => {
    const right = rightIn(theirs, base)
    const keys = new Set([...right.keys(), ...taken.keys(), ...made.map(({ key }) => key)])
    for (const key of keys) {
      const place = `${theirs.title}.${key}`
      const from = made.find((one) => one.key === key && one.from !== null)?.from ?? null
      const title = taken.get(key) ?? null
      const is = right.get(key)
      const constant =
        base.constants?.[`${theirs.ours}.${key}`] ??
        (key === 'typologie' ? OWN_KIND[theirs.title] : undefined)
      if (from === null && title === null) {
        if (is !== undefined && (is.kind !== 'column' || theirs.ours === 'actors' || key !== 'actors'))
          missed.push(place)
        continue
      }
      const isRight =
        from !== null
          ? is === undefined
            ? 'constant' in from && from.constant === constant
            : isDeepStrictEqual(from, fromOf(is)) || isPart(from, is)
          : is?.kind === 'column' && is.title === title
      if (!isRight) wrong.push(`${place} = ${from === null ? title : JSON.stringify(from)}`)
    }
  }
  for (const [key, title] of agreed) {
    if (key.includes('.')) continue
    const theirs = base.tables.find((one) => one.title === title)
    if (theirs?.ours !== key) {
      wrong.push(`${key} = ${title}`)
      continue
    }
    const columns = [...agreed].flatMap(([place, column]) =>
      place.startsWith(`${key}.`) ? [[place.slice(key.length + 1), column] as const] : [],
    )
    hold(theirs, new Map(columns), key === 'actors' ? mapped : [])
  }
  for (const { title, columns } of others) {
    const theirs = base.tables.find((one) => one.title === title)
    if (theirs?.ours !== 'actors') {
      wrong.push(`otherActors = ${title}`)
      continue
    }
    const [alone, made]: [Map<string, string>, AgreedMapping[]] = [new Map(), []]
    for (const [key, name] of Object.entries(columns)) {
      if (typeof name !== 'string' && name.from !== undefined)
        made.push({ key, from: name.from, words: null })
      else if (theirs.columns.some((one) => one.title === (typeof name === 'string' ? name : name.title)))
        alone.set(key, typeof name === 'string' ? name : name.title)
    }
    hold(theirs, alone, made)
  }
  const placed = new Set([
    ...[...agreed].filter(([key]) => !key.includes('.')).map(([, title]) => title),
    ...others.map(({ title }) => title),
  ])
  for (const { ours, title } of base.tables)
    if (ours !== null && !placed.has(title)) missed.push(`${ours}: ${title}`)
  return { wrong, missed }
}

/** Some of the columns of a value each. */
function isPart(from: AgreedMapping['from'], is: Right): boolean {
  return (
    from !== null &&
    'each' in from &&
    is.kind === 'words' &&
    Object.entries(from.each).every(([title, value]) => is.columns[title] === value)
  )
}
