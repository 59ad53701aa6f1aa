import type { WorkCounts } from '../http/metrics.ts'

/** Of a work that has not begun. */
export const NOTHING_DONE: WorkCounts = {
  live: { done: 0, postponed: 0, failed: 0 },
  attempts: { sent: 0, failed: 0, dead: 0 },
}
