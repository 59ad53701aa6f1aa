import { loadGeography } from '../../../src/config/geography.ts'
import type { ActorAssessment } from '../../../src/domain/assessment.ts'
import { compileActorRules } from '../../../src/domain/completeness/assess-actor.ts'
import { FIELDS } from '../../../src/domain/fields.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { mappedValue } from '../../../src/domain/mapping/mapping.ts'
import { wordReader } from '../../../src/domain/mapping/words.ts'
import { readFields } from '../../../src/domain/reading/read-fields.ts'
import { rules } from '../../helpers/rules.ts'
import { recordsOf } from './describe.ts'
import type { UnlikeBase } from './describe.ts'
import type { Played } from './played.ts'

const judge = compileActorRules(rules.completeness, loadGeography(), '2026-11-30', 'publication')

/** What the records of each table of actors of a base are worth, as a person reads them: by the title of the table. */
export function assessedByHand(base: UnlikeBase): ReadonlyMap<string, readonly ActorAssessment[]> {
  const actors = base.tables.filter(({ ours }) => ours === 'actors')
  return new Map(actors.map((table) => [table.title, recordsOf(table, base).map(assess)]))
}

/** What those of its first table of actors are worth once it is joined: read by what was agreed to, and by nothing else. */
export function assessedOnceJoined(
  base: UnlikeBase,
  { agreed, mapped }: Pick<Played, 'agreed' | 'mapped'>,
): readonly ActorAssessment[] {
  const table = base.tables.find(({ title }) => title === agreed.get('actors'))!
  const readings = FIELDS.flatMap((field) => {
    const own = mapped.filter(({ key }) => key === field)
    const title = agreed.get(`actors.${field}`)
    const from =
      own.find((one) => one.from !== null)?.from ?? (title === undefined ? null : { first: [title] })
    const words = Object.assign({}, ...own.map((one) => one.words ?? {})) as Record<string, string>
    return from === null ? [] : [{ field, from, inWords: wordReader(words) }]
  })
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
