import type { ColumnKey, TableKey } from '../../config/column-keys.ts'
import { UNKNOWN_LABEL } from '../../domain/labels.ts'
import { LABELS } from '../labels.ts'
import {
  checkbox,
  date,
  dateTime,
  decimal,
  email,
  hidden,
  longText,
  phone,
  select,
  several,
  text,
  url,
  whole,
  wide,
  written,
} from './column-kinds.ts'
import type { Kind } from './column-kinds.ts'

/** A column; 'link' where LINKS makes it, 'button' where the button of that key is made. */
export type Definition = Kind | 'link' | 'button'

/** The column by which the rows of a table come, the latest first. */
export const NEWEST_FIRST: { readonly [T in TableKey]?: ColumnKey<T> } = {
  diagnostics: 'date',
  days: 'date',
  history: 'date',
  syncs: 'startedAt',
}

const { answer } = LABELS
const percent = written(decimal(1))
const days = written(decimal(1))
const count = written(whole)

const level = written(
  select(LABELS.level, { absent: 'bad', emergent: 'weak', structured: 'fair', mature: 'good' }),
)
const confidence = written(select(LABELS.confidence, { low: 'weak', medium: 'fair', high: 'good' }))
const freshness = written(
  select(LABELS.freshness, {
    current: 'good',
    watch: 'fair',
    verify: 'weak',
    outdated: 'bad',
    unknown: 'neutral',
  }),
)
const referential = select(LABELS.referential, {
  generaliste: 'generaliste',
  outil: 'outil',
  reseau: 'reseau',
})

/** The options of a question: its answers, and the one by which nothing is said. */
function orUnknown<Labels extends Readonly<Record<string, string>>>(labels: Labels) {
  return { ...labels, unknown: UNKNOWN_LABEL }
}

