import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/store/database.ts'
import { mailKeys } from '../../src/store/mail-keys.ts'
import { leaveMail } from '../../src/store/mailings.ts'
import { postOffice } from '../../src/outbox/mail/smtp.ts'
import { startMailRounds } from '../../src/work/mail-rounds.ts'
import { cli } from '../helpers/cli.ts'
import { mailServer } from '../helpers/mail-server.ts'
import { EPCIS, KEYED, keepReports, mailStage, ROWS } from '../helpers/mail-stage.ts'
import { plain } from '../helpers/plain.ts'
import { portreaDouble } from '../helpers/portrea-double.ts'
import { testShop } from '../helpers/print-shop.ts'
import { CONFIG } from '../helpers/rules.ts'

const [FIRST, SECOND, THIRD] = EPCIS as [(typeof EPCIS)[0], (typeof EPCIS)[0], (typeof EPCIS)[0]]
const NONE = { sent: 0, before: 0, left: 0, nothing: 0, unreachable: 0, refused: 0, perhaps: 0, failed: 0 }

describe('the mails of a week', () => {
  it('tell each person what moved and what is due of their EPCI, once, with the sheets', async () => {
    const shop = testShop()
    onTestFinished(() => shop.close())
    const { server, send } = await mailStage({ given: { mail: { attach: true, attachAtMost: 1 }, shop } })
    expect(await send()).toEqual({ outcome: 'done', counts: { ...NONE, sent: 2 } })
    expect(server.arrived.map(({ to }) => to)).toEqual([['ana@exemple.bzh'], ['yann@exemple.bzh']])
    const { mail, raw } = server.arrived[0]!
    expect(mail.from).toMatchObject({ name: 'Portrea', address: 'portrea@hub.example' })
    expect(plain(mail.subject!)).toBe('Portrea : vos EPCI, semaine du 23 novembre 2026')
    const text = plain(mail.text!)
    expect(text).toContain('Bonjour Ana Bihan,')
    for (const { name, siren } of EPCIS) {
      expect(text).toContain(plain(name))
      expect(text).toContain(`https://portrea.example.org/epcis/${siren}`)
    }
    expect(text).toContain('Ce qui a bougé depuis le 16 novembre 2026 :')
    expect(text).toContain('- 1 fiche présente de plus.')
    expect(text).toContain('10 novembre 2026 (en retard) : Invitations à envoyer au plus tard')
    expect(text).toContain('10 décembre 2026 : Journée Portrea')
    expect(text).toContain('Salle des fêtes.')
    expect(text.indexOf(plain(SECOND.name))).toBeLessThan(text.indexOf(plain(FIRST.name))) // what is late comes first
    expect(mail.html).toContain(`<a href="https://portrea.example.org/epcis/${THIRD.siren}">`)
    expect(mail.attachments).toHaveLength(1)
    expect(mail.attachments[0]).toMatchObject({ mimeType: 'application/pdf' })
    expect(mail.attachments[0]!.filename).toMatch(/^fiche-territoire-.*\.pdf$/u)
    const pdf = Buffer.from(mail.attachments[0]!.content as ArrayBuffer)
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(text).toContain('Fiche territoire (jointe) :')
    const unfolded = raw.replaceAll(/\r\n[ \t]/gu, ' ')
    expect(unfolded).toMatch(/^List-Unsubscribe: <https:\/\/portrea\.example\.org\/courriels\/[\w.-]+>\r$/mu)
    expect(unfolded).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/mu)
    expect(unfolded).toMatch(/^Auto-Submitted: auto-generated\r$/mu)
  })

  it('are not sent twice in a week; the next week they are', async () => {
    const { server, send } = await mailStage()
    await send()
    expect(await send()).toEqual({ outcome: 'done', counts: { ...NONE, before: 2 } })
    expect(server.arrived).toHaveLength(2)
    await send({ now: () => new Date('2026-11-30T08:30:00Z') }, '2026-11-30')
    expect(server.arrived).toHaveLength(4)
    expect(new Set(server.arrived.map(({ mail }) => mail.messageId)).size).toBe(4)
  })

  it('are sent once where several ask at once', async () => {
    const { server, send } = await mailStage()
    const ended = await Promise.all([send(), send(), send()])
    expect(ended.filter(({ outcome }) => outcome === 'elsewhere')).toHaveLength(2)
    expect(server.arrived).toHaveLength(2)
  })

  it('leave no address and no name, in the store or the log', async () => {
    const { send, store, memory, server } = await mailStage({ conduct: { address: () => 550 } })
    expect(await send()).toMatchObject({ counts: { refused: 2 } })
    await server.stop()
    await send({}, '2026-11-30')
    const kept = JSON.stringify(await store.db.selectFrom('watermarks').selectAll().execute())
    for (const text of [kept, memory.text()]) expect(text).not.toMatch(/exemple\.bzh|bihan|goff/iu)
    expect(memory.text()).toContain('"refused":2')
  })

  it('go to an address alone: others are counted, and keep nobody from theirs', async () => {
    const rows = {
      ...ROWS,
      Référents: [
        { Nom: 'Sans', EPCI_id: 3 },
        { Nom: 'Deux', Courriel: 'a@b.fr, c@d.fr', EPCI_id: 3 },
        { Nom: 'Sauts', Courriel: 'a@b.fr\r\nBcc: pirate@x.fr', EPCI_id: 3 },
        { Nom: 'Accent', Courriel: 'é@b.fr', EPCI_id: 3 },
        { Nom: 'Yann', Courriel: 'yann@exemple.bzh', EPCI_id: 3 },
        { Nom: 'Ailleurs', Courriel: 'ailleurs@exemple.bzh' },
      ],
    }
    const { server, send } = await mailStage({ rows })
    expect(await send()).toMatchObject({ counts: { ...NONE, sent: 2, unreachable: 4 } })
    expect(server.arrived.flatMap(({ to }) => to)).toEqual(['ana@exemple.bzh', 'yann@exemple.bzh'])
  })

  it('take no header from a name, of a person or of an EPCI', async () => {
    const name = 'Ana\r\nBcc: pirate@x.fr\r\n\r\n<script>'
    const rows = {
      ...ROWS,
      EPCI: ROWS.EPCI.map((row) => ({ ...row, 'Chargé·e de déploiement': name })),
      Chargé·e·s: [{ Nom: name, Courriel: 'ana@exemple.bzh' }],
      Référents: [],
    }
    const { server, send, store } = await mailStage({ rows })
    await keepReports(store, [{ ...FIRST, name: 'Brest\r\n\r\nBcc: pirate@x.fr <b>' }, SECOND, THIRD])
    await send()
    const { mail, raw, to } = server.arrived[0]!
    expect(to).toEqual(['ana@exemple.bzh'])
    expect(mail.headers.map(({ key }) => key)).not.toContain('bcc')
    expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/imu)
    expect(mail.html).not.toMatch(/<script>|<b>/u)
    expect(mail.text).not.toMatch(/^Bcc:/mu)
  })

  it('go to nobody who left; they come back once taken back', async () => {
    const { server, send, store } = await mailStage()
    await leaveMail(store, await mailKeys(store, KEYED).person('ana@exemple.bzh'))
    expect(await send()).toMatchObject({ counts: { ...NONE, sent: 1, left: 1 } })
    expect(server.arrived.flatMap(({ to }) => to)).toEqual(['yann@exemple.bzh'])
  })

  it('are held where another key would forget who left', async () => {
    const { server, send, parts } = await mailStage()
    await send()
    const other = (text: string) => parts.keyed(`other ${text}`)
    expect(await send({ keyed: other })).toEqual({ outcome: 'held', why: 'another_key' })
    expect(server.arrived).toHaveLength(2)
  })

  it('say nothing to whom there is nothing to say', async () => {
    const { server, send, store } = await mailStage({ rows: { ...ROWS, Journées: [] } })
    const calm = EPCIS.map((one) => ({
      ...one,
      prefill: { ...one.prefill, status: 'done' as const, consolidation: null },
    }))
    await keepReports(store, calm)
    await store.db.deleteFrom('history').execute()
    expect(await send()).toMatchObject({ counts: { ...NONE, nothing: 2 } })
    expect(server.arrived).toEqual([])
  })
})

