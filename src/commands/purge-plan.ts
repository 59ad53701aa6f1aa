import type { Columns } from '../config/columns-file.ts'
import { expired } from '../domain/retention.ts'
import type { PersonalRow } from '../domain/retention.ts'
import type { Retention } from '../domain/rules/retention.ts'
import type { Base } from '../nocodb/base.ts'
import { readPersonalRows } from '../nocodb/personal-rows.ts'
import { personalTargets } from '../nocodb/personal-targets.ts'
import type { LeftAside, PersonalTarget } from '../nocodb/personal-targets.ts'
import type { Manifest } from '../nocodb/provision/manifest.ts'

/** What is to be erased of one table: of its rows their ids, and which columns hold something. */
export type Erasure = {
  readonly target: PersonalTarget
  /** How many rows the table has. */
  readonly total: number
  readonly rows: readonly PersonalRow[]
  readonly cells: number
  /** Rows whose age cannot be told, and those that say something in a column of people's own: they stay. */
  readonly undated: number
  readonly spared: number
}

export type PurgePlan = { readonly erasures: readonly Erasure[]; readonly left: readonly LeftAside[] }

/** What became of one table: how many rows NocoDB did not let go of. */
export type Outcome = {
  readonly erasure: Erasure
  readonly refused: number
  /** What its administrator runs in NocoDB's own database, for its history holds what was erased; null: nothing was. */
  readonly audit: string | null
}

/** What is past its time on the day `today`, and what is not touched, with the reason. */
export async function planPurge(
  base: Base,
  columns: Columns,
  manifest: Manifest | null,
  retention: Retention,
  today: string,
): Promise<PurgePlan> {
  const { targets, left } = personalTargets(base, columns, manifest, retention)
  const erasures: Erasure[] = []
  const undatable: LeftAside[] = []
  for (const target of targets) {
    const all = await readPersonalRows(base, columns, manifest, target)
    if ('missing' in all) {
      const reason = `sans « ${all.missing} », l'âge de ses lignes ne se lit pas`
      undatable.push({ key: target.key, title: target.table.title, reason })
    } else erasures.push(erasureOf(target, all, today))
  }
  return { erasures, left: [...left, ...undatable] }
}

function erasureOf(target: PersonalTarget, all: readonly PersonalRow[], today: string): Erasure {
  const past = expired(all, target.months, today)
  const kept = target.whole ? past.rows.filter(({ spared }) => spared) : []
  const rows = target.whole
    ? past.rows.filter(({ spared }) => !spared)
    : past.rows.filter(({ filled }) => filled.length > 0)
  const cells = rows.reduce((sum, { filled }) => sum + filled.length, 0)
  return { target, total: all.length, rows, cells, undated: past.undated, spared: kept.length }
}

/** Of a plan, what an earlier one held too. */
export function within(plan: PurgePlan, shown: PurgePlan): PurgePlan {
  const erasures = plan.erasures.flatMap((erasure): Erasure[] => {
    const before = shown.erasures.find(({ target }) => target.table.id === erasure.target.table.id)
    const ids = new Set(before?.rows.map(({ id }) => id))
    const rows = erasure.rows.filter(({ id }) => ids.has(id))
    return [{ ...erasure, rows, cells: rows.reduce((sum, { filled }) => sum + filled.length, 0) }]
  })
  return { ...plan, erasures }
}
