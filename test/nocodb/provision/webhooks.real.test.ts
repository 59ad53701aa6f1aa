import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { ensureEditor } from '../../../scripts/demo/accounts.ts'
import { createToken } from '../../../scripts/local-nocodb/account.ts'
import { openSdk } from '../../../src/nocodb/meta-client.ts'
import type { Sdk } from '../../../src/nocodb/meta-client.ts'
import { checkWebhooks } from '../../../src/nocodb/provision/check-webhooks.ts'
import { desiredSchema } from '../../../src/nocodb/provision/desired-schema.ts'
import { desiredWebhooks } from '../../../src/nocodb/provision/desired-webhooks.ts'
import { provision } from '../../../src/nocodb/provision/provision.ts'
import { cli } from '../../helpers/cli.ts'
import { describeProduction } from '../../helpers/engines.ts'
import { startReceiver } from '../../helpers/hook-receiver.ts'
import type { HookReceiver } from '../../helpers/hook-receiver.ts'
import { HOOK_SECRET, startLiveService } from '../../helpers/live-service.ts'
import type { LiveService } from '../../helpers/live-service.ts'
import { makeTestBase, settings } from '../../helpers/portrea-base.ts'
import type { TestBase } from '../../helpers/portrea-base.ts'

type Loose = Readonly<Record<string, any>>

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

