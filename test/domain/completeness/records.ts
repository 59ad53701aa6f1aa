import { loadGeography } from '../../../src/config/geography.ts'
import { readYamlFile } from '../../../src/config/yaml-file.ts'
import type { Actor } from '../../../src/domain/actor.ts'
import type { ActorAssessment, Profile } from '../../../src/domain/assessment.ts'
import { compileActorRules } from '../../../src/domain/completeness/assess-actor.ts'
import { assessRecords } from '../../../src/domain/completeness/assess-records.ts'
import { crossIndex } from '../../../src/domain/completeness/cross-index.ts'
import { fixGuard } from '../../../src/domain/completeness/fix-guard.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { readFields } from '../../../src/domain/reading/read-fields.ts'
import { CompletenessRules } from '../../../src/domain/rules/completeness.ts'

const reading = readYamlFile('config/completeness.yaml', CompletenessRules)
if (reading.value === null) throw new Error(reading.faults.join('\n'))

/** The rules as delivered, the official geography, and a day that never moves. */
export const rules: CompletenessRules = reading.value
export const geography = loadGeography()
export const TODAY = '2026-03-15'

const judges = {
  prefill: compileActorRules(rules, geography, TODAY, 'prefill'),
  journee: compileActorRules(rules, geography, TODAY, 'journee'),
  publication: compileActorRules(rules, geography, TODAY, 'publication'),
}

export function assessed(actor: Actor, profile: Profile = 'publication'): ActorAssessment {
  return judges[profile](actor)
}

/** Whether a fix loses nothing, as `--fix` asks. */
export const keepsAll = fixGuard(rules)

/** The records of one base, each also held against the others. */
export function assessedTogether(
  actors: readonly Actor[],
  profile: Profile = 'publication',
): ActorAssessment[] {
  return assessRecords(actors, judges[profile], crossIndex(rules, geography, profile))
}

/** A record with these fields only. */
export function actorOf(fields: Partial<Record<FieldName, string | null>>, rest: Partial<Actor> = {}): Actor {
  return {
    id: 'fiche-1',
    ...readFields((field) => fields[field] ?? null),
    linkedEpci: null,
    contactedOn: null,
    step: null,
    verified: [],
    changedOn: null,
    ...rest,
  }
}
