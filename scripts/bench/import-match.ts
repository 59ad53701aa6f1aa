import { loadGeography } from '../../src/config/geography.ts'
import { headerReader } from '../../src/config/headers.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { parisDay } from '../../src/domain/days.ts'
import type { Match } from '../../src/domain/import/match.ts'
import { matcher } from '../../src/domain/import/matcher.ts'
import { readSource } from '../../src/files/read-source.ts'
import { settings } from './our-work.ts'

/** Reads a base and a source and matches them; how many are said to be the same, how many rightly (by their numbers). */
export async function matchFiles(files: { readonly base: string; readonly source: string }) {
  const begin = performance.now()
  const by = { source: null, headers: headerReader() }
  const base: Actor[] = []
  for await (const one of (await readSource(files.base, by)).records)
    if ('actor' in one) base.push({ ...one.actor, id: one.actor.fields.id ?? one.key })
  const today = parisDay(new Date())
  const matching = matcher({ rules: settings.rules, geography: loadGeography(), today }, base)
  let [rows, said, right, unsure, differences] = [0, 0, 0, 0, 0]
  const count = (id: string | null, match: Match) => {
    if (match.kind === 'unsure') unsure += 1
    if (match.kind !== 'same') return
    said += 1
    differences += match.differences.length
    if (match.record.slice(1) === id?.slice(1)) right += 1
  }
  for await (const one of (await readSource(files.source, by)).records) {
    if (!('actor' in one)) continue
    rows += 1
    const match = matching.add(one)
    if (match !== null) count(one.actor.fields.id, match)
  }
  for (const { record, match } of matching.rest()) count(record.actor.fields.id, match)
  return { seconds: (performance.now() - begin) / 1000, rows, said, right, unsure, differences }
}
