import { createLog, withBase } from '../../src/app.ts'
import type { Rules } from '../../src/config/rules-file.ts'
import { loadGeography } from '../../src/config/geography.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { compileActorRules } from '../../src/domain/completeness/assess-actor.ts'
import { readActors } from '../../src/nocodb/read-actors.ts'
import { parisDay } from '../../src/domain/days.ts'
import { bareRead } from './bare-read.ts'
import type { BareRead } from './bare-read.ts'
import { median } from './figures.ts'
import { environmentOf, settings, sirensOf } from './our-work.ts'
import type { Place } from './run-job.ts'

const ROUNDS = 7
const PARSERS = ['phone', 'opening_hours']

/**
 * The time of scoring one record (ns), beside `JSON.parse` of the same record as the server sent it. Rules are compiled
 * anew for each round, as for each run: caches start empty.
 */
export async function score(
  place: Place,
  read: BareRead,
): Promise<{ seconds: number } & Record<string, number>> {
  const begin = performance.now()
  const texts: string[] = []
  await bareRead(read, ({ list }) => void texts.push(...list.map((record) => JSON.stringify(record))))
  const actors = await allActors(place)
  const { completeness } = settings.rules
  const geography = loadGeography()
  const compile = (rules: Rules['completeness']) =>
    compileActorRules(rules, geography, parisDay(new Date()), rules.writeBack)
  const lean = withoutParsers(completeness)
  const times = { parse: [] as number[], lean: [] as number[], whole: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    times.parse.push(nsEach(texts, () => JSON.parse))
    times.lean.push(nsEach(actors, () => compile(lean)))
    times.whole.push(nsEach(actors, () => compile(completeness)))
  }
  const [parseNs, leanNs, wholeNs] = [median(times.parse), median(times.lean), median(times.whole)]
  return { seconds: (performance.now() - begin) / 1000, rows: actors.length, parseNs, leanNs, wholeNs }
}

async function allActors(place: Place): Promise<Actor[]> {
  const actors: Actor[] = []
  await withBase(environmentOf(place), settings, createLog('warn'), async (base) => {
    for await (const page of readActors(base, settings.columns, await sirensOf(base)))
      actors.push(...page.map(({ actor }) => actor))
  })
  return actors
}

/** The same rules without what reads telephones and opening hours. */
function withoutParsers(rules: Rules['completeness']): Rules['completeness'] {
  const fields = rules.fields.map((rule) => ({
    ...rule,
    checks: rule.checks.filter((check) => typeof check !== 'string' || !PARSERS.includes(check)),
  }))
  return { ...rules, fields }
}

function nsEach<Item>(items: readonly Item[], prepare: () => (item: Item) => unknown): number {
  const work = prepare()
  let seen = 0
  const begin = performance.now()
  for (const item of items) if (work(item) !== null) seen++
  return ((performance.now() - begin) * 1e6) / Math.max(1, seen)
}
