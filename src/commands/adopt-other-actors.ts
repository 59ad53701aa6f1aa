import { withActorsRenamed, withOtherActors } from '../config/other-actors-document.ts'
import type { AddedActors } from '../config/other-actors-document.ts'
import { SHARED_KEYS } from '../config/other-actors.ts'
import type { Columns } from '../config/columns-file.ts'
import type { Agreed } from '../domain/adoption/agreement.ts'
import type { LiveTable, OwnTable } from '../domain/adoption/live-base.ts'
import { otherActorTables, otherActorTitles } from '../domain/adoption/other-actors.ts'
import type { TableProposal } from '../domain/adoption/propose.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'
import { counted, frenchList, typeset } from '../domain/typography.ts'
import type { Renamed } from '../nocodb/names.ts'
import { asFirstActors, isOtherActorsKey } from '../nocodb/provision/desired-schema.ts'
import { agreedTo } from './adopt-questions.ts'
import type { Ask } from './adopt-questions.ts'

type Facts = {
  readonly columns: Columns
  readonly live: readonly LiveTable[]
  readonly own: readonly OwnTable[]
  readonly rules: AdoptionRules
  /** What has a place already. */
  readonly agreed: Agreed
}

/** Other lists of actors of the base, and what is to be said of them; each is a question, whatever its score. */
export type OtherActors = {
  readonly found: readonly TableProposal[]
  /** What is said where no question can be asked. */
  readonly lines: readonly string[]
  /** Asks about each; answers what config/columns.yaml is to name. */
  readonly ask: (ask: Ask) => Promise<readonly AddedActors[]>
}

/** Finds them among the tables that have no place yet. */
export function findOtherActors({ columns, live, own, rules, agreed }: Facts): OtherActors {
  const ours = new Map(Object.entries(columns.actors.columns).map(([key, { title }]) => [key, title]))
  const first = agreed.get('actors') ?? columns.actors.title
  const found = otherActorTables(withoutOtherActors(live, columns), own, rules, agreed)
  // What Portrea made in another table of actors is ours there, as it is in the first.
  const asOfFirst = live.map((table) => ({
    ...table,
    columns: table.columns.map((one) => ({
      ...one,
      made: one.made === null ? null : asFirstActors(one.made),
    })),
  }))
  const titlesOf = (table: TableProposal) =>
    otherActorTitles(table, asOfFirst, columns.actors, rules, SHARED_KEYS, agreed)
  return {
    found,
    lines: found.map(({ title }) =>
      typeset(
        `  ? « ${title} » semble être une autre table d'acteurs : lancez adopt sans --yes pour en décider.`,
      ),
    ),
    async ask(ask) {
      const added: AddedActors[] = []
      for (const table of found) {
        const names = titlesOf(table)
        const theirs = live.find(({ title }) => title === table.title)?.columns.map(({ title }) => title)
        const read = Object.entries(names).flatMap(([key, title]) =>
          theirs?.includes(title) ? [`« ${title} » (${ours.get(key) ?? key})`] : [],
        )
        const question = `« ${table.title} » est-elle une autre table d'acteurs, dont les fiches comptent avec celles de « ${first} » ? (${counted(read.length, 'colonne reconnue', 'colonnes reconnues')} : ${frenchList(read)})`
        if (await agreedTo(ask, question)) added.push({ title: table.title ?? '', columns: names })
      }
      return added
    },
  }
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
