import { readFileSync } from 'node:fs'
import { readYaml } from '../config/yaml-text.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'

/** What a file of a what-if holds (`-`: standard input); JSON is YAML too, so one parser reads both. Throws INPUT_INVALID. */
export function readInput(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (cause) {
    throw new PortreaError(
      'INPUT_INVALID',
      `${file} ne peut pas être lu (${(cause as NodeJS.ErrnoException).code}) : vérifiez le chemin.`,
      { cause },
    )
  }
  const read = readYaml(text)
  if ('value' in read) return read.value
  throw new PortreaError('INPUT_INVALID', `${file} ne peut pas être lu comme du JSON ni du YAML.`, {
    faults: read.faults.map(({ line, reason }) =>
      typeset(line === null ? reason : `ligne ${line} : ${reason}`),
    ),
  })
}
