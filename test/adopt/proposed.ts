import { readAdoption } from '../../src/config/adoption-file.ts'
import { loadGeography, officialEpcis } from '../../src/config/geography.ts'
import { epciFinder, isNamed } from '../../src/domain/adoption/epci-names.ts'
import type { LiveTable } from '../../src/domain/adoption/live-base.ts'
import { proposer } from '../../src/domain/adoption/propose.ts'
import { verdictOf } from '../../src/domain/adoption/verdict.ts'
import type { DecidedTables, Proposal } from '../../src/domain/adoption/propose.ts'
import type { Verdict } from '../../src/domain/adoption/verdict.ts'
import { valueProfiler } from '../../src/domain/adoption/value-shapes.ts'
import {
  acceptedWordings,
  ownTables,
  typeReader,
  vocabularyOf,
} from '../../src/nocodb/adoption/own-tables.ts'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { readColumns } from '../../src/config/columns-file.ts'
import { CONFIG, rules } from '../helpers/rules.ts'

export const adoption = readAdoption(CONFIG)
export const names = readColumns(CONFIG)
const desired = desiredSchema(names, rules)
const find = epciFinder(officialEpcis())
export const profile = valueProfiler({
  geography: loadGeography(),
  isEpciName: (text) => isNamed(find(text)),
  accepted: acceptedWordings(desired, rules.completeness.fields),
  organisations: adoption.people.organisations,
  typeOf: typeReader(rules.completeness.fields),
})

/** A table held in memory: every column is text. */
export function liveTable(title: string, columns: Readonly<Record<string, readonly unknown[]>>): LiveTable {
  return {
    title,
    made: null,
    columns: Object.entries(columns).map(([name, values]) => ({
      ...{ title: name, type: 'SingleLineText', made: null, link: null },
      profile: profile(values.map((value) => (value === null ? '' : String(value)))),
    })),
  }
}

export function proposed(base: readonly LiveTable[], decided?: DecidedTables): Proposal {
  return proposing(base)(decided)
}

/** What is proposed for a base, after each decision of a person. */
export function proposing(base: readonly LiveTable[]): (decided?: DecidedTables) => Proposal {
  return proposer(
    base,
    ownTables(names, desired, adoption),
    adoption,
    vocabularyOf(rules.completeness.fields, adoption.meanings),
  )
}

/** `table` or `table.column` → what is proposed, and how surely; what is not proposed is left out. */
export function told(proposal: Proposal): Map<string, { title: string; verdict: Verdict; score: number }> {
  const all = new Map<string, { title: string; verdict: Verdict; score: number }>()
  for (const table of proposal.tables) {
    const verdict = verdictOf(table, adoption)
    if (table.title === null || verdict === 'none') continue
    all.set(table.key, { title: table.title, verdict, score: table.score })
    for (const column of table.columns) {
      const sure = verdictOf(column, adoption)
      if (column.title !== null && sure !== 'none')
        all.set(`${table.key}.${column.key}`, { title: column.title, verdict: sure, score: column.score })
    }
  }
  return all
}

export type Figures = {
  readonly places: number
  readonly matched: number
  readonly asked: number
  readonly wrong: readonly string[]
  readonly missed: readonly string[]
  readonly askedWrong: readonly string[]
}

/** Holds a proposal against what is true: `matched` without a question and right, `asked`, `wrong` without a question. */
export function figures(
  all: ReadonlyMap<string, { title: string; verdict: Verdict }>,
  truth: Readonly<Record<string, string>>,
): Figures {
  const sure = [...all].filter(([, { verdict }]) => verdict === 'match')
  const asked = [...all].filter(([, { verdict }]) => verdict === 'ask')
  const right = ([key, { title }]: readonly [string, { title: string }]) => truth[key] === title
  const said = ([key, { title }]: readonly [string, { title: string }]) => `${key} = ${title}`
  return {
    places: Object.keys(truth).length,
    matched: sure.filter(right).length,
    asked: asked.length,
    wrong: sure.filter((one) => !right(one)).map(said),
    askedWrong: asked.filter((one) => !right(one)).map(said),
    missed: Object.keys(truth).filter((key) => !all.has(key)),
  }
}
