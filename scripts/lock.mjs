// A lock between processes: a folder, because making one is atomic everywhere. Plain JavaScript: the
// launcher needs it before Node 24 is there.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const TOO_OLD_MS = 30 * 60_000 // for a lock taken on another machine only: here we can ask whether its owner lives

/** Runs `work` while holding the lock `folder`; waits for whoever holds it, unless that one is dead. */
export async function withLock(folder, work, onWait = () => {}) {
  mkdirSync(dirname(folder), { recursive: true })
  for (let round = 0; !taken(folder); round += 1) {
    if (abandoned(folder)) setAside(folder)
    else if (round === 0) onWait()
    await wait(200)
  }
  const release = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}

function taken(folder) {
  try {
    mkdirSync(folder)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
  writeFileSync(join(folder, 'owner'), `${hostname()} ${process.pid} ${startOf(process.pid)}`)
  return true
}

function abandoned(folder) {
  const age = ageOf(folder)
  if (age === null) return false
  const [host, pid, start] = ownerOf(folder)
  if (start === undefined) return age > 5_000 // made, never signed: killed in between
  if (host !== hostname()) return age > TOO_OLD_MS
  return !alive(Number(pid)) || startOf(pid) !== start
}

// Renaming first lets one process only take the old lock away.
function setAside(folder) {
  const aside = `${folder}.stale-${process.pid}`
  try {
    renameSync(folder, aside)
    rmSync(aside, { recursive: true, force: true })
  } catch {
    // Another process was quicker: the next round sees its lock.
  }
}

function ageOf(folder) {
  try {
    return Date.now() - statSync(folder).mtimeMs
  } catch {
    return null // given back meanwhile
  }
}

function ownerOf(folder) {
  try {
    return readFileSync(join(folder, 'owner'), 'utf8').split(' ')
  } catch {
    return []
  }
}

// When a process began, where the system tells: a container gives old numbers to new processes.
function startOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[19]
  } catch {
    return '-'
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
