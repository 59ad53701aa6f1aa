import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { openStore } from '../../src/store/database.ts'
import type { Store } from '../../src/store/database.ts'
import type { SyncContext } from '../../src/engine/sync-context.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import type { HookReceiver } from '../helpers/hook-receiver.ts'
import { planLeft, startLiveService } from '../helpers/live-service.ts'
import type { LiveService } from '../helpers/live-service.ts'
import type { TestBase } from '../helpers/portrea-base.ts'

/** Where people, and accidents, act. */
export type World = {
  readonly test: Pick<TestBase, 'base' | 'parts'>
  readonly nocodb: { readonly url: string; readonly token: string }
  readonly receiver: HookReceiver
  /** The titles of the tables of actors, « Acteurs » alone by default: their columns bear the same names. */
  readonly actors?: readonly string[]
}

const ACTORS = ['Acteurs'] as const

const SIRENS = ['242900314', '243500139', '200068120', '200069409'] as const
const COMMUNES = ['29019', '35238', '29232', '22278'] as const

/** What may happen; `at` picks a row among those there are. */
export type Step =
  | {
      readonly kind: 'edit' | 'link' | 'silentLink' | 'unlink' | 'remove' | 'press'
      readonly at: number
      readonly to: number
    }
  | { readonly kind: 'insert'; readonly at: number; readonly to: number; readonly rows: number }
  | { readonly kind: 'epci' | 'unanswer'; readonly at: number; readonly to: number }
  | { readonly kind: 'referent'; readonly at: number; readonly to: number }
  | { readonly kind: 'tick'; readonly at: number; readonly to: number }
  | { readonly kind: 'answer' | 'day'; readonly at: number; readonly to: number }
  | { readonly kind: 'lose' | 'find' | 'restart' | 'wait' | 'whole' | 'renameEpci' }

const pick = { at: fc.nat(30), to: fc.nat(7) }
const of = (...kinds: string[]) => fc.record({ kind: fc.constantFrom(...kinds), ...pick })

/** Mostly what people do, sometimes what goes wrong. */
export const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: of('edit', 'link', 'silentLink', 'unlink', 'remove') },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('insert'), ...pick, rows: fc.integer({ min: 1, max: 4 }) }),
    },
    { weight: 3, arbitrary: of('epci', 'answer', 'unanswer', 'day', 'tick', 'referent', 'press') },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('lose', 'find', 'restart', 'wait', 'whole', 'renameEpci'),
      }),
    },
  ) as fc.Arbitrary<Step>,
  { minLength: 4, maxLength: 24 },
)

/** People empty this base as they like: that the brake would hold is shown elsewhere. */
const NO_BRAKE: SyncContext['brake'] = {
  records: { keep: 0, atLeast: 1 },
  rows: { keep: 0, atLeast: 1 },
  cells: { keep: 0, atLeast: 1 },
  recommendations: { share: 1, atLeast: 1 },
}

/** EPCI and records to begin with, and a first whole run. */
export async function populate({ test, actors = ACTORS }: World): Promise<void> {
  const { base } = test
  await post(base, 'EPCI', SIREN_ROWS)
  for (const table of actors)
    await post(
      base,
      table,
      Array.from({ length: 16 / actors.length }, (_, at) => actorRow(at % 4)),
    )
  await runSync(test.parts, { trigger: 'command', dryRun: false, epcis: null })
}

/**
 * Does the steps, then holds every cell of every table against those of a whole run that saw nothing of it but the end: by
 * the store that lived it, by the same where only what changed is read, and by the store of before.
 */
export async function converges(given: World, doing: readonly Step[]): Promise<void> {
  const { receiver } = given
  const test = { ...given.test, parts: { ...given.test.parts, brake: NO_BRAKE } }
  const world = { ...given, test }
  const before = await copyOf(test.parts.store)
  const life: Life = { service: await startLiveService(test, world.nocodb), used: new Map() }
  receiver.to = life.service.url
  try {
    for (const step of doing) await act(world, life, step)
  } finally {
    receiver.loses = () => false
    await life.service.stop()
  }
  const last = await startLiveService(test, world.nocodb) // at start it looks for what no hint told
  receiver.to = last.url
  try {
    await last.settled()
    expect(await planLeft(test), 'by the store that lived it').toEqual([])
    expect(await planLeft(test, { whole: false }), 'reading what changed').toEqual([])
    expect(await planLeft(test, { store: before }), 'by the store of before').toEqual([])
    expect(await planLeft(test, { store: before, whole: false }), 'the same, what changed').toEqual([])
    expect(last.live.counts()).toMatchObject({ failed: 0 })
    await runSync(test.parts, { trigger: 'command', dryRun: false, epcis: null })
    expect(await planLeft(test), 'after a whole run, whatever the table').toEqual([])
  } finally {
    await last.stop()
    await before.close()
  }
}