/** Every table and column but the links, in the order in which the first grid shows them; the first names the row. */
export const DEFINITIONS: { readonly [T in TableKey]: Readonly<Record<ColumnKey<T>, Definition>> } = {
  actors: {
    nom: wide(text, 235),
    epci: 'link',
    toComplete: written(wide(longText, 310)),
    completeness: wide(percent, 130),
    step: wide(
      select(LABELS.step, {
        to_contact: 'neutral',
        contacted: 'active',
        to_complete: 'fair',
        validated: 'good',
      }),
      125,
    ),
    anomalies: written(wide(longText, 360)),
    freshness: wide(freshness, 130),
    typologie: wide(several('typologie'), 150),
    commune: text,
    code_postal: wide(text, 110),
    code_insee: wide(text, 110),
    adresse: wide(text, 220),
    complement_adresse: text,
    telephone: phone,
    courriels: wide(text, 220),
    site_web: url,
    horaires: wide(text, 240),
    services: wide(several('services'), 280),
    publics_specifiquement_adresses: several('publics_specifiquement_adresses'),
    prise_en_charge_specifique: several('prise_en_charge_specifique'),
    frais_a_charge: wide(several('frais_a_charge'), 160),
    modalites_acces: several('modalites_acces'),
    modalites_accompagnement: several('modalites_accompagnement'),
    prise_rdv: url,
    presentation_resume: longText,
    presentation_detail: longText,
    dispositif_programmes_nationaux: several('dispositif_programmes_nationaux'),
    formations_labels: several('formations_labels'),
    autres_formations_labels: text,
    itinerance: wide(several('itinerance'), 140),
    structure_parente: text,
    fiche_acces_libre: url,
    pivot: wide(text, 150),
    id: wide(text, 150),
    source: text,
    date_maj: wide(date, 150),
    lastContact: wide(date, 140),
    referent: text,
    possibleDuplicates: written(wide(longText, 360)),
    verified: text,
    notDuplicateOf: text,
    doNotPublish: wide(checkbox, 130),
    latitude: decimal(6),
    longitude: decimal(6),
  },
  epcis: {
    name: wide(text, 240),
    sheet: 'button',
    recalculate: 'button',
    recommended: written(wide(referential, 190)),
    retained: wide(referential, 160),
    confidence: wide(confidence, 120),
    aPriori: written(wide(referential, 160)),
    coverage: wide(percent, 130),
    why: written(wide(longText, 400)),
    alert: written(
      select(LABELS.alert, {
        done: 'good',
        no_date: 'neutral',
        not_started: 'neutral',
        late: 'bad',
        at_risk: 'weak',
        on_track: 'active',
        consolidating: 'kind',
      }),
    ),
    nextDay: written(wide(date, 150)),
    prefill: wide(percent, 160),
    conditions: written(wide(longText, 360)),
    method: written(wide(longText, 400)),
    workloadBasis: written(select(LABELS.workloadBasis, { retained: 'kind', recommended: 'kind' })),
    referentDays: wide(days, 170),
    officerDays: wide(days, 170),
    governance: level,
    network: level,
    orientation: level,
    tooling: level,
    actorCount: wide(count, 150),
    completeness: wide(percent, 190),
    publishable: wide(percent, 120),
    freshness: wide(percent, 120),
    forecastEnd: written(date),
    prefilledRecords: wide(count, 160),
    expectedRecords: wide(count, 150),
    expectedActors: wide(whole, 150),
    deploymentOfficer: wide(text, 200),
    actualReferentDays: wide(decimal(1), 170),
    actualOfficerDays: wide(decimal(1), 170),
    siren: wide(text, 110),
    departments: wide(text, 130),
    population: whole,
    actors: 'link',
    diagnostics: 'link',
    days: 'link',
    referents: 'link',
    referentDaysLow: hidden(wide(days, 190)),
    referentDaysHigh: hidden(wide(days, 190)),
    officerDaysLow: hidden(wide(days, 190)),
    officerDaysHigh: hidden(wide(days, 190)),
    governanceScore: hidden(wide(percent, 170)),
    networkScore: hidden(wide(percent, 190)),
    orientationScore: hidden(wide(percent, 170)),
    toolingScore: hidden(wide(percent, 170)),
    computedAt: written(wide(dateTime, 170)),
    rules: hidden(written(wide(text, 130))),
  },
  diagnostics: {
    date,
    epci: 'link',
    governance: select(orUnknown(answer.governance), {
      unknown: 'neutral',
      none: 'bad',
      planned: 'weak',
      installed: 'fair',
      active: 'good',
    }),
    roadmap: select(orUnknown(answer.roadmap), {
      unknown: 'neutral',
      none: 'bad',
      drafted: 'fair',
      adopted: 'good',
    }),
    referents: wide(
      select(orUnknown(answer.referents), {
        unknown: 'neutral',
        none: 'bad',
        one: 'fair',
        pair: 'good',
      }),
      210,
    ),
    network: select(orUnknown(answer.network), {
      unknown: 'neutral',
      none: 'bad',
      informal: 'weak',
      constituted: 'fair',
      facilitated: 'good',
    }),
    meetingsPerYear: wide(whole, 150),
    aim: wide(
      select(orUnknown(answer.aim), {
        unknown: 'neutral',
        none: 'neutral',
        mutual_knowledge: 'generaliste',
        database: 'outil',
        networking: 'reseau',
      }),
      170,
    ),
    commitment: wide(
      select(orUnknown(answer.commitment), {
        unknown: 'neutral',
        none: 'bad',
        voiced: 'weak',
        deliberated: 'fair',
        funded: 'good',
      }),
      180,
    ),
    tool: wide(
      select(orUnknown(answer.tool), {
        unknown: 'neutral',
        none: 'bad',
        spreadsheet: 'weak',
        shared_above: 'fair',
        local: 'good',
      }),
      220,
    ),
    use: select(orUnknown(answer.use), {
      unknown: 'neutral',
      none: 'bad',
      occasional: 'fair',
      regular: 'good',
    }),
    mastery: wide(
      select(orUnknown(answer.mastery), {
        unknown: 'neutral',
        none: 'bad',
        beginner: 'fair',
        autonomous: 'good',
      }),
      160,
    ),
    author: text,
    remark: longText,
    toCheck: written(wide(longText, 360)),
  },
  days: {
    name: wide(text, 220),
    date,
    epci: 'link',
    place: text,
    invitedOn: wide(date, 180),
    invited: wide(whole, 160),
    expected: wide(whole, 170),
    present: wide(whole, 170),
    facilitators: wide(whole, 150),
    participants: 'link',
  },
  referents: {
    name: wide(text, 220),
    epci: 'link',
    view: written(wide(url, 320)),
    kind: select(LABELS.referentKind, { institutional: 'kind', associative: 'kind' }),
    organisation: text,
    email,
    phone,
  },
  participants: {
    name: wide(text, 220),
    day: 'link',
    organisation: text,
    position: text,
    email,
    attended: checkbox,
  },
  conditions: {
    condition: written(wide(text, 420)),
    epci: written(wide(text, 210)),
    status: wide(select(LABELS.conditionStatus, { ok: 'good', to_do: 'fair', unknown: 'neutral' }), 115),
    observed: written(
      wide(select(LABELS.conditionStatus, { ok: 'good', to_do: 'fair', unknown: 'neutral' }), 190),
    ),
    evidence: written(wide(longText, 420)),
    remark: longText,
    heading: written(
      wide(
        select(LABELS.conditionHeading, { operations: 'kind', communication: 'kind', logistics: 'kind' }),
        230,
      ),
    ),
    siren: written(wide(text, 110)),
    code: hidden(written(text)),
  },
  history: {
    epci: written(wide(text, 260)),
    siren: written(wide(text, 110)),
    date: written(date),
    actorCount: wide(count, 150),
    completeness: wide(percent, 190),
    publishable: wide(percent, 120),
    freshness: wide(percent, 120),
    prefill: wide(percent, 160),
    governanceScore: wide(percent, 170),
    networkScore: wide(percent, 190),
    orientationScore: wide(percent, 170),
    toolingScore: wide(percent, 170),
    recommended: written(wide(referential, 190)),
    confidence,
    referentDays: wide(days, 170),
    officerDays: wide(days, 170),
    rules: written(wide(text, 130)),
  },
  syncs: {
    startedAt: written(wide(dateTime, 200)),
    outcome: written(
      select(LABELS.syncOutcome, {
        ...{ done: 'good', refusals: 'fair', held: 'weak', failed: 'bad', running: 'active' },
      }),
    ),
    trigger: written(
      wide(
        select(LABELS.syncTrigger, { night: 'kind', api: 'kind', command: 'kind', 'catch-up': 'kind' }),
        165,
      ),
    ),
    cellsWritten: wide(count, 140),
    message: written(wide(longText, 320)),
    seconds: written(decimal(1)),
    actorsRead: wide(count, 120),
    epcis: wide(count, 130),
    rowsWritten: wide(count, 130),
    refused: wide(count, 140),
    faults: wide(count, 130),
    rules: written(wide(text, 130)),
    run: written(wide(text, 310)),
  },
}