describe('where the server fails', () => {
  it('and is down, nobody is written to, and all are once it is back', async () => {
    const { server, send, memory } = await mailStage()
    const nowhere = postOffice('smtp://127.0.0.1:9', { tls: false })
    expect(await send({ post: nowhere })).toEqual({ outcome: 'unfinished', counts: { ...NONE, failed: 2 } })
    expect(memory.text()).toContain('the mail server takes nothing now')
    expect(await send()).toMatchObject({ outcome: 'done', counts: { sent: 2 } })
    expect(server.arrived).toHaveLength(2)
  })

  it('one that says « later » is asked again; one that says « never » is not', async () => {
    const answers = new Map([
      ['ana@exemple.bzh', 451],
      ['yann@exemple.bzh', 550],
    ])
    const { server, send } = await mailStage({ conduct: { address: (one) => answers.get(one) ?? null } })
    expect(await send()).toMatchObject({ outcome: 'unfinished', counts: { failed: 1, refused: 1 } })
    answers.clear()
    expect(await send()).toMatchObject({ outcome: 'done', counts: { sent: 1, refused: 1 } })
    expect(server.arrived.flatMap(({ to }) => to)).toEqual(['ana@exemple.bzh'])
  })

  it('one that is cut after the mail was read may have it: no second one is sent', async () => {
    let cut = true
    const { server, send } = await mailStage({ conduct: { read: () => (cut ? 'cut' : null) } })
    expect(await send()).toMatchObject({ outcome: 'done', counts: { perhaps: 2 } })
    cut = false
    expect(await send()).toMatchObject({ outcome: 'done', counts: { perhaps: 2 } })
    expect(server.arrived).toHaveLength(2)
  })

  it('one without TLS gets nothing where TLS is asked for', async () => {
    const { server, send } = await mailStage()
    expect(await send({ post: postOffice(server.url, { tls: true }) })).toMatchObject({
      counts: { failed: 2 },
    })
    expect(server.arrived).toEqual([])
  })
})

