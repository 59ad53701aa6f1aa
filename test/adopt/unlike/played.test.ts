import { describe, expect, it } from 'vitest'
import type { ActorAssessment } from '../../../src/domain/assessment.ts'
import { assessedByHand, assessedOnceJoined } from './completeness.ts'
import { GROWN } from './grown.ts'
import { HELD_OUT } from './held-out.ts'
import { UNLIKE } from './index.ts'
import { play } from './played.ts'
import { STRANGERS } from './strangers.ts'
import { UNSEEN } from './unseen.ts'

const all = Object.entries({ ...UNLIKE, ...HELD_OUT, ...UNSEEN, ...GROWN, ...STRANGERS })
const MOST_QUESTIONS = 8
/** Points of completeness between what is read once a base is joined and what a person reads in it. */
const MOST_LOST = 3

describe('adopt, answered by somebody who knows the base', () => {
  it.each(all)(
    '%s: at most eight questions, nothing taken wrong or lost, and records worth what a person reads in them',
    async (_, base) => {
      const played = await play(base)
      expect({ wrong: played.wrong, missed: played.missed }).toEqual({ wrong: [], missed: [] })
      expect(played.questions).toBeLessThanOrEqual(MOST_QUESTIONS)
      const [byHand] = assessedByHand(base).values()
      const lost = mean(byHand!) - mean(assessedOnceJoined(base, played))
      expect(Math.abs(lost)).toBeLessThanOrEqual(MOST_LOST)
    },
  )

  it('says of an older list, and of a copy, that their rows stand in the first one', async () => {
    for (const [name, rows] of [
      ['federation', '22 fiches sur 22 sont aussi dans « Structures adhérentes »'],
      ['copied', '30 fiches sur 30 sont aussi dans « Lieux »'],
    ] as const) {
      const { asked, others } = await play(STRANGERS[name]!)
      expect(asked.some((question) => question.includes(rows))).toBe(true)
      expect(others).toEqual([])
    }
  })

  it('never offers what is a person’s own as a second telephone or mail of the place', async () => {
    const { asked } = await play(STRANGERS['departement']!)
    const offered = asked.flatMap((question) =>
      question.split('\n').filter((line) => /remplie|tiennent/u.test(line)),
    )
    expect(offered.join('\n')).toMatch(/« Tel fixe » et « Tel portable »[^]*« Mail 1 » et « Mail 2 »/u)
    expect(offered.join('\n')).not.toMatch(/responsable|contributeur/u)
  })
})

function mean(records: readonly ActorAssessment[]): number {
  return records.reduce((sum, { completeness }) => sum + completeness, 0) / records.length
}
