import { REFERENTIALS } from './diagnostic.ts'
import type { Referential } from './diagnostic.ts'
import { REFERENTIAL_LABELS } from './labels.ts'
import { TIE } from './scoring.ts'
import type { Choice } from './scoring.ts'
import type { ReferentialRules } from './rules/referentials.ts'
import { counted, frenchNumber, typeset } from './typography.ts'
import type { Workload } from './workload.ts'

/** The référentiels between which the points do not decide, and what each would take. */
export type NearTie = {
  /** The recommended one, then those that it does not lead by enough, most points first. */
  readonly referentials: readonly Referential[]
  /** French: the days of each. */
  readonly sentence: string
}

/** Near a tie the days of each are shown (DOMAIN.md section 4); null where the recommended one leads all others by enough. */
export function nearTie(
  { recommended, scores }: Pick<Choice, 'recommended' | 'scores'>,
  workloads: Readonly<Record<Referential, Workload>>,
  { confidence: { low } }: Pick<ReferentialRules, 'confidence'>,
): NearTie | null {
  const near = REFERENTIALS.filter((key) => key !== recommended && scores[recommended] - scores[key] < low)
  if (near.length === 0) return null
  const referentials = [recommended, ...near.toSorted((one, other) => scores[other] - scores[one])]
  const days = referentials.map((key, at) => {
    const { referents, deploymentOfficer } = workloads[key]
    const [theirs, ours] = [referents.estimate, deploymentOfficer.estimate].map((one) => frenchNumber(one))
    const said =
      at === 0
        ? `de ${counted(referents.estimate, 'jour')} pour les référent·e·s et ${ours} pour la ou le chargé·e de déploiement`
        : `de ${theirs} et ${ours}`
    return `${said} sous « ${REFERENTIAL_LABELS[key]} »`
  })
  const ahead = near.some((key) => scores[key] > scores[recommended] + TIE)
  const lead = `« ${REFERENTIAL_LABELS[recommended]} » ${ahead ? "n'a pas le plus de points" : 'ne se détache pas nettement'}`
  return { referentials, sentence: typeset(`${lead} : la charge serait ${days.join(', ')}.`) }
}