describe('the rounds', () => {
  it('send at the hour, try again a little, and never twice', async () => {
    const { server, parts, memory } = await mailStage()
    let now = new Date('2026-11-23T06:59:00Z') // 7:59 in Paris
    let down = true
    const nowhere = postOffice('smtp://127.0.0.1:9', { tls: false })
    const post = {
      ready: () => (down ? nowhere.ready() : parts.post.ready()),
      send: (message: Parameters<typeof nowhere.send>[0]) => parts.post.send(message),
    }
    const rounds = startMailRounds({ ...parts, post, now: () => now }, { lookMs: 10, waitsMs: [20, 20, 20] })
    onTestFinished(() => rounds.stop())
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(memory.text()).not.toContain('takes nothing')
    now = new Date('2026-11-23T07:00:00Z')
    await expect.poll(() => memory.text()).toContain('takes nothing')
    down = false
    now = new Date('2026-11-23T07:01:00Z')
    await expect.poll(() => server.arrived.length, { timeout: 5000 }).toBe(2)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(server.arrived).toHaveLength(2)
  })
})

/** A folder of settings in which mails are on, and what the command reads of the environment. */
async function commandStage(url: string) {
  const folder = mkdtempSync(join(tmpdir(), 'portrea-mail-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const config = join(folder, 'config')
  await cp(CONFIG, config, { recursive: true })
  const file = join(config, 'mail.yaml')
  const text = await readFile(file, 'utf8')
  await writeFile(
    file,
    text
      .replace('from: null', 'from: portrea@hub.example')
      .replace('tls: true', 'tls: false')
      .replace('attach: true', 'attach: false'),
  )
  const double = await portreaDouble(ROWS)
  onTestFinished(() => double.stop())
  const dataDir = join(folder, 'data')
  const store = await openStore({ dataDir })
  await keepReports(store)
  await store.close()
  return {
    ...{ NOCODB_URL: double.url, NOCODB_TOKEN: double.token, NOCODB_BASE: double.baseId },
    ...{ PORTREA_DATA_DIR: dataDir, PORTREA_CONFIG_DIR: config, DATABASE_URL: '' },
    ...{ PORTREA_API_TOKEN: 'a-token-for-tests', PORTREA_SMTP_URL: url },
    PORTREA_PUBLIC_URL: 'https://portrea.example.org',
  }
}

// Each command is a process of its own, on a machine that may be busy.
describe('portrea mail', { timeout: 300_000 }, () => {
  it('shows who would get what, sends nothing; sends an example; then this week’s, once', async () => {
    const server = await mailServer()
    const environment = await commandStage(server.url)
    const shown = await cli(['mail', '--dry-run'], environment)
    expect(plain(shown.stdout)).toContain('Ana Bihan <ana@exemple.bzh> : à envoyer')
    expect(plain(shown.stdout)).toContain("2 courriels partiraient ; rien n'est envoyé.")
    expect(server.arrived).toEqual([])
    const example = await cli(['mail', '--test', 'moi@exemple.bzh'], environment)
    expect([example.code, server.arrived.map(({ to }) => to)]).toEqual([0, [['moi@exemple.bzh']]])
    const sent = await cli(['mail', '--yes', '--json'], environment)
    expect(JSON.parse(sent.stdout)).toMatchObject({ outcome: 'done', counts: { sent: 2 } })
    const again = await cli(['mail', '--yes', '--json'], environment)
    expect(JSON.parse(again.stdout)).toMatchObject({ outcome: 'done', counts: { before: 2 } })
    expect(server.arrived).toHaveLength(3)
    expect(shown.stderr + sent.stderr).not.toMatch(/@exemple/u)
  })

  it('says what it lacks, all at once', async () => {
    const environment = await commandStage('')
    const { code, stderr } = await cli(['mail', '--yes'], { ...environment, PORTREA_PUBLIC_URL: '' })
    expect(code).toBe(3)
    expect(stderr).toContain('PORTREA_SMTP_URL')
    expect(stderr).toContain('PORTREA_PUBLIC_URL')
    expect((await cli(['mail'], environment)).code).toBe(2)
  })

  it('killed while the server holds a mail, sends that one no second time, and the others', async () => {
    let hold = true
    const server = await mailServer({ read: () => (hold ? 'silent' : null) })
    const environment = await commandStage(server.url)
    const { NOCODB_URL, ...rest } = process.env
    const child = spawn(process.execPath, ['src/cli.ts', 'mail', '--yes'], {
      env: { ...rest, ...environment },
    })
    const gone = new Promise((resolve) => child.on('exit', resolve))
    await expect.poll(() => server.arrived.length, { timeout: 120_000 }).toBe(1)
    child.kill('SIGKILL')
    await gone
    hold = false
    const again = await cli(['mail', '--yes', '--json'], environment)
    expect(JSON.parse(again.stdout)).toMatchObject({ counts: { ...NONE, sent: 1, perhaps: 1 } })
    expect(server.arrived.map(({ to }) => to)).toEqual([['ana@exemple.bzh'], ['yann@exemple.bzh']])
  })
})
