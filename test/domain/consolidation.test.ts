import { describe, expect, it } from 'vitest'
import { consolidation } from '../../src/domain/consolidation.ts'
import { consolidationText } from '../../src/domain/prefill-sentences.ts'
import { plain } from '../helpers/plain.ts'

const now = { present: 32, prefilled: 20, confirmed: 3 }

describe('what the last journée brought', () => {
  it('is what is there more than before it, what people confirmed since, and what is left', () => {
    const found = consolidation('2026-05-04', now, { present: 27, prefilled: 13 })
    expect(found).toEqual({ since: '2026-05-04', created: 5, completed: 7, confirmed: 3, left: 12 })
    expect(plain(consolidationText(found))).toBe(
      'depuis la journée du 4 mai 2026 : 5 fiches de plus, 7 pré-remplies de plus, 3 validées ; encore 12 à compléter',
    )
  })

  it('is unknown, never zero and never everything, where nothing was counted before it', () => {
    const found = consolidation('2026-05-04', { ...now, prefilled: 32 }, null)
    expect(found).toEqual({
      ...{ since: '2026-05-04', created: null, completed: null, confirmed: null, left: 0 },
    })
    expect(plain(consolidationText(found))).toMatch(/n'est pas connu.*plus rien à compléter$/)
  })

  it('never takes away: fewer than before are none more', () => {
    expect(consolidation('2026-05-04', now, { present: 40, prefilled: 30 })).toMatchObject({
      ...{ created: 0, completed: 0 },
    })
  })
})
