import { LABELS } from '../columns/labels.ts'
import type { Rules } from '../config/rules-file.ts'
import type { Freshness } from '../domain/assessment.ts'
import { saidDays } from '../domain/completeness/assess-actor.ts'
import { latestDays } from '../domain/completeness/freshness.ts'
import type { Cell } from '../nocodb/cells.ts'
import type { ActorRow } from '../nocodb/actor-rows.ts'
import type { RecordState } from '../store/record-rows.ts'

/** The day on which what people wrote in a record last changed; null: nothing tells it. */
export type LastChange = (row: ActorRow, known: RecordState | undefined, freshness: string) => string | null

/**
 * Says it as of `today`. The service's own writes move NocoDB's « updated at », so the fingerprint decides; a record never
 * seen before tells its own date, else NocoDB's, no later than what the cell `freshness` allows, which only the service
 * writes (its memory was lost then); never today by default.
 */
export function lastChanges(rules: Rules['completeness'], today: string): LastChange {
  const said = saidDays(rules, today)
  const latest = latestByLabel(latestDays(today, rules.freshness))
  return ({ actor, fingerprint, touchedOn, row }, known, freshness) => {
    if (known === undefined) {
      const bound = latest.get(row[freshness])
      const seen = touchedOn !== null && bound !== undefined && bound < touchedOn ? bound : touchedOn
      return said(actor.fields.date_maj) ?? seen
    }
    if (known.fingerprint === fingerprint) return known.changedOn
    // Other columns are read now: that says nothing of what people did.
    if (columnsOf(known.fingerprint) !== columnsOf(fingerprint)) return known.changedOn
    return touchedOn !== null && touchedOn <= today && touchedOn >= (known.changedOn ?? '')
      ? touchedOn
      : today
  }
}

/** Of which columns a fingerprint tells. */
function columnsOf(fingerprint: string): string {
  const [columns = '', values] = fingerprint.split(':')
  return values === undefined ? '' : columns
}

/** By the word that people read. */
function latestByLabel(
  latest: Readonly<Record<Freshness, string | null>>,
): ReadonlyMap<Cell | undefined, string> {
  return new Map(
    (Object.keys(LABELS.freshness) as Freshness[]).flatMap((word) => {
      const day = latest[word]
      return day === null ? [] : [[LABELS.freshness[word], day] as const]
    }),
  )
}
