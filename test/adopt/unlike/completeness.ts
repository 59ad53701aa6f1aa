import { loadGeography } from '../../../src/config/geography.ts'
import type { ActorAssessment } from '../../../src/domain/assessment.ts'
import { compileActorRules } from '../../../src/domain/completeness/assess-actor.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { mappedValue } from '../../../src/domain/mapping/mapping.ts'
import { wordReader } from '../../../src/domain/mapping/words.ts'
import { readFields } from '../../../src/domain/reading/read-fields.ts'
import { rules } from '../../helpers/rules.ts'
import { fromsOf } from './agreed.ts'
import { recordsOf } from './describe.ts'
import type { UnlikeBase } from './describe.ts'
import { measuredAlone } from './measured.ts'

const judge = compileActorRules(rules.completeness, loadGeography(), '2026-11-30', 'publication')

/** What the records of each table of actors of a base are worth, as a person reads them: by the title of the table. */
export function assessedByHand(base: UnlikeBase): ReadonlyMap<string, readonly ActorAssessment[]> {
  const actors = base.tables.filter(({ ours }) => ours === 'actors')
  return new Map(actors.map((table) => [table.title, recordsOf(table, base).map(assess)]))
}

/** What those of its first table of actors are worth once it is joined: read as is proposed, and lost where nothing is. */
export function assessedOnceJoined(base: UnlikeBase): readonly ActorAssessment[] {
  const table = base.tables.find(({ ours }) => ours === 'actors')!
  const { missed, askedWrong } = measuredAlone(base)
  const lost = new Set([...missed, ...askedWrong.map((one) => one.split(' = ')[0])])
  const readings = [...fromsOf(table, base)]
    .filter(([field]) => !lost.has(`actors.${field}`))
    .map(([field, from]) => ({ field, from, inWords: wordReader(base.words?.[`actors.${field}`] ?? {}) }))
  return (table.columns[0]?.cells ?? []).map((_, row) => {
    const cellOf = (title: string) =>
      table.columns.find((one) => one.title === title)?.cells[row] as string | number | boolean | null
    const record = Object.fromEntries(
      readings.flatMap(({ field, from, inWords }) => {
        const text = mappedValue(from, field, cellOf)
        return text === null ? [] : [[field, inWords(text)]]
      }),
    )
    return assess(record, row)
  })
}

function assess(record: Readonly<Partial<Record<FieldName, string>>>, at: number): ActorAssessment {
  const { fields } = readFields((field) => record[field] ?? null)
  const unlinked = { linkedEpci: null, contactedOn: null, step: null, verified: [], changedOn: null }
  return judge({ id: String(at + 1), fields, ...unlinked })
}
