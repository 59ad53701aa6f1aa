import type { MaturityRules } from './maturity.ts'
import type { ReferentialRules } from './referentials.ts'

/** What decides on a référentiel, and what a recommendation is made again from. */
export type RecommendationRules = {
  readonly maturity: MaturityRules
  readonly referentials: ReferentialRules
}
