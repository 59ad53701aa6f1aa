import { stableJson } from '../stable-json.ts'
import { MaturityRules } from './maturity.ts'
import { ReferentialRules } from './referentials.ts'

/** What decides on a référentiel, and what a recommendation is made again from. */
export type RecommendationRules = {
  readonly maturity: MaturityRules
  readonly referentials: ReferentialRules
}

/** All the rules of one fingerprint, as they were kept. */
export type RuleSet = {
  readonly fingerprint: string
  /** The canonical text of each file of rules, by its name without `.yaml`. */
  readonly files: Readonly<Record<string, string>>
  /** What decides; null: it was written for another version of this program, which can no longer read it. */
  readonly decides: RecommendationRules | null
}

/** Reads again the rules whose canonical text was kept under their fingerprint. */
export function readRuleSet(fingerprint: string, text: string): RuleSet {
  const rules = JSON.parse(text) as Readonly<Record<string, unknown>>
  const files = Object.fromEntries(
    Object.entries(rules).map(([file, content]) => [file, stableJson(content)]),
  )
  const maturity = MaturityRules.safeParse(rules['maturity'])
  const referentials = ReferentialRules.strip().safeParse(rules['referentials']) // some keys have moved since
  const readable = maturity.success && referentials.success
  const decides = readable ? { maturity: maturity.data, referentials: referentials.data } : null
  return { fingerprint, files, decides }
}