describeProduction('webhooks set by provision', (nocodb) => {
  let receiver: HookReceiver
  let test: TestBase
  let service: LiveService
  let meta: Sdk
  const target = () => ({ url: service.url, secret: HOOK_SECRET })
  const { columns, rules } = settings

  beforeAll(async () => {
    test = await makeTestBase(nocodb, 'webhooks')
    service = await startLiveService(test, nocodb)
    receiver = await startReceiver()
    meta = await openSdk(test.base.http)
  })
  afterAll(async () => {
    await service.stop()
    await receiver.stop()
    await test.close()
  })

  const run = (where = target(), dryRun = false) =>
    provision(test.base, desiredSchema(columns, rules, { target: where }), { dryRun })
  const summaries = async (where = target()) =>
    plain((await run(where, true)).steps.map(({ summary }) => summary))
  const hooks = async (table: string) =>
    (await meta.dbTableWebhook.list(test.base.table(table).id)).list as Loose[]
  const ours = async (table: string) => (await hooks(table)).find(({ title }) => title === 'Portrea')!
  const look = (where = target()) => checkWebhooks(test.base, desiredWebhooks(columns, where))

  it('makes one a table, a button on EPCI, Journées and Propositions; a second run finds nothing to do', async () => {
    expect(await summaries()).toEqual([
      ...['Acteurs', 'EPCI', 'Diagnostics', 'Journées', 'Référents', 'Conditions de réussite'].map(
        (table) => `Créer le webhook de « ${table} »`,
      ),
      'Créer le webhook de « Invitations »',
      'Créer le webhook de « Propositions »',
      'Créer le webhook du bouton de « EPCI »',
      'Créer le webhook du bouton de « Journées »',
      'Créer le webhook du bouton de « Propositions »',
      'Ajouter le bouton « Recalculer » de « EPCI »',
      'Ajouter le bouton « Faire les groupes » de « Journées »',
      'Ajouter le bouton « Accepter » de « Propositions »',
    ])
    await run()
    expect(await run()).toEqual({ steps: [], done: 0 })
    expect(test.base.table('EPCI').columns.get('Recalculer')?.uidt).toBe('Button')
    expect(test.base.table('Propositions').columns.get('Accepter')?.uidt).toBe('Button')
  })

  it('has NocoDB tell what people change, and nothing of what the service writes', async () => {
    const { operation, trigger_field, trigger_fields, active } = await ours('Acteurs')
    expect({ operation, active: Boolean(active), trigger_field: Boolean(trigger_field) }).toEqual({
      operation: ['insert', 'update', 'delete'],
      active: true,
      trigger_field: true,
    })
    const titles = new Map(
      [...test.base.table('Acteurs').columns.values()].map(({ id, title }) => [id, title]),
    )
    const watched = (trigger_fields as string[]).map((id) => titles.get(id))
    expect(watched).toEqual(
      expect.arrayContaining(['Nom', 'Horaires', 'EPCI', 'Vérifié exact', 'Dernier contact']),
    )
    expect(watched).not.toContain('Complétude (%)')
    expect(watched).not.toContain('Doublons possibles')
    expect(watched).toHaveLength(32 + 7)
  })

  it('sees that they are in place, and that a call arrives', async () => {
    expect(await look()).toEqual({ faults: [], refusal: null })
    await service.settled()
  })

  it('says so when the service does not answer, or waits for another secret', async () => {
    const other = { ...target(), secret: 'another-secret' }
    await run(other)
    expect((await look(other)).refusal).toMatch(/Authentication failed/)
    const gone = { ...target(), url: 'http://127.0.0.1:9/webhooks/nocodb' }
    await run(gone)
    expect((await look(gone)).refusal).toMatch(/ECONNREFUSED/)
    await run()
    expect(await look()).toEqual({ faults: [], refusal: null })
  })

  it('changes the secret and the address where they changed, and shows neither', async () => {
    const rotated = { url: receiver.url, secret: 'a-secret-rotated' }
    const wanted = await summaries(rotated)
    expect(wanted).toHaveLength(11)
    expect(wanted[0]).toBe('Corriger le webhook de « Acteurs » (adresse et secret)')
    expect(JSON.stringify(wanted)).not.toContain('rotated')
    await run(rotated)
    expect(await summaries(rotated)).toEqual([])
    expect(JSON.stringify(await ours('EPCI'))).toContain('a-secret-rotated')
    await run()
  })

  it.each([
    ['off', { active: false }, 'arrêté'],
    ['called for other events', { operation: ['insert'] }, 'événements'],
    ['called for any column', { trigger_field: false, trigger_fields: [] }, 'colonnes'],
  ])('mends one that is %s', async (_, change, word) => {
    const hook = await ours('Journées')
    await meta.dbTableWebhook.update(hook['id'], { ...hook, ...change } as never)
    expect(plain((await look()).faults)).toEqual([`Corriger le webhook de « Journées » (${word})`])
    await run()
    expect(await summaries()).toEqual([])
  })

  it('makes again one that was deleted, and leads the button to it', async () => {
    for (const { id, event } of await hooks('EPCI'))
      if (event === 'manual') await meta.dbTableWebhook.delete(id)
    expect(await summaries()).toEqual([
      'Créer le webhook du bouton de « EPCI »',
      'Relier à son webhook le bouton « Recalculer » de « EPCI »',
    ])
    await run()
    expect(await summaries()).toEqual([])
  })

  it("leaves people's own webhooks, and takes ours for ours when it was renamed", async () => {
    const table = test.base.table('Acteurs')
    const hook = await ours('Acteurs')
    const own = { ...hook, title: 'Le mien', notification: notification('http://127.0.0.1:9/') }
    await meta.dbTableWebhook.create(table.id, own as never)
    await meta.dbTableWebhook.update(hook['id'], { ...hook, title: 'Vers Portrea' })
    expect(await summaries()).toEqual([])
    expect((await hooks('Acteurs')).map(({ title }) => title).toSorted()).toEqual(['Le mien', 'Vers Portrea'])
  })

  it('stops, and names it, where a column of another kind has the title of the button', async () => {
    const epcis = {
      ...columns.epcis,
      columns: { ...columns.epcis.columns, recalculate: { title: 'Nom', description: '' } },
    }
    const desired = desiredSchema({ ...columns, epcis }, rules, { target: target() })
    await expect(provision(test.base, desired, { dryRun: true })).rejects.toMatchObject({
      code: 'SCHEMA_MISMATCH',
      faults: [expect.stringMatching(/«\sNom\s» de «\sEPCI\s» est de type SingleLineText/u)],
    })
  })

  it('is seen by doctor: in place, off, or hidden from an editor', async () => {
    const environment = {
      ...{ NOCODB_URL: nocodb.url, NOCODB_TOKEN: nocodb.token, NOCODB_BASE: test.base.id },
      ...{ PORTREA_WEBHOOK_SECRET: HOOK_SECRET, PORTREA_PUBLIC_URL: new URL(service.url).origin },
      PORTREA_DATA_DIR: test.dataDir,
    }
    const check = async (more = {}) => {
      const { stdout } = await cli(['doctor', '--json'], { ...environment, ...more })
      return (JSON.parse(stdout).checks as Loose[]).find(({ key }) => key === 'webhooks')
    }
    expect(await check()).toMatchObject({ ok: true, detail: expect.stringContaining('est arrivé') })
    const hook = (await hooks('EPCI')).find(({ title }) => title === 'Portrea')!
    await meta.dbTableWebhook.update(hook['id'], { ...hook, active: false })
    expect(await check()).toMatchObject({ ok: false, detail: expect.stringContaining('arrêté') })
    expect(await check({ PORTREA_WEBHOOK_SECRET: '' })).toMatchObject({
      ok: true,
      detail: expect.stringContaining('aucun'),
    })
    const editor = { email: `editor-${randomUUID()}@portrea.test`, password: 'Portrea-editor-1', token: null }
    await ensureEditor(nocodb.url, test.base.id, { ...nocodb }, editor)
    const token = await createToken(nocodb.url, editor.email, editor.password, 'tests')
    expect(await check({ NOCODB_TOKEN: token })).toMatchObject({
      ok: true,
      detail: expect.stringContaining('ne peut pas voir'),
    })
    await run()
  })
})

/** Without the no-break spaces of French. */
function plain(lines: readonly string[]): string[] {
  return lines.map((line) => line.replaceAll(/[\u202f\u00a0]/gu, ' '))
}

function notification(path: string): object {
  const payload = { method: 'POST', path, body: '{{ json event }}', headers: [], parameters: [], auth: '' }
  return { type: 'URL', payload }
}