type Life = { service: LiveService; readonly used: Map<string, Set<number>> }

async function act(world: World, life: Life, step: Step): Promise<void> {
  const { test, receiver, nocodb, actors = ACTORS } = world
  const { base } = test
  const table = 'at' in step ? actors[(step.at + step.to) % actors.length]! : 'Acteurs'
  switch (step.kind) {
    case 'edit':
      return withRow(base, table, step.at, (Id) => patch(base, table, { Id, ...edits(step.to) }))
    case 'link':
    case 'silentLink':
      return withRow(base, table, step.at, (Id) =>
        link(base, life, { table, Id }, step.to, step.kind === 'silentLink'),
      )
    case 'unlink':
      return withRow(base, table, step.at, (Id) => patch(base, table, { Id, [key(base, table)]: null }))
    case 'remove':
      return withRow(base, table, step.at, (Id) => remove(base, table, Id))
    case 'insert':
      return post(
        base,
        table,
        Array.from({ length: step.rows }, () => actorRow(step.to)),
      )
    case 'epci':
      return withRow(base, 'EPCI', step.at, (Id) => patch(base, 'EPCI', { Id, ...epciEdits(step.to) }))
    case 'renameEpci':
      return withRow(base, 'EPCI', 3, (Id) =>
        patch(base, 'EPCI', { Id, SIREN: next() % 2 ? '243500725' : SIRENS[3] }),
      )
    case 'answer':
    case 'day':
      return withRow(base, 'EPCI', step.at, (epci) => declare(base, step.kind, epci, step.to % 4))
    case 'referent':
      return withRow(base, 'EPCI', step.at, (epci) =>
        post(base, 'Référents', [{ Nom: NAMES[step.to % 3], [key(base, 'Référents')]: epci }]),
      )
    case 'tick':
      return withRow(base, 'Conditions de réussite', step.at, (Id) =>
        patch(base, 'Conditions de réussite', { Id, État: TICKS[step.to % 4] }),
      )
    case 'unanswer':
      return withRow(base, 'Diagnostics', step.at, (Id) => remove(base, 'Diagnostics', Id))
    case 'press':
      return withRow(base, 'EPCI', step.at, (Id) => press(base, Id))
    case 'lose':
      receiver.loses = () => true
      return
    case 'find':
      receiver.loses = () => false
      return life.service.live.resync()
    case 'wait':
      return life.service.settled()
    case 'restart':
      await life.service.stop()
      life.service = await startLiveService(test, nocodb)
      receiver.to = life.service.url
      return
    case 'whole':
      return void (await runSync(test.parts, { trigger: 'command', dryRun: false, epcis: null }))
  }
}

let count = 0
/** Never twice: an edit that was undone leaves another freshness behind than one that never was. */
const next = () => (count += 1)

const SIREN_ROWS = SIRENS.map((SIREN, at) => ({ Nom: `EPCI ${at}`, SIREN, Population: 40_000 * (at + 1) }))

function actorRow(commune: number) {
  return { Nom: `Lieu ${next()}`, 'Code INSEE': COMMUNES[commune % 4], 'Date de mise à jour': '2026-10-01' }
}

const TICKS = ['Remplie', 'À faire', 'Inconnue', null] as const
const SIRETS = ['43493312300029', '35600000011275', null] as const
const NAMES = ['Awa Diallo', 'Yann Le Goff', 'Personne'] as const

function edits(which: number): object {
  const number = next()
  const choices = [
    { Adresse: `${number} rue de Siam` },
    {
      Horaires: number % 3 === 0 ? null : `Mo-Fr 08:${10 + (number % 50)}-12:00`,
      Source: `saisie ${number}`,
    },
    { Téléphone: `+33298${String(100_000 + number).slice(-6)}` },
    { 'Code INSEE': COMMUNES[number % 4], Source: `saisie ${number}` },
    { Référent·e: NAMES[number % 3], Source: `saisie ${number}` },
    { Nom: 'Espace numérique', Courriels: 'accueil@example.org', Source: `saisie ${number}` },
    {
      Téléphone: number % 4 === 0 ? null : `+3329800000${number % 2}`,
      'SIRET ou RNA': SIRETS[number % 3],
      Identifiant: number % 5 === 0 ? null : `structure-${number % 5}`,
      Source: `saisie ${number}`,
    },
    {
      ...(number % 4 === 0 ? { Latitude: 43.3, Longitude: 5.4 } : { Latitude: 48.4, Longitude: -4.5 }),
      Source: `saisie ${number}`,
    },
  ]
  return choices[which] ?? {}
}

