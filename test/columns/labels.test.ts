import { describe, expect, it } from 'vitest'
import { fromLabel, LABELS } from '../../src/columns/labels.ts'
import { ANSWER_VALUES } from '../../src/domain/diagnostic.ts'

describe('labels', () => {
  it('go both ways for every answer of the diagnostic', () => {
    for (const [key, values] of Object.entries(ANSWER_VALUES)) {
      const labels: Readonly<Record<string, string>> = LABELS.answer[key as keyof typeof ANSWER_VALUES]
      expect(values.map((value) => fromLabel(labels, labels[value]))).toEqual(values)
    }
  })

  it('give null for an empty cell and for an option that is none of ours', () => {
    expect(fromLabel(LABELS.level, null)).toBeNull()
    expect(fromLabel(LABELS.level, 'Autre')).toBeNull()
  })
})
