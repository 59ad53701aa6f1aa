import { loadGeography } from '../../../src/config/geography.ts'
import type { ActorAssessment } from '../../../src/domain/assessment.ts'
import { compileActorRules } from '../../../src/domain/completeness/assess-actor.ts'
import { readFields } from '../../../src/domain/reading/read-fields.ts'
import { rules } from '../../helpers/rules.ts'
import { recordsOf } from './describe.ts'
import type { UnlikeBase } from './describe.ts'

const judge = compileActorRules(rules.completeness, loadGeography(), '2026-11-30', 'publication')

/** What the records of each table of actors of a base are worth, as a person reads them: by the title of the table. */
export function assessedByHand(base: UnlikeBase): ReadonlyMap<string, readonly ActorAssessment[]> {
  const actors = base.tables.filter(({ ours }) => ours === 'actors')
  return new Map(
    actors.map((table) => [
      table.title,
      recordsOf(table, base).map((record, at) => {
        const { fields } = readFields((field) => record[field] ?? null)
        const unlinked = { linkedEpci: null, contactedOn: null, step: null, verified: [], changedOn: null }
        return judge({ id: String(at + 1), fields, ...unlinked })
      }),
    ]),
  )
}
