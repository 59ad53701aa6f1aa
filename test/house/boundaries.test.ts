import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const copy = mkdtempSync(join(tmpdir(), 'portrea-walls-'))
afterAll(() => rmSync(copy, { recursive: true }))

/** What each of these files does not have the right to import, and what each may. */
const OFFENCES: [file: string, imported: string, says: string][] = [
  ['src/domain/maturity.ts', '../nocodb/rows.ts', 'The domain computes, never asks'],
  ['src/domain/completeness/text.ts', '../../config/columns-file.ts', 'The domain computes, never asks'],
  ['src/domain/workload.ts', 'node:fs', 'The domain is pure'],
  ['src/domain/prefill.ts', 'zod', 'The domain is pure'],
  ['src/domain/events.ts', 'zod', 'The domain is pure'],
  ['src/domain/rules/maturity.ts', 'yaml', 'The domain is pure'],
  ['src/domain/labels.ts', '../columns/labels.ts', 'The domain computes, never asks'],
  ['src/columns/epcis.ts', '../config/columns-file.ts', 'follows from the domain alone'],
  ['src/config/rules-file.ts', '../store/runs.ts', 'Configuration is read before anything else'],
  ['src/nocodb/rows.ts', '../engine/run-sync.ts', 'Data goes one way'],
  ['src/store/runs.ts', '../nocodb/rows.ts', 'The store keeps what it is given'],
  ['src/engine/run-sync.ts', '../http/server.ts', 'A sync is the same whoever asks for it'],
  ['src/engine/process-records.ts', 'axios', 'Only src/nocodb knows NocoDB'],
  ['src/engine/event-publishing.ts', '../outbox/post.ts', 'it knows neither'],
  ['src/outbox/deliver.ts', '../engine/run-sync.ts', 'What is sent out comes from the store'],
  ['src/commands/doctor.ts', 'standardwebhooks', 'Only src/outbox sends to others'],
  ['src/http/server.ts', '../nocodb/rows.ts', 'A route answers from the store'],
  ['src/http/epci-routes.ts', 'kysely', 'Only src/store knows SQL'],
  ['src/nocodb/base.ts', '../app.ts', 'wire the rooms together'],
]
const RIGHTS: [file: string, imported: string][] = [
  ['src/domain/rules/completeness.ts', 'zod'],
  ['src/domain/events/run-events.ts', 'zod'],
  ['src/domain/completeness/check-phone.ts', 'libphonenumber-js/min'],
  ['src/domain/sentences.ts', './typography.ts'],
  ['src/config/columns-file.ts', '../columns/tables.ts'],
  ['src/nocodb/http.ts', 'axios'],
  ['src/store/sqlite.ts', 'node:sqlite'],
  ['src/outbox/message.ts', 'standardwebhooks'],
  ['src/http/webhook-routes.ts', '../nocodb/webhook-payload.ts'],
  ['src/app.ts', './nocodb/base.ts'],
]

type Diagnostic = { code: string; help: string; filename: string }
let refused: Diagnostic[]

beforeAll(async () => {
  for (const name of ['oxlint.config.ts', 'package.json']) copyFileSync(join(root, name), join(copy, name))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  for (const [file, imported] of [...OFFENCES, ...RIGHTS])
    write(file, `export * as seen from '${imported}'\n`)
  write('src/commands/sync.ts', 'export const token = process.env.TOKEN\n')
  write('src/config/environment.ts', 'export const token = process.env.TOKEN\n')
  refused = await lint()
})

describe('the walls between the rooms', () => {
  it.each(OFFENCES)('keep %s from importing %s', (file, _imported, says) => {
    const faults = refused.filter(({ filename }) => filename === file)
    expect(faults.map(({ code }) => code)).toEqual(['eslint(no-restricted-imports)'])
    expect(faults[0]?.help).toContain(says)
  })

  it.each(RIGHTS)('let %s import %s', (file) => {
    expect(refused.filter(({ filename }) => filename === file)).toEqual([])
  })

  it('let src/config/environment.ts alone read the environment', () => {
    const readers = refused.filter(({ code }) => code === 'node(no-process-env)')
    expect(readers.map(({ filename }) => filename)).toEqual(['src/commands/sync.ts'])
  })
})

function write(file: string, text: string): void {
  mkdirSync(join(copy, dirname(file)), { recursive: true })
  writeFileSync(join(copy, file), text)
}

// It ends with 1 when it finds faults, and that is what we are after.
async function lint(): Promise<Diagnostic[]> {
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
  const { stdout } = await promisify(execFile)(process.execPath, [oxlint, '-f', 'json'], { cwd: copy }).catch(
    (error: { stdout: string }) => error,
  )
  return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics
}
