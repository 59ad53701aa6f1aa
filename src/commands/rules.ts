import { configDirectory } from '../app.ts'
import { readRules } from '../config/rules-file.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'
import { rulesDocument } from './rules-document.ts'
import { rulesPage } from './rules-page.ts'
import { rulesLines } from './rules-text.ts'

/** `portrea rules`: every field, code, weight and threshold of config/; `--markdown` as the page config/REGLES.md. */
export async function rules({
  json,
  markdown,
}: CommonOptions & { readonly markdown?: boolean }): Promise<number> {
  const document = rulesDocument(readRules(configDirectory()))
  if (json) print(document)
  else if (markdown === true) process.stdout.write(rulesPage(document))
  else say(...rulesLines(document))
  return 0
}
