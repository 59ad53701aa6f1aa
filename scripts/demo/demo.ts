// `npm run demo`: a real NocoDB on this machine, the base « Portrea » filled and synchronised, the service beside it.
import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import pino from 'pino'
import type { Logger } from 'pino'
import { configDirectory, readSettings } from '../../src/app.ts'
import type { Settings } from '../../src/app.ts'
import { exitCodeOf, tell } from '../../src/commands/output.ts'
import { readActorFile } from '../../src/config/actor-file.ts'
import type { ActorFile } from '../../src/config/actor-file.ts'
import { PortreaError } from '../../src/errors.ts'
import { withLock } from '../lock.mjs'
import { closeOnSignals } from './closing.ts'
import type { Closing } from './closing.ts'
import { readState } from './demo-state.ts'
import { FOLDERS, reset, shown } from './folders.ts'
import { clearLine, say } from './screen.ts'
import { fillBase, openAccounts, openNocodb, openService, synchronise, tellWhere } from './steps.ts'

type Options = { readonly actors?: string; readonly reset?: true }

const options = new Command('npm run demo --')
  .description('Portrea en démonstration : NocoDB, sa base remplie, et le service.')
  .option('--actors <fichier>', 'vos fiches, en CSV au standard national, au lieu des fiches inventées')
  .option('--reset', 'recommencer à zéro : la base de démonstration est supprimée')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2)) // as the commands of portrea do
  .parse()
  .opts<Options>()

const closing = closeOnSignals()
try {
  const settings = readSettings(configDirectory())
  const file = options.actors === undefined ? null : readActorFile(resolve(options.actors))
  await withLock(FOLDERS.lock, () => run(settings, file, closing), alreadyRunning)
} catch (cause) {
  // What we close on the way out makes what was under way fail: that is no news.
  if (!closing.stopping) {
    clearLine()
    tell(cause, false)
    await closing.end(exitCodeOf(cause))
  }
}

async function run(settings: Settings, file: ActorFile | null, closing: Closing): Promise<void> {
  say()
  if (options.reset) say(`Supprimé : ${reset().join(', ')}.`)
  const log = openLog()
  const demo = { settings, closing, log, state: readState(FOLDERS.demo) }
  const nocodb = await openNocodb(demo)
  const accounts = await openAccounts(demo, nocodb)
  const { base, looks } = await fillBase(demo, accounts, file)
  await synchronise(demo, accounts)
  const service = await openService(demo, accounts)
  await tellWhere(demo, accounts, looks)
  await base.close()
  console.log('ready')
  await service.ended
  if (closing.stopping) return new Promise(() => undefined) // closing ends this process
  throw new PortreaError('INTERNAL', `Le service s'est arrêté : voir ${shown(FOLDERS.demo)}/service.log.`)
}

function openLog(): Logger {
  mkdirSync(FOLDERS.demo, { recursive: true })
  return pino(
    { level: 'info', base: null },
    pino.destination({ dest: `${FOLDERS.demo}/demo.log`, sync: true, append: existsSync(FOLDERS.result) }),
  )
}

function alreadyRunning(): never {
  throw new PortreaError(
    'USAGE',
    "La démonstration tourne déjà dans ce dossier : arrêtez-la d'abord (Ctrl-C dans son terminal).",
  )
}
