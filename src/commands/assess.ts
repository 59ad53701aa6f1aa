import { configDirectory } from '../app.ts'
import { readActorFile } from '../config/actor-file.ts'
import { readAdoption } from '../config/adoption-file.ts'
import { headerReader } from '../config/headers.ts'
import { readFragility } from '../config/fragility-file.ts'
import { loadGeography } from '../config/geography.ts'
import { readRules } from '../config/rules-file.ts'
import type { Rules } from '../config/rules-file.ts'
import type { Actor } from '../domain/actor.ts'
import type { Profile } from '../domain/assessment.ts'
import { compileActorRules } from '../domain/completeness/assess-actor.ts'
import { assessRecords } from '../domain/completeness/assess-records.ts'
import { fixGuard } from '../domain/completeness/fix-guard.ts'
import type { ActorAssessment } from '../domain/assessment.ts'
import { dayOrder } from '../domain/completeness/day-order.ts'
import type { DayOrder } from '../domain/completeness/day-order.ts'
import type { KeepsAll } from '../domain/completeness/fix-guard.ts'
import { crossIndex } from '../domain/completeness/cross-index.ts'
import { duplicateIndex } from '../domain/duplicates/duplicate-index.ts'
import type { Duplicates } from '../domain/duplicates/duplicate-index.ts'
import type { Share } from '../domain/indicators/shares.ts'
import { sourceLines } from '../domain/place-sentences.ts'
import { region } from '../domain/region.ts'
import { atOnce } from '../domain/steps.ts'
import { counted, frenchNumber, typeset } from '../domain/typography.ts'
import { parisDay } from '../domain/days.ts'
import { assessEpcis, oneDecimal } from './assess-epcis.ts'
import type { AssessedEpci, Judged } from './assess-epcis.ts'
import { checkCopyName, fixLines, writeFixedCopy } from './assess-fix.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

type Options = CommonOptions & {
  readonly profile: Profile
  readonly fragility?: string
  readonly fix?: string
}

/**
 * `portrea assess FILE`: completeness and findings of each record, indicators of each EPCI, offline; with `--fix`, a
 * corrected copy too.
 */
export async function assess(path: string, { json, profile, fix, ...options }: Options): Promise<number> {
  const rules = readRules(configDirectory())
  const given = options.fragility
  const fragility = given === undefined ? null : readFragility(given, rules.indicators.fragility)
  const file = readActorFile(path, headerReader(readAdoption(configDirectory())))
  const { actors, unreadable, notes } = file
  if (fix !== undefined) checkCopyName(fix, file.source)
  for (const note of notes) console.error(note)
  const geography = loadGeography()
  const today = parisDay(new Date())
  const order = dayOrder(actors.map(({ fields }) => fields.date_maj))
  if (order.note !== null) console.error(typeset(order.note))
  const judge = judgeInOrder(compileActorRules(rules.completeness, geography, today, profile), order)
  const index = crossIndex(rules.completeness, geography, profile)
  const judged = assessRecords(actors, judge, index).map((assessment, at) => ({
    actor: actors[at]!,
    assessment,
  }))
  const epcis = assessEpcis(judged, { rules, geography, profile, today, fragility })
  const duplicates = duplicatesAmong(actors, rules)
  const document = {
    rules: rules.fingerprint,
    profile,
    actors: withDuplicates(judged, duplicates),
    epcis,
    unreadable,
    region: region(epcis),
    duplicates: duplicates.pairs.map((pair) => ({ ...pair, score: oneDecimal(pair.score) })),
  }
  const fixed =
    fix === undefined
      ? null
      : writeFixedCopy(fix, file, judge, guardOfOrder(fixGuard(rules.completeness), order))
  if (json) print(fixed === null ? document : { ...document, fixed })
  else say(...lines(document), ...(fixed === null ? [] : fixLines(fixed).map(typeset)))
  return unreadable.length > 0 || judged.some(({ assessment }) => assessment.blocking) ? 1 : 0
}

/** What is proposed is right in substance; where that is not sure, a person has to look. */
const UNSURE = { severity: 'warning', suggestion: null } as const

/** The same judge, who proposes no day where the other dates of the list speak against it. */
function judgeInOrder(judge: (actor: Actor) => ActorAssessment, order: DayOrder) {
  return (actor: Actor): ActorAssessment => {
    const assessment = judge(actor)
    if (!order.isContradicted(actor.fields.date_maj ?? '')) return assessment
    const findings = assessment.findings.map((finding) =>
      finding.code === 'date_maj.notation' ? { ...finding, ...UNSURE } : finding,
    )
    return { ...assessment, findings }
  }
}

