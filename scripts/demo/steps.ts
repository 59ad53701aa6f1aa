import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { withSyncParts } from '../../src/app.ts'
import type { Settings } from '../../src/app.ts'
import { progressBar } from '../../src/commands/progress.ts'
import type { ActorFile } from '../../src/config/actor-file.ts'
import { readEnvironment } from '../../src/config/environment.ts'
import { counted, frenchNumber } from '../../src/domain/typography.ts'
import type { Base } from '../../src/nocodb/base.ts'
import { parisDay } from '../../src/domain/days.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import type { SyncResult } from '../../src/engine/run-sync.ts'
import { ensureNocodb } from '../local-nocodb/install.ts'
import { startNocodb } from '../local-nocodb/start-nocodb.ts'
import { apiToken, ensureEditor, spareQuestions } from './accounts.ts'
import type { Closing } from './closing.ts'
import { completeBase, ensureBase, openProvisioned, viewAddress } from './demo-base.ts'
import { saveState, writePrivate } from './demo-state.ts'
import type { DemoState } from './demo-state.ts'
import { FOLDERS, shown } from './folders.ts'
import { portNear } from './free-port.ts'
import { loadFile, loadGenerated, loadEpcis } from './load-demo.ts'
import type { DemoLoad } from './load-demo.ts'
import type { Marks } from './load-table.ts'
import { say, step } from './screen.ts'
import { startService } from './start-service.ts'
import type { Service } from './start-service.ts'

/** What every step of a demo works with; `state` is kept for the next run. */
export type Demo = {
  readonly settings: Settings
  readonly state: DemoState
  readonly closing: Closing
  readonly log: Logger
}
/** Where the base is, and the tokens that open it: a person's and the service's own. */
export type Accounts = {
  readonly url: string
  readonly base: string
  readonly person: string
  readonly service: string
}

/** NocoDB on this machine, installed the first time; answers its address. */
export async function openNocodb({ state, closing }: Demo): Promise<string> {
  await ensureNocodb(() =>
    say('Installation de NocoDB et de PostgreSQL, une fois pour toutes (550 Mo, 1 à 2 minutes)…'),
  )
  const { email, password } = state.person
  state.nocodbPort = await portNear(state.nocodbPort)
  saveState(FOLDERS.demo, state)
  const settings = {
    database: 'postgres',
    dataDir: FOLDERS.nocodb,
    port: state.nocodbPort,
    email,
    password,
  } as const
  const started = closing.keep(startNocodb(settings), (nocodb) => nocodb.stop())
  return (
    await step(
      'NocoDB démarre',
      () => started,
      () => 'NocoDB est prêt',
    )
  ).url
}

/** The base « Portrea » and two accounts: a person's, who owns it, and the service's, which edits its records. */
export async function openAccounts({ state, settings, log }: Demo, url: string): Promise<Accounts> {
  const person = await apiToken(url, state.person)
  if (person !== state.person.token) await spareQuestions(url, state.person)
  const base = await ensureBase(url, person, state.baseId, settings, log)
  await ensureEditor(url, base, state.person, state.service)
  const service = await apiToken(url, state.service)
  Object.assign(state, { baseId: base })
  state.person.token = person
  state.service.token = service
  saveState(FOLDERS.demo, state)
  return { url, base, person, service }
}

/** Tables, columns, views, then the data that is not there yet; answers the open base and what to look at. */
export async function fillBase(
  { state, settings, log }: Demo,
  { url, base: id, person }: Accounts,
  file: ActorFile | null,
): Promise<{ base: Base; looks: readonly [string, string] }> {
  state.servicePort = await portNear(state.servicePort) // the webhooks and the button of each EPCI lead there
  saveState(FOLDERS.demo, state)
  const publicUrl = serviceAddress(state)
  const leads = { publicUrl, target: { url: `${publicUrl}/webhooks/nocodb`, secret: state.webhookSecret } }
  const tables = progressBar('étapes')
  const { base } = await step(
    'Tables, colonnes et vues',
    () =>
      openProvisioned({ url, token: person, base: id }, settings, leads, log, tables.update).finally(
        tables.stop,
      ),
    ({ steps }) =>
      steps === 0 ? 'La base « Portrea » est complète' : 'La base « Portrea » a ses tables, colonnes et vues',
  )
  const load = { base, settings, today: parisDay(new Date()), marks: marks(state, id) }
  await step('EPCI de Bretagne, diagnostics et journées', () => loadEpcis(load))
  const lists = progressBar('étapes')
  await step('Listes des référent·e·s et de chaque chargé·e', () =>
    completeBase(base, settings, leads, lists.update).finally(lists.stop),
  )
  await (file === null ? fillGenerated(load) : fillFile(load, file))
  const { actors, epcis } = settings.columns
  const looks = [
    await viewAddress(base, epcis.title, 'Recommandations'),
    await viewAddress(base, actors.title, 'À compléter'),
  ] as const
  return { base, looks }
}

