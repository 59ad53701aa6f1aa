import { describe, expect, it } from 'vitest'
import { ANSWER_VALUES } from '../../src/domain/diagnostic.ts'
import * as labels from '../../src/domain/labels.ts'

const lists: [string, Readonly<Record<string, string>>][] = [
  ...Object.entries(labels.ANSWER_LABELS),
  ...Object.entries({ ...labels, ANSWER_LABELS: {}, UNKNOWN_LABEL: { unknown: labels.UNKNOWN_LABEL } }),
]

describe('the words that people read', () => {
  it.each(lists)('%s: none is empty, none says two things', (_, list) => {
    const words = Object.values(list)
    for (const word of words) expect(word).toMatch(/^\p{L}[\p{L}'·\- ]+$/u)
    expect(new Set(words).size).toBe(words.length)
  })

  it('are there for every answer, in the order in which they are offered', () => {
    const keys = Object.entries(labels.ANSWER_LABELS).map(([key, list]) => [key, Object.keys(list)])
    expect(Object.fromEntries(keys)).toEqual(ANSWER_VALUES)
    expect(Object.keys(labels.ANSWER_SUBJECTS).sort()).toEqual(
      [...Object.keys(ANSWER_VALUES), 'meetingsPerYear'].sort(),
    )
  })

  it('are there for all that is decided', () => {
    expect(Object.keys(labels.REFERENTIAL_LABELS)).toEqual(['generaliste', 'outil', 'reseau'])
    expect(Object.keys(labels.FACTOR_LABELS)).toEqual(['governance', 'network', 'orientation', 'tooling'])
    expect(Object.keys(labels.CONFIDENCE_LABELS)).toEqual(['low', 'medium', 'high'])
    expect(Object.keys(labels.LEVEL_LABELS)).toEqual(['absent', 'emergent', 'structured', 'mature'])
    expect(Object.keys(labels.CONDITION_HEADINGS)).toEqual(['operations', 'communication', 'logistics'])
    expect(Object.keys(labels.CONDITION_STATUSES)).toEqual(['ok', 'to_do', 'unknown'])
    expect(Object.keys(labels.ALERT_LABELS).sort()).toEqual(
      ['at_risk', 'consolidating', 'done', 'late', 'no_date', 'not_started', 'on_track'], // DOMAIN.md section 5
    )
  })
})
