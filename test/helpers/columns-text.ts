import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { CONFIG } from './rules.ts'

/** The text of config/columns.yaml in which these columns say something else, by table and column. */
export function columnsText(changes: Readonly<Record<string, Readonly<Record<string, unknown>>>>): string {
  const document = parseDocument(readFileSync(join(CONFIG, 'columns.yaml'), 'utf8'))
  for (const [table, columns] of Object.entries(changes))
    for (const [column, says] of Object.entries(columns))
      document.setIn([table, 'columns', column], document.createNode(says))
  return document.toString({ lineWidth: 0 })
}
