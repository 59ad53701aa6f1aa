/** Tables that no figure is read from or written to. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['participants'])

/** Columns that people keep for themselves, or that are read from their other end: without them every figure is the same. */
const BESIDE: ReadonlySet<string> = new Set([
  ...['departments', 'deploymentOfficer', 'sheet', 'recalculate'].map((key) => `epcis.${key}`),
  ...['actors', 'diagnostics', 'days', 'referents'].map((key) => `epcis.${key}`),
  ...['author', 'remark'].map((key) => `diagnostics.${key}`),
  ...['name', 'place', 'participants'].map((key) => `days.${key}`),
  ...['view', 'organisation', 'email', 'phone'].map((key) => `referents.${key}`),
  'conditions.remark',
])

/** Whether a run reads or writes it; `key` is that of a table, or `table.column`. */
export function isNeeded(key: string): boolean {
  const [table = ''] = key.split('.')
  return !LEFT_ALONE.has(table) && !BESIDE.has(key)
}

/** Whether a choice that is missing would leave a wrong figure; the trace of a run is written without it. */
export function needsChoices(key: string): boolean {
  return isNeeded(key) && !key.startsWith('syncs.')
}
