import { rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { enterableFolder } from '../local-nocodb/folders.ts'

const root = dirname(dirname(import.meta.dirname))

/** Where the demo keeps what it has; `result` is what scripts read (CONTRACT: var/demo.json). */
export const FOLDERS = {
  demo: join(root, 'var/demo'),
  data: join(root, 'var/demo/data'),
  nocodb: join(root, 'var/demo/nocodb'),
  lock: join(root, 'var/demo.lock'),
  result: join(root, 'var/demo.json'),
} as const

/** A path as somebody in the project's folder writes it. */
export function shown(path: string): string {
  const inside = relative(root, path)
  return inside.startsWith('..') ? path : inside
}

/** Forgets the whole demo, base included; answers what was deleted. */
export function reset(): string[] {
  const kept = [FOLDERS.demo, FOLDERS.result]
  const database = enterableFolder(FOLDERS.nocodb)
  const all = database === FOLDERS.nocodb ? kept : [...kept, database]
  for (const path of all) rmSync(path, { recursive: true, force: true })
  return all.map(shown)
}
