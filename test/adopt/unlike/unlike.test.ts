import { describe, expect, it } from 'vitest'
import type { ActorAssessment } from '../../../src/domain/assessment.ts'
import { assessedByHand, assessedOnceJoined } from './completeness.ts'
import { HELD_OUT } from './held-out.ts'
import { UNLIKE } from './index.ts'
import { UNSEEN } from './unseen.ts'
import { figuresOf, measuredAlone } from './measured.ts'

const all = Object.entries({ ...UNLIKE, ...HELD_OUT, ...UNSEEN })

/**
 * By base: true columns, right, asked with the right one first, asked with another first, wrong, missed, questions. What
 * is better is to be written here: that is how the next reader knows what holds.
 */
const FIGURES: Readonly<Record<string, string>> = {
  flattened: '22 true: 18 right, 4 asked, 0 asked otherwise, 0 wrong, 0 missed; 5 questions',
  gogocarto: '18 true: 16 right, 2 asked, 0 asked otherwise, 0 wrong, 0 missed; 3 questions',
  crosses: '15 true: 15 right, 0 asked, 0 asked otherwise, 0 wrong, 0 missed; 1 questions',
  normalised: '21 true: 21 right, 0 asked, 0 asked otherwise, 0 wrong, 0 missed; 1 questions',
  twoLists: '17 true: 15 right, 2 asked, 0 asked otherwise, 0 wrong, 0 missed; 4 questions',
  largeCensus: '21 true: 18 right, 1 asked, 2 asked otherwise, 0 wrong, 1 missed; 5 questions',
  english: '21 true: 19 right, 2 asked, 0 asked otherwise, 0 wrong, 0 missed; 3 questions',
  typos: '19 true: 18 right, 1 asked, 0 asked otherwise, 0 wrong, 0 missed; 2 questions',
  franceServices: '12 true: 9 right, 3 asked, 0 asked otherwise, 0 wrong, 0 missed; 5 questions',
  communes: '9 true: 8 right, 1 asked, 0 asked otherwise, 0 wrong, 0 missed; 2 questions',
  peopleBeside: '21 true: 20 right, 1 asked, 1 asked otherwise, 0 wrong, 0 missed; 3 questions',
  secondSource: '14 true: 13 right, 1 asked, 0 asked otherwise, 0 wrong, 0 missed; 7 questions',
  form: '15 true: 10 right, 5 asked, 0 asked otherwise, 0 wrong, 0 missed; 6 questions',
  tags: '16 true: 16 right, 0 asked, 0 asked otherwise, 0 wrong, 0 missed; 1 questions',
  layer: '17 true: 11 right, 6 asked, 0 asked otherwise, 0 wrong, 0 missed; 8 questions',
  structuresAndServices: '20 true: 20 right, 0 asked, 0 asked otherwise, 0 wrong, 0 missed; 1 questions',
  linkedSheets: '24 true: 19 right, 4 asked, 0 asked otherwise, 0 wrong, 1 missed; 5 questions',
  libraries: '14 true: 9 right, 3 asked, 0 asked otherwise, 0 wrong, 2 missed; 4 questions',
  drawnMap: '13 true: 11 right, 2 asked, 0 asked otherwise, 0 wrong, 0 missed; 3 questions',
  directory: '18 true: 16 right, 1 asked, 1 asked otherwise, 0 wrong, 1 missed; 4 questions',
  capitals: '15 true: 13 right, 2 asked, 0 asked otherwise, 0 wrong, 0 missed; 4 questions',
  archives: '12 true: 11 right, 1 asked, 1 asked otherwise, 0 wrong, 0 missed; 3 questions',
  gristTables: '15 true: 12 right, 3 asked, 1 asked otherwise, 0 wrong, 0 missed; 5 questions',
  hubTables: '25 true: 25 right, 0 asked, 0 asked otherwise, 0 wrong, 0 missed; 1 questions',
}

/** By base: how much of the completeness of its records is not read, in points, because nothing in it says what it is. */
const LOST: Readonly<Record<string, number>> = {
  largeCensus: 14.6, // kinds of places and services in words of its own
  libraries: 6.3, // that every place is a library
}

describe('bases unlike ours', () => {
  it.each(all)('%s: its records are worth what a person reads in them, once it is joined', (name, base) => {
    const [byHand] = assessedByHand(base).values()
    const mean = (records: readonly ActorAssessment[]) =>
      records.reduce((sum, { completeness }) => sum + completeness, 0) / records.length
    expect(mean(byHand!) - mean(assessedOnceJoined(base))).toBeCloseTo(LOST[name] ?? 0, 0)
  })

  it.each(all)('%s holds sound records, none of them alike', (_, base) => {
    for (const [, records] of assessedByHand(base)) {
      expect(records.flatMap(({ findings, blocking }) => (blocking ? findings : []))).toEqual([])
      expect(new Set(records.map(({ completeness }) => completeness)).size).toBeGreaterThan(1)
    }
  })

  it.each(all)('%s', (name, base) => {
    expect(figuresOf(measuredAlone(base))).toBe(FIGURES[name])
  })
})
