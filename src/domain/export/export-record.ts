import type { Actor } from '../actor.ts'
import type { ActorAssessment } from '../assessment.ts'
import type { KeepsAll } from '../completeness/fix-guard.ts'
import { isSiret, RNA } from '../completeness/check-pivot.ts'
import { isOpeningHours } from '../completeness/opening-hours.ts'
import { readPhones } from '../completeness/read-phones.ts'
import { safeFixes } from '../completeness/safe-fixes.ts'
import { isEmail, isPage } from '../completeness/web-forms.ts'
import { FIELDS } from '../fields.ts'
import type { FieldName } from '../fields.ts'
import { isWorking } from '../formula.ts'
import { standardValues } from '../indicators/standard-values.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import { refusedByLibrary } from './national-library.ts'

/** The fields that the national standard (v1.0.2) requires of each record. */
export const REQUIRED = ['id', 'pivot', 'nom', 'commune', 'code_postal', 'adresse', 'date_maj'] as const

/** What a record says, each value as the national standard (v1.0.2) writes it; a field that is absent says nothing. */
export type ExportFields = Readonly<
  Record<(typeof REQUIRED)[number], string> & Partial<Record<FieldName, string>>
>

/** A record that can be given to others. */
export type ExportRecord = {
  /** Its number in the base. */
  readonly record: string
  /** SIREN of the EPCI that it counts for; null: none is known. */
  readonly epci: string | null
  readonly fields: ExportFields
  /** Fields of which something that people wrote has no room in the standard, all of it or a part. */
  readonly left: readonly FieldName[]
}

/** A record that cannot, and why. */
export type NotExported = {
  readonly record: string
  readonly name: string | null
  readonly epci: string | null
  /** `asked`: « Ne pas publier »; `lacks`: required fields are missing or wrong; `twice`: another bears its « Identifiant ». */
  readonly why: 'asked' | 'lacks' | 'twice'
  readonly missing: readonly FieldName[]
  readonly wrong: readonly FieldName[]
}

/** What judges a record for publication, and says which of its values may be written otherwise. */
export type ExportRules = {
  readonly completeness: CompletenessRules
  readonly judge: (actor: Actor) => ActorAssessment
  readonly keepsAll: KeepsAll
  /** YYYY-MM-DD */
  readonly today: string
}

/**
 * Makes records fit to be given to others: what is right in substance is written as the standard asks, what is not right
 * is left out, and a record without what the standard requires is not given at all. The ANCT's own library has the last word. A record
 * without an « Identifiant » that can be given bears the number that it has in the base; without a date of its own, the day on which what
 * people wrote changed last.
 */
export function exporter(rules: ExportRules): (actor: Actor) => ExportRecord | NotExported {
  const write = fieldWriters(rules)
  return (actor) => {
    const { fields, wrong, epci } = mended(actor, rules)
    const lost = new Set<FieldName>()
    const own: Partial<Record<FieldName, string>> = {}
    for (const field of FIELDS) {
      const value = fields[field]
      if (value === null) continue
      const { text, whole } = wrong.has(field) ? NOTHING : write(field, value, fields.code_insee ?? '')
      if (text !== null) own[field] = text
      if (!whole) lost.add(field)
    }
    own.id ??= `portrea-${actor.id}`
    if (own.date_maj === undefined && actor.changedOn !== null) own.date_maj = actor.changedOn
    if (own.latitude === undefined || own.longitude === undefined) {
      delete own.latitude
      delete own.longitude
    }
    for (const field of refusedByLibrary(own)) delete own[field]
    const lacking = REQUIRED.filter((field) => own[field] === undefined)
    const of = { record: actor.id, epci }
    if (lacking.length > 0)
      return {
        ...{ ...of, name: actor.fields.nom, why: 'lacks' },
        missing: lacking.filter((field) => fields[field] === null),
        wrong: lacking.filter((field) => fields[field] !== null),
      }
    const left = FIELDS.filter(
      (field) => lost.has(field) || (fields[field] !== null && own[field] === undefined),
    )
    return { ...of, fields: own as ExportFields, left }
  }
}

/** What people wrote, but for what is right in substance and written otherwise; what is no value at all says nothing. */
function mended(actor: Actor, { judge, keepsAll }: ExportRules) {
  const fixes = safeFixes(actor, judge, keepsAll)
  const fields = { ...actor.fields }
  for (const { field, after } of fixes) fields[field] = after
  const { missing, findings, epci } = judge({ ...actor, fields, written: null })
  for (const field of missing) fields[field] = null
  const wrong = findings.filter(({ severity }) => severity === 'blocking').map(({ field }) => field)
  return { fields, wrong: new Set(wrong), epci }
}

