import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandLine, shellWord } from '../../src/domain/command-line.ts'

const asShellReads = (line: string) =>
  JSON.parse(
    spawnSync('sh', ['-c', `${process.execPath} -p 'JSON.stringify(process.argv.slice(1))' -- ${line}`], {
      encoding: 'utf8',
    }).stdout,
  ) as string[]

describe('a command to be copied', () => {
  it.each([
    ['EPCI', 'EPCI'],
    ['Nom de l’EPCI', "'Nom de l’EPCI'"],
    ["Nom de l'EPCI", "'Nom de l'\\''EPCI'"],
    ['a"; rm -rf $HOME `x` \\', "'a\"; rm -rf $HOME `x` \\'"],
    ['', "''"],
  ])('%s', (word, quoted) => {
    expect(shellWord(word)).toBe(quoted)
    expect(asShellReads(quoted)).toEqual([word])
  })

  it('gives the shell back each word, whatever it holds', () => {
    const words = fc.array(
      fc.string({ unit: 'grapheme' }).filter((text) => !/[\0\r]/u.test(text)),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(words, (all) => {
        expect(asShellReads(all.map(shellWord).join(' '))).toEqual(all)
      }),
      { numRuns: 10 },
    )
  })

  it('is whole, as the README gives it', () => {
    expect(commandLine('adopt', '--link-epcis', "l'EPCI")).toBe(
      "npm run -s portrea -- adopt --link-epcis 'l'\\''EPCI'",
    )
  })
})
