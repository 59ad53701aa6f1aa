import { commandLine } from '../domain/command-line.ts'
import { withActorsRenamed, withOtherActors } from '../config/other-actors-document.ts'
import type { AddedActors } from '../config/other-actors-document.ts'
import type { AgreedMapping } from '../config/columns-document.ts'
import { SHARED_KEYS } from '../config/other-actors.ts'
import type { Columns } from '../config/columns-file.ts'
import type { Agreed } from '../domain/adoption/agreement.ts'
import type { LiveTable, OwnTable } from '../domain/adoption/live-base.ts'
import type { Vocabulary } from '../domain/adoption/mapped/vocabulary.ts'
import { otherActorTables, otherActorTitles } from '../domain/adoption/other-actors.ts'
import type { OtherActorTable } from '../domain/adoption/other-actors.ts'
import { verdictOf } from '../domain/adoption/verdict.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'
import { counted, frenchList, typeset } from '../domain/typography.ts'
import type { Renamed } from '../nocodb/names.ts'
import { asFirstActors, isOtherActorsKey } from '../nocodb/provision/desired-schema.ts'
import { askMapped, mappedLines, refusedColumns, withChosenWords } from './adopt-mapped.ts'
import { askColumns, askInstead } from './adopt-columns.ts'
import { askMissing } from './adopt-missing.ts'
import { composed } from './adopt-composed.ts'
import type { Ask, Asked, RowsOf } from './adopt-ask.ts'
import { listed, sameRowsText } from './adopt-same-rows.ts'
import { askTicked } from './adopt-ticked.ts'
import { epciTextLines } from './adopt-text.ts'
import { say } from './output.ts'
import { shownTitle } from './shown-title.ts'

type Facts = {
  readonly columns: Columns
  readonly live: readonly LiveTable[]
  readonly own: readonly OwnTable[]
  readonly rules: AdoptionRules
  /** What has a place already. */
  readonly agreed: Agreed
  readonly vocabulary: Vocabulary
  /** Title of the column of the first table that names the EPCI in plain text; null: none does. */
  readonly epciText: string | null
  readonly rowsOf: RowsOf
}

/** Other lists of actors of the base, and what is to be said of them; each is a question, whatever its score. */
export type OtherActors = {
  readonly found: readonly OtherActorTable[]
  /** What is said where no question can be asked. */
  readonly lines: () => Promise<readonly string[]>
  /** Asks about each, its doubtful columns and what they make together; answers what config/columns.yaml is to name. */
  readonly ask: (ask: Ask, asked: Asked) => Promise<readonly AddedActors[]>
}

/** Finds them among the tables that have no place yet. */
export function findOtherActors(facts: Facts): OtherActors {
  const { columns, live, own, rules, agreed, vocabulary, epciText } = facts
  const found = otherActorTables(withoutOtherActors(live, columns), own, rules, agreed, vocabulary)
  const said = sayingOf(facts)
  return {
    found,
    async lines() {
      const lines: string[] = []
      for (const table of found) {
        const same = await repeatedText(table, facts)
        const why = same === null ? '' : ` ; ${same}`
        lines.push(
          typeset(
            `  ? « ${shownTitle(table.title)} » semble être une autre table d'acteurs${why} : lancez \`${commandLine('adopt')}\` pour en décider.`,
          ),
        )
      }
      return lines
    },
    async ask(ask, asked) {
      const added: AddedActors[] = []
      const texts = epciText === null ? [] : [epciText]
      for (const table of found) {
        const names = await askNames(ask, table, asked, said)
        if (names === null) continue
        say(...epciTextLines(table, rules, texts))
        if (table.epciText !== null) texts.push(table.epciText.title)
        if ('nom' in names) added.push({ title: table.title, columns: names })
        else
          say(
            typeset(
              `Rien ne nomme les fiches de « ${shownTitle(table.title)} » : elle est laissée telle quelle.`,
            ),
          )
      }
      return added
    },
  }
}

/** What the questions about each of them are made from. */
type Saying = Facts & { readonly titleOf: (key: string) => string }

function sayingOf(facts: Facts): Saying {
  const names = new Map<string, string>(
    Object.entries(facts.columns.actors.columns).map(([key, { title }]) => [key, title]),
  )
  return { ...facts, titleOf: (key) => names.get(key) ?? key }
}