/** A value as the standard writes it; null: it has no room there. `whole`: nothing of what people wrote is left out. */
type Said = { readonly text: string | null; readonly whole: boolean }
type Writer = (value: string, codeInsee: string) => Said

const NOTHING: Said = { text: null, whole: false }

/** Each field in its own way. */
function fieldWriters({ completeness, today }: ExportRules) {
  const lists = new Map(
    completeness.fields.flatMap(({ field, accepted }) =>
      accepted === undefined ? [] : [[field, listOf(standardValues(field, completeness))] as const],
    ),
  )
  const own: Readonly<Partial<Record<FieldName, Writer>>> = {
    pivot: only((value) => (isSiret(value) && /^\d{14}$/u.test(value)) || RNA.test(value)),
    code_postal: only((value) => /^\d{5}$/u.test(value)),
    code_insee: only((value) => /^(?:[013-9]\d|2[AB1-9])\d{3}$/u.test(value)),
    latitude: degrees(90),
    longitude: degrees(180),
    telephone: oneNumber,
    courriels: several(isEmail),
    site_web: several(isPage),
    horaires: only(isOpeningHours),
    presentation_resume: only((value) => value.length <= LONGEST_SUMMARY),
    date_maj: only((value) => isDay(value) && value <= today),
    fiche_acces_libre: only(isPage),
    prise_rdv: only(isPage),
  }
  return (field: FieldName, value: string, insee: string): Said => {
    // What a spreadsheet would compute is no text of a place.
    if (isWorking(value)) return NOTHING
    return (lists.get(field) ?? own[field] ?? asItIs)(value, insee)
  }
}

/** Characters, by the standard. */
const LONGEST_SUMMARY = 280
/** The numbers for which the standard has room: of mainland France and of overseas. */
const PHONE = /^\+(?:33|590|594|262|596|269|687|689|508|681)\d{6,9}$/u
/** The library writes it so, the published schema without its space: no writing is right for both. */
const NO_ONE_WRITING = new Set(['Étapes numériques (La Poste)'])

const asItIs: Writer = (value) => ({ text: value.trim() || null, whole: true })

function only(isRight: (value: string) => boolean): Writer {
  return (value) => (isRight(value) ? { text: value, whole: true } : NOTHING)
}

function degrees(most: number): Writer {
  return (value) => {
    const number = Number(value)
    const isOne = value.trim() !== '' && Number.isFinite(number) && Math.abs(number) <= most
    return isOne ? { text: String(number), whole: true } : NOTHING
  }
}

/** The standard has room for one. */
const oneNumber: Writer = (value, insee) => {
  const { numbers, remains } = readPhones(value, departmentOf(insee))
  const text = numbers.find(({ number }) => PHONE.test(number))?.number ?? null
  return { text, whole: !remains && numbers.length < 2 }
}

function several(isRight: (text: string) => boolean): Writer {
  return (value) => joined(value.split('|'), isRight)
}

function listOf(read: ReturnType<typeof standardValues>): Writer {
  return (value) => {
    const values = read(value).map((piece) => piece.value ?? '')
    return joined(values, (one) => one !== '' && !NO_ONE_WRITING.has(one))
  }
}

function joined(values: readonly string[], isRight: (value: string) => boolean): Said {
  const right = [...new Set(values.filter(isRight))]
  return { text: right.join('|') || null, whole: values.every(isRight) }
}

function departmentOf(insee: string): string {
  return insee.slice(0, /^9[78]/u.test(insee) ? 3 : 2)
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(value)) return false
  const day = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
}

/** The records of a list in which each « Identifiant » stands once: the first keeps it, the others are not given. */
export function withoutTwins(
  records: readonly (ExportRecord | NotExported)[],
): readonly (ExportRecord | NotExported)[] {
  const seen = new Set<string>()
  return records.map((one) => {
    if (!isExported(one)) return one
    if (!seen.has(one.fields.id)) {
      seen.add(one.fields.id)
      return one
    }
    const { record, epci, fields } = one
    return { record, epci, name: fields.nom, why: 'twice', missing: [], wrong: ['id'] }
  })
}

/** Whether a record can be given to others. */
export function isExported(one: ExportRecord | NotExported): one is ExportRecord {
  return 'fields' in one
}
