import { configDirectory } from '../app.ts'
import { readActorFile } from '../config/actor-file.ts'
import { loadGeography } from '../config/geography.ts'
import { readRules } from '../config/rules-file.ts'
import type { Actor } from '../domain/actor.ts'
import type { ActorAssessment, Profile } from '../domain/assessment.ts'
import { compileActorRules } from '../domain/completeness/assess-actor.ts'
import { assessRecords } from '../domain/completeness/assess-records.ts'
import { crossIndex } from '../domain/completeness/cross-index.ts'
import { duplicateIndex } from '../domain/duplicates.ts'
import type { Geography } from '../domain/geography.ts'
import { epciTally } from '../domain/indicators/tally.ts'
import { counted, frenchNumber, typeset } from '../domain/typography.ts'
import { parisDay } from '../sync/paris-day.ts'
import { checkCopyName, fixLines, writeFixedCopy } from './assess-fix.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

type Options = CommonOptions & { readonly profile: Profile; readonly fix?: string }
type Judged = { readonly actor: Actor; readonly assessment: ActorAssessment }

/**
 * `portrea assess FILE`: completeness and findings of each record, indicators of each EPCI, offline; with `--fix`, a
 * corrected copy too.
 */
export async function assess(path: string, { json, profile, fix }: Options): Promise<number> {
  const rules = readRules(configDirectory())
  const file = readActorFile(path)
  const { actors, unreadable, notes } = file
  if (fix !== undefined) checkCopyName(fix, file.source)
  for (const note of notes) console.error(note)
  const geography = loadGeography()
  const today = parisDay(new Date())
  const judge = compileActorRules(rules.completeness, geography, today, profile)
  const index = crossIndex(rules.completeness, geography, profile)
  const judged = assessRecords(actors, judge, index).map((assessment, at) => ({
    actor: actors[at]!,
    assessment,
  }))
  const document = {
    rules: rules.fingerprint,
    profile,
    actors: withDuplicates(judged),
    epcis: epcisOf(judged, geography, today),
    unreadable,
  }
  const fixed = fix === undefined ? null : writeFixedCopy(fix, file, judge)
  if (json) print(fixed === null ? document : { ...document, fixed })
  else say(...lines(document), ...(fixed === null ? [] : fixLines(fixed).map(typeset)))
  return unreadable.length > 0 || judged.some(({ assessment }) => assessment.blocking) ? 1 : 0
}

function withDuplicates(judged: readonly Judged[]) {
  const index = duplicateIndex()
  for (const { actor, assessment } of judged) index.add(actor, assessment.epci)
  const others = new Map<string, string[]>()
  for (const { one, other } of index.pairs()) {
    others.set(one, [...(others.get(one) ?? []), other])
    others.set(other, [...(others.get(other) ?? []), one])
  }
  return judged.map(({ assessment: { id, epci, completeness, missing, findings } }) => ({
    id,
    epci,
    completeness: oneDecimal(completeness),
    missing,
    findings,
    duplicates: others.get(id) ?? [],
  }))
}

function epcisOf(judged: readonly Judged[], geography: Geography, today: string) {
  const groups = Map.groupBy(judged, ({ assessment }) => assessment.epci)
  const sirens = [...groups.keys()].filter((siren) => siren !== null).sort()
  return sirens.map((siren) => {
    const tally = epciTally(siren, geography, today)
    for (const { actor, assessment } of groups.get(siren) ?? []) tally.add(actor, assessment)
    const { actors, completeness, validity, freshness, communesCovered, byField } = tally.indicators()
    return {
      siren,
      name: geography.epci(siren)?.name ?? null,
      actors,
      completeness: oneDecimal(completeness),
      validity: oneDecimal(validity),
      freshness: oneDecimal(freshness),
      communesCovered,
      byField,
    }
  })
}

type Document = {
  readonly actors: ReturnType<typeof withDuplicates>
  readonly epcis: ReturnType<typeof epcisOf>
  readonly unreadable: readonly { readonly line: number; readonly reason: string }[]
}

function lines({ actors, epcis, unreadable }: Document): string[] {
  const counts = new Map<string, number>()
  for (const { findings } of actors)
    for (const { code, severity } of findings)
      counts.set(`${severity} ${code}`, (counts.get(`${severity} ${code}`) ?? 0) + 1)
  const mean = actors.reduce((sum, one) => sum + (one.completeness ?? 0), 0) / actors.length
  return [
    `${counted(actors.length, 'fiche')}, complétude moyenne ${actors.length === 0 ? 'inconnue' : `${frenchNumber(mean)} %`}`,
    '',
    ...epcis.map(epciLine),
    '',
    ...[...counts]
      .sort((one, other) => other[1] - one[1])
      .map(([key, count]) => `  ${String(count).padStart(5)}  ${key}`),
    ...blockingLines(actors),
    ...unreadable.map(({ line, reason }) => `✗ ligne ${line} : ${reason}`),
  ].map(typeset)
}

/** The records to mend first, each with what is wrong; the rest is in `--json`. */
function blockingLines(actors: Document['actors']): string[] {
  const lines = actors.flatMap(({ id, findings }) =>
    findings
      .filter(({ severity }) => severity === 'blocking')
      .map(
        ({ message, suggestion }) =>
          `  ${id} : ${message}${suggestion === null ? '' : ` (proposition : ${suggestion})`}`,
      ),
  )
  if (lines.length === 0) return []
  const more = lines.length > SHOWN ? [`  … et ${lines.length - SHOWN} autres (--json les donne tous)`] : []
  return ['', 'À corriger :', ...lines.slice(0, SHOWN), ...more]
}

const SHOWN = 20

function epciLine({ siren, name, actors, ...figures }: ReturnType<typeof epcisOf>[number]): string {
  const { completeness, validity, freshness } = figures
  const shown = [
    percent('complétude', completeness),
    percent('validité', validity),
    percent('fraîcheur', freshness),
  ]
  return `  ${siren}  ${(name ?? '').padEnd(58)}${counted(actors, 'fiche').padStart(12)}  ${shown.join('  ')}`
}

function percent(what: string, value: number | null): string {
  return `${what} ${value === null ? 'inconnue' : `${frenchNumber(value)} %`}`
}

function oneDecimal(value: number): number
function oneDecimal(value: number | null): number | null
function oneDecimal(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10
}