/** Whether it is one (null: it is none), and the names of its columns by their keys, once its doubtful columns and what several of them make were asked about. */
async function askNames(
  ask: Ask,
  table: OtherActorTable,
  whole: Asked,
  saying: Saying,
): Promise<AddedActors['columns'] | null> {
  const { columns, live, rules, agreed, vocabulary, titleOf } = saying
  const sure = whole.sure ?? true
  const asked: Asked = {
    ...whole,
    none: 'aucune : inconnu pour les fiches de cette table',
    ...{ settled: new Map(), together: new Map() },
  }
  const taken = new Map([['actors', table.title]])
  if (!(await askColumns(ask, table, sure, taken, asked, await questionAbout(table, saying)))) {
    whole.refused.push({ table: table.title, is: 'actors' })
    return null
  }
  await askMissing(ask, [table], taken, asked)
  const ticked = await askTicked(askAbout(ask, table), taken, asked, vocabulary)
  const alone = { tables: [withChosenWords(table, taken, asked, vocabulary)], epciText: null }
  const found = await askMapped(
    askAbout(ask, table),
    alone,
    { ...asked, sure, agreed: taken },
    titleOf,
    vocabulary,
  )
  await askInstead(ask, refusedColumns(alone, found), taken, asked)
  const { agreed: single, mapped } = composed(taken, [...ticked, ...found], asked)
  // What Portrea made in another table of actors is ours there, as it is in the first.
  const asOfFirst = live.map((one) => ({
    ...one,
    columns: one.columns.map((column) => ({
      ...column,
      made: column.made === null ? null : asFirstActors(column.made),
    })),
  }))
  const ours = { names: columns.actors.columns, shared: SHARED_KEYS, apart: rules.apart }
  return withMapped(otherActorTitles(single, asOfFirst, ours, agreed), mapped, titleOf)
}

/** Questions that say which table they are about. */
function askAbout(ask: Ask, { title }: OtherActorTable): Ask {
  return (question) => ask(`${typeset(`Table « ${shownTitle(title)} » : `)}${question}`)
}

/** Whether it is one, with all that would be taken with it. */
async function questionAbout(table: OtherActorTable, saying: Saying): Promise<string> {
  const { agreed, columns, rules, titleOf } = saying
  const first = agreed.get('actors') ?? columns.actors.title
  const sure = table.columns.flatMap((column) =>
    column.title !== null && verdictOf(column, rules) === 'match'
      ? [`« ${shownTitle(column.title)} » (${titleOf(column.key)})`]
      : [],
  )
  const surely = { ...table, mapped: table.mapped.filter(({ verdict }) => verdict === 'match') }
  const same = await repeatedText(table, saying)
  const old = same === null ? [] : [`${same} : une liste plus ancienne ? Chaque lieu compterait deux fois.`]
  return [
    ...mappedLines({ tables: [surely], epciText: null }, titleOf),
    `« ${shownTitle(table.title)} » est-elle une autre table d'acteurs, dont les fiches comptent avec celles de « ${shownTitle(first)} » ? (${counted(sure.length, 'colonne reconnue', 'colonnes reconnues')} : ${frenchList(sure)})`,
    ...old,
  ].join('\n')
}

/** Whether most of its rows stand in the first table of actors; null: they do not. */
function repeatedText(table: OtherActorTable, { agreed, rowsOf, rules }: Facts): Promise<string | null> {
  const columns = new Map(
    [...agreed].flatMap(([place, title]) =>
      place.startsWith('actors.') ? [[place.slice('actors.'.length), title] as const] : [],
    ),
  )
  return sameRowsText(
    listed(table, table.title),
    { title: agreed.get('actors') ?? '', columns },
    rowsOf,
    rules,
  )
}

/** The columns by their keys, and how those are read that theirs hold in their own way. */
function withMapped(
  titles: Readonly<Record<string, string>>,
  mapped: readonly AgreedMapping[],
  titleOf: (key: string) => string,
): AddedActors['columns'] {
  const columns: Record<string, AddedActors['columns'][string]> = { ...titles }
  for (const { key, from, words } of mapped) {
    const before = columns[key] ?? titleOf(key)
    const one = typeof before === 'string' ? { title: before } : before
    const all = { ...one.words, ...words }
    columns[key] = {
      ...one,
      ...(from === null ? {} : { from }),
      ...(Object.keys(all).length === 0 ? {} : { words: all }),
    }
  }
  return columns
}

/** The tables of a base but those that config/columns.yaml names as other tables of actors: they have their place. */
export function withoutOtherActors(live: readonly LiveTable[], { otherActors }: Columns): LiveTable[] {
  const known = new Set(otherActors.map(({ title }) => title))
  return live.filter(({ title, former }) => !known.has(title) && !isOtherActorsKey(former ?? ''))
}

/** The text of config/columns.yaml with the tables that were agreed to, and with what people renamed in those that it names. */
export function withActors(text: string, added: readonly AddedActors[], renamed: readonly Renamed[]): string {
  return withOtherActors(withActorsRenamed(text, renamedOthers(renamed)), added)
}

function renamedOthers(renamed: readonly Renamed[]) {
  // A column that a field is mapped from has no key of its own: its mapping is people's to mend.
  return renamed.filter(({ key }) => isOtherActorsKey(key) && key.split('.').length <= 2).map(placeOf)
}

/** Its table by the title that config/columns.yaml gives, its column by its key. */
function placeOf({ key, table, column, now }: Renamed) {
  return { table, column: column === null ? null : key.slice(key.indexOf('.') + 1), now }
}