async function fillGenerated(load: DemoLoad): Promise<void> {
  const bar = progressBar('fiches')
  await step(
    "Fiches d'acteurs",
    () => loadGenerated(load, FOLDERS.data, bar.update).finally(bar.stop),
    (inserted) =>
      inserted === 0
        ? "Les fiches d'acteurs sont là"
        : counted(inserted, "fiche d'acteur inventée", "fiches d'acteurs inventées"),
  )
}

const FAULTS_SHOWN = 5

async function fillFile(load: DemoLoad, file: ActorFile): Promise<void> {
  const bar = progressBar('fiches')
  const { present, inserted, faults } = await step(
    'Vos fiches',
    () => loadFile(load, file, bar.update).finally(bar.stop),
    ({ inserted }) =>
      `${counted(inserted, 'fiche')} de votre fichier, sur ${frenchNumber(file.actors.length)}`,
  )
  if (present > 0 && inserted > 0)
    say("  • elles s'ajoutent à celles qui étaient là ; « --reset » pour n'avoir que les vôtres")
  for (const fault of faults.slice(0, FAULTS_SHOWN)) say(`  • ${fault}`)
  if (faults.length <= FAULTS_SHOWN) return
  const list = join(FOLDERS.demo, 'fichier-a-revoir.txt')
  writeFileSync(list, `${faults.join('\n')}\n`, { mode: 0o600 })
  say(
    `  • … et ${counted(faults.length - FAULTS_SHOWN, 'autre remarque', 'autres remarques')} : ${shown(list)}`,
  )
}

/** The whole job once, with the service's own account. */
export async function synchronise(demo: Demo, accounts: Accounts): Promise<SyncResult> {
  const bar = progressBar('fiches')
  const environment = readEnvironment(['NOCODB_URL', 'NOCODB_TOKEN'], serviceVariables(demo.state, accounts))
  const run = () =>
    withSyncParts(environment, demo.settings, demo.log, (parts) =>
      runSync(parts, {
        trigger: 'command',
        dryRun: false,
        epcis: null,
        onProgress: ({ phase, done, total }) => phase === 'actors' && bar.update(done, total),
      }),
    ).finally(bar.stop)
  return step('Synchronisation', run, ({ counts, held }) => {
    if (held !== null) return held.message
    const read = `${counted(counts.actorsRead, 'fiche')}, ${counted(counts.epcisRead, 'EPCI évalué', 'EPCI évalués')}`
    return `Synchronisation : ${read}, ${counted(counts.cellsWritten, 'cellule écrite', 'cellules écrites')}`
  })
}

/** The service, answering on its port. */
export async function openService({ state, closing }: Demo, accounts: Accounts): Promise<Service> {
  const variables = serviceVariables(state, accounts)
  const log = join(FOLDERS.demo, 'service.log')
  const started = startService(serviceAddress(state), variables, log)
  return step(
    'Service',
    () => closing.keep(started, (service) => service.stop()),
    () => 'Le service répond',
  )
}

/** Writes var/demo.json for scripts, and says to people where everything is. */
export async function tellWhere(
  { state }: Demo,
  { url, base, person: token }: Accounts,
  looks: readonly [string, string],
): Promise<void> {
  const { email, password } = state.person
  const { apiToken, webhookSecret } = state
  const serviceUrl = serviceAddress(state)
  writePrivate(FOLDERS.result, {
    nocodbUrl: url,
    email,
    password,
    token,
    baseId: base,
    serviceUrl,
    apiToken,
    webhookSecret,
  })
  say()
  say(`NocoDB        ${url}`)
  say(`Compte        ${email}`)
  say(`Mot de passe  ${password}`)
  say(`Service       ${serviceUrl}`)
  say()
  say('À regarder :')
  const things = [
    [
      'le référentiel recommandé à chaque EPCI, et pourquoi (dépliez un groupe : un clic sur sa flèche)',
      looks[0],
    ],
    ["ce qu'il manque à chaque fiche (dépliez un EPCI de même)", looks[1]],
    ['le tableau de bord du Hub, avec le même compte', serviceUrl],
  ] as const
  for (const [index, [what, where]] of things.entries()) say(`${index + 1}. ${what}\n     ${where}`)
  say()
  say('Ctrl-C arrête tout ; la prochaine fois, tout sera là.')
}

function serviceVariables(state: DemoState, { url, base, service }: Accounts): Record<string, string> {
  return {
    NOCODB_URL: url,
    NOCODB_TOKEN: service,
    NOCODB_BASE: base,
    PORTREA_API_TOKEN: state.apiToken,
    PORTREA_WEBHOOK_SECRET: state.webhookSecret,
    PORTREA_SESSION_SECRET: state.sessionSecret,
    PORTREA_PUBLIC_URL: serviceAddress(state),
    PORTREA_DATA_DIR: FOLDERS.data,
    PORT: String(state.servicePort),
  }
}

function serviceAddress({ servicePort }: DemoState): string {
  return `http://127.0.0.1:${servicePort}`
}

function marks(state: DemoState, base: string): Marks {
  return {
    of: (table) => state.loaded[`${base} ${table}`],
    set(table, mark) {
      state.loaded[`${base} ${table}`] = mark
      saveState(FOLDERS.demo, state)
    },
  }
}
