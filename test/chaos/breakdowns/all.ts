import { BASE_BREAKDOWNS } from './base-plays.ts'
import { NOCODB_BREAKDOWNS } from './nocodb-plays.ts'
import type { Breakdown } from './scene.ts'
import { SERVICE_BREAKDOWNS } from './service-plays.ts'
import { STORE_BREAKDOWNS } from './store-plays.ts'

/** Every breakdown. */
export const BREAKDOWNS: readonly Breakdown[] = [
  ...SERVICE_BREAKDOWNS,
  ...BASE_BREAKDOWNS,
  ...STORE_BREAKDOWNS,
  ...NOCODB_BREAKDOWNS,
]
