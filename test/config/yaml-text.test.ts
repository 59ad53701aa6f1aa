import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { checkYaml } from '../../src/config/yaml-file.ts'
import { readYaml } from '../../src/config/yaml-text.ts'

const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n')
const faultsOf = (text: string) => {
  const read = readYaml(text)
  return 'faults' in read ? read.faults : null
}

/** Texts of a few hundred bytes that stand for millions of values. */
const BOMBS: readonly [what: string, text: string][] = [
  [
    'lists of lists',
    `a0: &a0 [x]\n${lines(30, (at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}, *a${at}]`)}`,
  ],
  [
    'merged groups',
    `a0: &a0 {x: 1}\n${lines(30, (at) => `a${at + 1}: &a${at + 1}\n  <<: [*a${at}, *a${at}]`)}`,
  ],
  ['keys', `? &a0 [x]\n: 1\n${lines(30, (at) => `? &a${at + 1} [*a${at}, *a${at}]\n: 1`)}`],
]

describe('a text in YAML', () => {
  it.each(BOMBS)('whose references multiply is refused, and told so: %s', (_, text) => {
    expect(text.length).toBeLessThan(2000)
    expect(faultsOf(text)).toEqual([{ line: null, reason: expect.stringContaining('se multiplient') }])
  })

  it('is refused where it is longer than any file of ours', () => {
    expect(faultsOf(`a: ${'x'.repeat(1_000_001)}`)).toEqual([
      { line: null, reason: expect.stringContaining('million') },
    ])
  })

  it.each([
    ['brackets', `a: ${'['.repeat(40_000)}${']'.repeat(40_000)}`],
    ['brackets never closed', `a: ${'['.repeat(40_000)}`],
    ['groups', lines(900, (at) => `${' '.repeat(at)}a:`)],
    ['aliases of itself', 'a: &a [*a]'],
  ])('nested beyond reason is a value or a fault, never a crash: %s', (_, text) => {
    const read = checkYaml(text, 'x.yaml', z.strictObject({ b: z.string() }))
    expect(read.faults.length).toBeGreaterThan(0)
    expect(read.faults.join('').length).toBeLessThan(20_000)
  })

  it('of twenty thousand keys is read, and a key that stands twice is told with its line', () => {
    const text = lines(20_000, (at) => `k${at}: 1`)
    expect(faultsOf(text)).toBeNull()
    expect(faultsOf(`${text}\nk7: 2`)).toEqual([{ line: 20_001, reason: 'k7 : y est deux fois' }])
  })

  it('gives its keys as they are, also those that name what objects are made of', () => {
    const read = readYaml('__proto__: {admin: true}\nconstructor: {prototype: {admin: true}}\ntoString: 1')
    const value = 'value' in read ? (read.value as object) : {}
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'toString'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
    const checked = checkYaml(
      '__proto__: 1\nconstructor: 1\nb: x',
      'x.yaml',
      z.strictObject({ b: z.string() }),
    )
    expect(checked.faults).toHaveLength(2)
    expect(checked.faults.join()).toMatch(
      /x\.yaml:1: __proto__.*clé inconnue.*x\.yaml:2: constructor.*clé inconnue/u,
    )
  })
})
