import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { PortreaError } from '../errors.ts'

/** Throws USAGE where a file of this name is there already. */
export function refuseExisting(path: string): void {
  if (existsSync(path))
    throw new PortreaError('USAGE', `${path} existe déjà et reste tel quel : donnez un autre nom.`)
}

/**
 * Writes a file that was not there: whole or not at all, and never over another one, even one that came meanwhile.
 * Throws USAGE where there is one, INPUT_INVALID where it cannot be written.
 */
export function writeNewFile(path: string, content: string | Buffer): void {
  const draft = `${path}.${process.pid}.part`
  try {
    writeDraft(draft, content)
    putInPlace(draft, path)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') refuseExisting(path)
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} ne peut pas être écrit (${(cause as NodeJS.ErrnoException).code ?? String(cause)}).`,
      {
        cause,
      },
    )
  } finally {
    if (existsSync(draft)) unlinkSync(draft)
  }
}

function writeDraft(draft: string, content: string | Buffer): void {
  const file = openSync(draft, 'wx')
  try {
    writeAll(file, Buffer.from(content))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** One call may write a part of it only. */
function writeAll(file: number, content: Buffer): void {
  for (let at = 0; at < content.length;) at += writeSync(file, content, at)
}

/** A link is refused where a file bears the name; a rename would replace it. */
function putInPlace(draft: string, path: string): void {
  try {
    linkSync(draft, path)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw cause
    copyFileSync(draft, path, constants.COPYFILE_EXCL) // a file system without links
  }
}
