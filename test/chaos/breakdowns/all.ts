import { NOCODB_BREAKDOWNS } from './nocodb-plays.ts'
import type { Breakdown } from './scene.ts'
import { STORE_BREAKDOWNS } from './store-plays.ts'

/** Every breakdown. */
export const BREAKDOWNS: readonly Breakdown[] = [...NOCODB_BREAKDOWNS, ...STORE_BREAKDOWNS]
