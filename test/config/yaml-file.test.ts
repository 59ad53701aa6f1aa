import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSettings } from '../../src/app.ts'
import { readRules } from '../../src/config/rules-file.ts'
import type { PortreaError } from '../../src/errors.ts'
import { cpSync } from 'node:fs'
import { CONFIG } from '../helpers/rules.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portrea-config-'))
  cpSync(CONFIG, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const edit = (file: string, from: string | RegExp, to: string) => {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  expect(text).toMatch(from)
  writeFileSync(path, text.replace(from, to))
}
const faultsOf = (read: () => unknown): readonly string[] => {
  try {
    read()
  } catch (cause) {
    return (cause as PortreaError).faults
  }
  return []
}

describe('the files of config/', () => {
  it('are valid as they ship', () => {
    expect(faultsOf(() => readSettings(folder))).toEqual([])
  })

  it('tell every fault of every file at once, with file, line and remedy', () => {
    edit('referentials.yaml', 'weight: 40', 'weight: 41')
    edit('maturity.yaml', 'emergent: 25', 'emergent: 60')
    edit('nocodb.yaml', 'connections:', 'connexions:')
    const faults = faultsOf(() => readSettings(folder))
    expect(faults).toContainEqual(
      expect.stringMatching(/^referentials\.yaml:\d+: .*weights sum to 101; make them sum to 100/),
    )
    expect(faults).toContainEqual(expect.stringMatching(/^maturity\.yaml:\d+: levels: bounds must rise/))
    expect(faults).toContainEqual(expect.stringMatching(/^nocodb\.yaml:\d+: connexions: unknown key/))
    expect(faults).toContainEqual(expect.stringMatching(/^nocodb\.yaml:\d+: connections: missing; add it/))
  })

  it('name the line of broken YAML', () => {
    edit('maturity.yaml', 'levels:', 'levels: [')
    expect(faultsOf(() => readSettings(folder))[0]).toMatch(/^maturity\.yaml:\d+: /)
  })

  it('refuse a ladder that does not hold each accepted answer once', () => {
    edit('maturity.yaml', 'steps: [none, drafted, adopted]', 'steps: [none, adopted]')
    expect(faultsOf(() => readRules(folder))).toContainEqual(
      expect.stringContaining('steps must hold each of none, drafted, adopted once'),
    )
  })

  it('refuse a field in no block or in two, and a value of a need that records never hold', () => {
    edit('indicators.yaml', 'fields: [horaires]', 'fields: [telephone]')
    edit('indicators.yaml', '[OF, AFPA, EPN]', '[OF, AFPA, Cyberbase]')
    const faults = faultsOf(() => readRules(folder))
    expect(faults).toContainEqual(
      expect.stringMatching(
        /^indicators\.yaml:\d+: blocks\.hours\.fields\.0: telephone already stands in contact/,
      ),
    )
    expect(faults).toContainEqual(expect.stringMatching(/^indicators\.yaml:\d+: blocks: add horaires/))
    edit('indicators.yaml', 'fields: [telephone]', 'fields: [horaires]')
    expect(faultsOf(() => readRules(folder))).toEqual([
      expect.stringMatching(
        /^indicators\.yaml:\d+: needs\.training\.kinds\.2: « Cyberbase » is no value of typologie/,
      ),
    ])
  })

  it('keep their fingerprint when comments or the order of keys change, and lose it when a weight does', () => {
    const before = readRules(folder).fingerprint
    edit('maturity.yaml', '# The four factors', '# The 4 factors')
    edit('maturity.yaml', /  emergent: 25\n  structured: 50\n/, '  structured: 50\n  emergent: 25\n')
    expect(readRules(folder).fingerprint).toBe(before)
    edit('maturity.yaml', 'emergent: 25', 'emergent: 26')
    expect(readRules(folder).fingerprint).not.toBe(before)
    expect(before).toMatch(/^sha256:[0-9a-f]{64}$/)
  })
})
