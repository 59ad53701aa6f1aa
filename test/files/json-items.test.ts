import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonItems } from '../../src/files/json-items.ts'
import { inChunks } from './helpers.ts'

async function read(text: string, chunk = 5, isWanted = (key: string) => key === 'data') {
  const found = []
  for await (const one of jsonItems(inChunks(text, chunk), isWanted)) found.push(one)
  return found
}
const itemsOf = (found: Awaited<ReturnType<typeof read>>) =>
  found.flatMap((one) => ('value' in one ? [one.value] : []))
const linesOf = (found: Awaited<ReturnType<typeof read>>) =>
  found.flatMap((one) => ('reason' in one ? [one.line] : []))

describe('the items of a list in JSON', () => {
  it('are those that were written, whatever they hold and wherever the text is cut', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 12 }),
        fc.boolean(),
        fc.constantFrom(0, 1, 2),
        fc.integer({ min: 1, max: 40 }),
        async (items, isNested, indent, chunk) => {
          const file = isNested ? { 'a"[': [1, '['], n: { data: [0] }, data: items, z: 'data' } : items
          const found = await read(JSON.stringify(file, null, indent), chunk)
          expect(itemsOf(found)).toEqual(JSON.parse(JSON.stringify(items)))
          expect(linesOf(found)).toEqual([])
        },
      ),
      { numRuns: 300 },
    ))

  it.each([
    ['a faulty item among others', '[{"a":1},{"a":},{"a":3}]', [{ a: 1 }, { a: 3 }], [2]],
    ['a scalar that is none', '[1, oui, "x"]', [1, 'x'], [2]],
    ['a file that is cut after an item', '[{"a":1},{"a":2}', [{ a: 1 }, { a: 2 }], [3]],
    ['a file that is cut in an item', '[{"a":1},{"a":"x', [{ a: 1 }], [2]],
    ['an item nested too deep', `[${'['.repeat(80)}${']'.repeat(80)},{"a":1}]`, [{ a: 1 }], [1]],
    ['signs after the list', '[{"a":1}]\n\n', [{ a: 1 }], []],
    ['brackets and escapes in texts', '[{"a":"]}\\"[{"},{"b":"\\\\"}]', [{ a: ']}"[{' }, { b: '\\' }], []],
  ] as const)('are read with %s', async (_, text, items, unreadable) => {
    for (const chunk of [1, 3, 1000]) {
      const found = await read(text, chunk)
      expect(itemsOf(found)).toEqual(items)
      expect(linesOf(found)).toEqual(unreadable)
    }
  })

  it.each(['{"a":1}', '{"autre":[1]}', '"texte"', '', '{"a":1}\n{"a":2}'])('are none in %s', async (text) => {
    expect(await read(text)).toEqual([{ noList: true }])
  })

  it('are not held where one is endless', async () => {
    const found = await read(`[{"a":"${'x'.repeat(4_100_000)}"},{"a":1}]`, 100_000)
    expect(linesOf(found)).toEqual([1])
    expect(itemsOf(found)).toEqual([{ a: 1 }])
  })
})
