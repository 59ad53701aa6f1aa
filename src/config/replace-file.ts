import {
  closeSync,
  copyFileSync,
  constants,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { PortreaError } from '../errors.ts'

/**
 * Puts a new text in the place of a file, whole or not at all, and keeps the former one beside. `before` is the text
 * that the new one was made from: a file that somebody changed meanwhile is left alone. Answers where the former is.
 * Throws CONFIG_INVALID.
 */
export function replaceFile(path: string, before: string, text: string, stamp: string): string {
  const former = path.replace(/(\.[a-z]+)?$/u, `.avant-${stamp}$1`)
  const next = `${path}.${process.pid}.tmp`
  try {
    if (readFileSync(path, 'utf8') !== before)
      throw new PortreaError('CONFIG_INVALID', `${path} a changé entre-temps : relancez la commande.`)
    copyFileSync(path, former, constants.COPYFILE_EXCL)
    writeWhole(next, text, statSync(path).mode)
    renameSync(next, path)
    syncFolder(dirname(path))
    return former
  } catch (cause) {
    rmSync(next, { force: true })
    if (cause instanceof PortreaError) throw cause
    const code = (cause as NodeJS.ErrnoException).code
    throw new PortreaError(
      'CONFIG_INVALID',
      `${path} ne peut pas être écrit (${code}) : lancez la commande là où config/ peut être écrit, puis recopiez le fichier.`,
      { cause },
    )
  }
}

function writeWhole(path: string, text: string, mode: number): void {
  const file = openSync(path, 'w', mode)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The new name is on the disk, too. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
