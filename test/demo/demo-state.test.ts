import { mkdtempSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readState, saveState } from '../../scripts/demo/demo-state.ts'

describe('what the demo keeps between runs', () => {
  it('begins with accounts and secrets of its own, never the same twice', () => {
    const [one, other] = [readState(folder()), readState(folder())]
    expect(one.person.email).not.toBe(one.service.email)
    expect(new Set([one.person.password, one.service.password, other.person.password]).size).toBe(3)
    expect(new Set([one.apiToken, one.webhookSecret, one.sessionSecret, other.apiToken]).size).toBe(4)
  })

  it('is the same when read again, and readable by its owner alone', () => {
    const path = folder()
    const state = readState(path)
    saveState(path, { ...state, servicePort: 4321, loaded: { 'p1 Acteurs': 'begun' } })
    expect(readState(path)).toEqual({ ...state, servicePort: 4321, loaded: { 'p1 Acteurs': 'begun' } })
    expect(statSync(join(path, 'state.json')).mode & 0o777).toBe(0o600)
    expect(readdirSync(path)).toEqual(['state.json'])
  })
})

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'portrea-state-'))
}