function epciEdits(which: number): object {
  const number = next()
  const retained = ['Outil', 'Réseau', 'Généraliste', null][number % 4]
  return [
    { 'Acteurs attendus': number % 9 },
    { 'Référentiel retenu': retained },
    { Nom: `EPCI renommé ${number}` },
    { Population: 10_000 + number },
    { Étape: ['Pressenti', 'Convention proposée', 'Lancé', null][number % 4] },
    { 'Axes de travail': `Axe ${number}` },
  ][which % 6]!
}

type Base = TestBase['base']

type RowOf = { readonly table: string; readonly Id: number }

async function link(
  base: Base,
  life: Life,
  { table, Id }: RowOf,
  to: number,
  silent: boolean,
): Promise<void> {
  const rows = await ids(base, 'EPCI')
  const used = life.used.get(`${table} ${Id}`) ?? new Set<number>()
  const target = rows[to % rows.length]
  if (target === undefined || used.has(target)) return
  life.used.set(`${table} ${Id}`, used.add(target))
  if (!silent) return patch(base, table, { Id, [key(base, table)]: target })
  const { id } = base.table(table).columns.get('EPCI')!
  const path = `/api/v2/tables/${base.table(table).id}/links/${id}/records/${Id}`
  await base.http.send({ method: 'POST', path, body: [{ Id: target }], idempotent: true })
}

function declare(base: Base, kind: 'answer' | 'day', epci: number, which: number): Promise<void> {
  const day = `2026-0${1 + (next() % 9)}-1${which}`
  const aim = ['Mise en réseau', 'Base de données', 'Interconnaissance', null][which]
  return kind === 'answer'
    ? post(base, 'Diagnostics', [{ Date: day, 'Rencontres par an': which, [key(base, 'Diagnostics')]: epci }])
    : post(base, 'Journées', [
        {
          Date: day.replace('2026', '2027'),
          'Personnes invitées': 30,
          Nom: aim,
          [key(base, 'Journées')]: epci,
        },
      ])
}

async function press(base: Base, row: number): Promise<void> {
  type Hooks = { list: { id: string; event: string }[] }
  const path = `/api/v2/meta/tables/${base.table('EPCI').id}/hooks`
  const { list } = await base.http.send<Hooks>({ method: 'GET', path })
  const hook = list.find(({ event }) => event === 'manual')
  if (hook) await base.http.send({ method: 'POST', path: `/api/v2/meta/hooks/${hook.id}/trigger/${row}` })
}

const key = (base: Base, table: string) => base.table(table).foreignKeys.get('EPCI')!
const path = (base: Base, table: string) => `/api/v2/tables/${base.table(table).id}/records`

async function post(base: Base, table: string, rows: readonly object[]): Promise<void> {
  await base.http.send({ method: 'POST', path: path(base, table), body: rows })
}

async function patch(base: Base, table: string, row: object): Promise<void> {
  await base.http.send({ method: 'PATCH', path: path(base, table), body: [row] })
}

async function remove(base: Base, table: string, Id: number): Promise<void> {
  await base.http.send({ method: 'DELETE', path: path(base, table), body: [{ Id }] })
}

async function ids(base: Base, table: string): Promise<number[]> {
  const { list } = await base.http.send<{ list: { Id: number }[] }>({
    method: 'GET',
    path: path(base, table),
    query: { fields: 'Id', limit: 1000, sort: 'Id' },
  })
  return list.map(({ Id }) => Id)
}

async function withRow(
  base: Base,
  table: string,
  at: number,
  act: (id: number) => Promise<void>,
): Promise<void> {
  const rows = await ids(base, table)
  const id = rows[at % Math.max(1, rows.length)]
  if (id !== undefined) await act(id)
}

/** The store as it is now, beside. */
async function copyOf(store: Store): Promise<Store> {
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-before-'))
  await sql`vacuum into ${sql.lit(join(dataDir, 'portrea.sqlite'))}`.execute(store.db)
  return openStore({ dataDir })
}
