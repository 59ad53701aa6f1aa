// Behind every npm script: `node scripts/run.mjs <script.ts> [...args]`. With nothing but npm and any
// Node >= 20 it makes sure that the packages of package-lock.json are there, then runs the script on Node 24.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.mjs'
import { SMALL_HEAP, SMALL_POOLS } from './small-memory.mjs'

const NODE_WANTED = 24
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const stamp = join(modules, '.portrea-stamp')
const ownNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
// npm puts our own Node first on the PATH: it is not the machine's, and `npm ci` takes it away.
const machineNodeIsEnough =
  Number(process.versions.node.split('.')[0]) >= NODE_WANTED && !process.execPath.startsWith(modules + sep)
const [script, ...args] = process.argv.slice(2)

if (script === undefined) fail('Usage: node scripts/run.mjs <script.ts> [...args]')
if (!ready()) {
  await withLock(join(root, 'var', 'install.lock'), prepare, () =>
    say('Waiting for another installation to end…'),
  )
}
launch()

function ready() {
  return installed() && (machineNodeIsEnough || existsSync(ownNode))
}

// Another launch may have done it while this one waited for the lock.
function prepare() {
  if (!installed()) {
    say('Installing the packages of package-lock.json…')
    npm('ci')
    writeFileSync(stamp, wantedStamp())
  }
  if (!machineNodeIsEnough && !existsSync(ownNode)) {
    say(`Fetching Node ${NODE_WANTED}…`)
    npm('rebuild', 'node', '--ignore-scripts=false')
    if (!existsSync(ownNode)) fail(`npm did not bring Node ${NODE_WANTED}: install it, then run this again.`)
  }
}

/** The stamp says that node_modules follows the lock; without one (`npm install`, an image) npm's own list does. */
function installed() {
  if (read(stamp) === wantedStamp()) return true
  const list = read(join(modules, '.package-lock.json'))
  if (list === null || missing(JSON.parse(list).packages)) return false
  if (script.startsWith('src/') && machineNodeIsEnough) return true // perhaps without what development needs
  writeFileSync(stamp, wantedStamp())
  return true
}

// The product itself needs no development package; what is optional depends on the platform.
function missing(present) {
  const development = !(script.startsWith('src/') && machineNodeIsEnough)
  const wanted = Object.entries(JSON.parse(read(join(root, 'package-lock.json'))).packages)
  return wanted.some(([path, entry]) => {
    if (path === '') return false
    if (path in present) return present[path].version !== entry.version
    return !(entry.optional || entry.devOptional || (entry.dev && !development))
  })
}

function wantedStamp() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null // not there yet
  }
}

function npm(...words) {
  const shell = process.platform === 'win32' // npm is a .cmd file there
  const { status, error, stdout, stderr } = spawnSync('npm', words, { cwd: root, shell, encoding: 'utf8' })
  if (status !== 0) fail(`npm ${words.join(' ')} failed:\n${error?.message ?? stdout + stderr}`)
}

function launch() {
  const env = {
    // TypeScript stripped once is kept: the next start is quicker and 25 MB lighter.
    NODE_COMPILE_CACHE: join(modules, '.compile-cache'),
    ...process.env,
    PATH: join(modules, '.bin') + delimiter + process.env.PATH,
  }
  const node = machineNodeIsEnough ? process.execPath : ownNode
  const small = script.startsWith('src/')
  const child = spawn(node, [...(small ? SMALL_HEAP : []), join(root, script), ...args], {
    env: small ? { ...SMALL_POOLS, ...env } : env,
    stdio: 'inherit',
  })
  // A terminal sends Ctrl-C to the child too: passing it on would make two of one.
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGINT', () => terminal || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  // npm signals its shell only, which dies without a word to us: an orphan knows that it should end.
  const parent = process.ppid
  const orphaned = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(orphaned)
    child.kill('SIGTERM')
  }, 500)
  child.on('error', (error) => fail(`${node} does not start: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

function fail(text) {
  say(text)
  process.exit(1)
}
