/** What this process did since it started: rows and figures dealt with, tried in vain, given up. */
export type LiveCounts = { readonly done: number; readonly postponed: number; readonly failed: number }
