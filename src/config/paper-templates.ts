import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keptOrOurs } from './papers-file.ts'

/** The text of every template, by its file name. */
export type Templates = Readonly<Record<string, string>>

/** config/papers/*.typ as they are now: a template that was just mended is printed so. */
export function readTemplates(directory: string): Templates {
  const folder = keptOrOurs(directory, 'papers')
  const files = readdirSync(folder).filter((name) => name.endsWith('.typ'))
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}
