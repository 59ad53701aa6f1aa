import type { AdoptionRules } from '../rules/adoption.ts'

/** How sure a proposal is: taken as it is, to be asked, or nothing. */
export type Verdict = 'match' | 'ask' | 'none'

/** Whether a proposal is taken without a question. */
export function verdictOf(
  { title, score, contested = false }: { title: string | null; score: number; contested?: boolean },
  { threshold, doubtful }: Pick<AdoptionRules, 'threshold' | 'doubtful'>,
): Verdict {
  if (title === null || score < doubtful) return 'none'
  return score >= threshold && !contested ? 'match' : 'ask'
}
