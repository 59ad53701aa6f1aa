import type { Actor } from '../actor.ts'
import type { ActorAssessment } from '../assessment.ts'
import { FIELDS } from '../fields.ts'
import type { Finding } from '../finding.ts'
import type { ActorIndex } from './cross-index.ts'

/** Assesses the records of one file: each by itself, then against the others, in the order given. */
export function assessRecords(
  actors: readonly Actor[],
  judge: (actor: Actor) => ActorAssessment,
  index: ActorIndex,
): ActorAssessment[] {
  const assessments = actors.map(judge)
  for (const [at, actor] of actors.entries()) index.add(at, actor, assessments[at] as ActorAssessment)
  for (const { key, findings } of index.findings()) {
    const own = assessments[key] as ActorAssessment
    assessments[key] = { ...own, findings: inFieldOrder([...own.findings, ...findings]) }
  }
  return assessments
}

/** Findings in the order of the national standard; those of one field as they came. */
function inFieldOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((one, other) => RANK.get(one.field)! - RANK.get(other.field)!)
}

const RANK = new Map(FIELDS.map((field, at) => [field, at]))
