import { describe, expect, it } from 'vitest'
import { contradictions } from '../../src/domain/contradictions.ts'
import type { Answers } from '../../src/domain/diagnostic.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'

const found = (answers: Partial<Answers>, referents?: number) =>
  contradictions(
    situation({ answers, ...(referents === undefined ? {} : { referents }) }),
    rules.maturity,
  ).map(({ key }) => key)

describe('answers that cannot all be true', () => {
  it.each<[Partial<Answers>, number | undefined, readonly string[]]>([
    [{ network: 'none', meetingsPerYear: 1 }, undefined, ['network.meetings']],
    [{ network: 'none', meetingsPerYear: 0 }, undefined, []],
    [{ network: 'none' }, undefined, []],
    [{ network: 'facilitated', meetingsPerYear: 0 }, undefined, ['network.never_meets']],
    [{ network: 'facilitated', meetingsPerYear: 1 }, undefined, []],
    // What was not asked contradicts nothing.
    [{ network: 'facilitated' }, undefined, []],
    [{ tool: 'none', use: 'regular', mastery: 'autonomous' }, undefined, ['tool.use', 'tool.mastery']],
    [{ tool: 'none', use: 'none', mastery: 'beginner' }, undefined, []],
    [{ use: 'regular', mastery: 'autonomous' }, undefined, []],
    [{ governance: 'none', roadmap: 'adopted' }, undefined, ['governance.roadmap']],
    [{ governance: 'none', roadmap: 'drafted' }, undefined, []],
    [{ referents: 'pair' }, 0, ['referents.listed']],
    [{ referents: 'one' }, 0, ['referents.listed']],
    [{ referents: 'pair' }, 1, []],
    [{ referents: 'pair' }, undefined, []],
    [{ referents: 'none' }, 0, []],
  ])('are told of %o with %s listed: %o', (answers, listed, keys) => {
    expect(found(answers, listed)).toEqual(keys)
  })

  it('are told in the order of the rules, each in a sentence', () => {
    const all = contradictions(
      situation({ answers: { governance: 'none', roadmap: 'adopted', network: 'none', meetingsPerYear: 2 } }),
      rules.maturity,
    )
    expect(all.map(({ key }) => key)).toEqual(['network.meetings', 'governance.roadmap'])
    for (const { sentence } of all) expect(sentence).toMatch(/^Deux réponses se contredisent\u00a0: .*\.$/u)
  })
})