/** The same guard, who lets no date be written over that may be meant otherwise. */
function guardOfOrder(keepsAll: KeepsAll, order: DayOrder): KeepsAll {
  return (actor, field, after) =>
    !(field === 'date_maj' && order.isDoubtful(actor.fields.date_maj ?? '')) && keepsAll(actor, field, after)
}

/** The pairs that may be one place; on standard error, who were too many to be compared. */
function duplicatesAmong(actors: readonly Actor[], rules: Rules): Duplicates {
  const index = duplicateIndex(rules)
  for (const actor of actors) index.add(actor)
  const found = atOnce(index.find())
  for (const { records, id } of found.crowds)
    console.error(
      typeset(
        `${counted(records, 'fiche')} comme ${id} ont en commun un téléphone, un courriel, un SIRET ou un mot : trop pour être comparées deux à deux par ce seul point.`,
      ),
    )
  return found
}

function withDuplicates(judged: readonly Judged[], { pairs }: Duplicates) {
  const others = new Map<string, string[]>()
  for (const { one, other } of pairs) {
    others.set(one, [...(others.get(one) ?? []), other])
    others.set(other, [...(others.get(other) ?? []), one])
  }
  return judged.map(({ assessment: { id, epci, completeness, missing, publishable, findings } }) => ({
    id,
    epci,
    completeness: oneDecimal(completeness),
    missing,
    publishable,
    findings,
    duplicates: others.get(id) ?? [],
  }))
}

type Document = {
  readonly actors: ReturnType<typeof withDuplicates>
  readonly epcis: readonly AssessedEpci[]
  readonly unreadable: readonly { readonly line: number; readonly reason: string }[]
  readonly duplicates: Duplicates['pairs']
}

function lines({ actors, epcis, unreadable, duplicates }: Document): string[] {
  const counts = new Map<string, number>()
  for (const { findings } of actors)
    for (const { code, severity } of findings)
      counts.set(`${severity} ${code}`, (counts.get(`${severity} ${code}`) ?? 0) + 1)
  const mean = actors.reduce((sum, one) => sum + (one.completeness ?? 0), 0) / actors.length
  return [
    `${counted(actors.length, 'fiche')}, complétude moyenne ${actors.length === 0 ? 'inconnue' : `${frenchNumber(mean)} %`}`,
    '',
    ...epcis.flatMap(epciLines),
    ...withoutEpci(actors),
    '',
    ...[...counts]
      .sort((one, other) => other[1] - one[1])
      .map(([key, count]) => `  ${String(count).padStart(5)}  ${key}`),
    ...blockingLines(actors),
    ...duplicateLines(duplicates),
    ...unreadable.map(({ line, reason }) => `✗ ligne ${line} : ${reason}`),
  ].map(typeset)
}

function withoutEpci(actors: Document['actors']): string[] {
  const count = actors.filter(({ epci }) => epci === null).length
  return count === 0
    ? []
    : [
        `  ${counted(count, 'fiche')} sans EPCI : ni leur code INSEE, ni leur commune et leur code postal n'en disent un`,
      ]
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
  return firstLines('À corriger :', lines)
}

function duplicateLines(pairs: Document['duplicates']): string[] {
  const sorted = pairs.toSorted((one, other) => other.score - one.score)
  return firstLines(
    `Doublons possibles (${counted(pairs.length, 'paire')}) :`,
    sorted.map(
      ({ one, other, score, reason }) => `  ${one} et ${other} : ${reason} (${frenchNumber(score)} points)`,
    ),
  )
}

function firstLines(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  const more = lines.length > SHOWN ? [`  … et ${lines.length - SHOWN} autres (--json les donne tous)`] : []
  return ['', title, ...lines.slice(0, SHOWN), ...more]
}

const SHOWN = 20

function epciLines({ siren, name, actors, ...figures }: AssessedEpci): string[] {
  const { completeness, publishable, freshness, records, shares } = figures
  const shown = [
    percent('complétude', completeness),
    percent('publiables', publishable, shares.publishable),
    percent('fraîcheur', freshness, shares.freshness),
  ]
  const once =
    records === actors ? '' : `  (${counted(records, 'fiche')}, doublons possibles comptés une fois)`
  return [
    `  ${siren}  ${(name ?? '').padEnd(58)}${counted(actors, 'acteur').padStart(12)}  ${shown.join('  ')}${once}`,
    ...sourceLines(figures.sources).map((line) => `      ${line}`),
  ]
}

function percent(what: string, value: number | null, share?: Share): string {
  if (value === null) return `${what} : inconnu`
  const made = share === undefined ? '' : ` (${share.count} sur ${share.of}${share.little ? ', peu' : ''})`
  return `${what} ${frenchNumber(value)} %${made}`
}
