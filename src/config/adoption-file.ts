import { join } from 'node:path'
import { ADDED_TABLES, columnKeys, TABLE_KEYS } from '../columns/tables.ts'
import type { TableKey } from '../columns/tables.ts'
import { AdoptionRules } from '../domain/rules/adoption.ts'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

/** config/adoption.yaml: its tables and columns are those of config/columns.yaml, and shapes are given a weight. */
export const AdoptionFile = AdoptionRules.superRefine(
  ({ tables, threshold, doubtful, evidence }, context) => {
    const fault = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message })
    if (doubtful > threshold) fault(['doubtful'], 'dépasse `threshold` : rien ne serait jamais demandé')
    if (evidence.contradict >= evidence.agree)
      fault(
        ['evidence', 'contradict'],
        'doit être sous `agree` : une même part des valeurs ne peut pas dire oui et non',
      )
    for (const key of TABLE_KEYS.filter((one) => tables[one] === undefined && !isOptional(one)))
      fault(['tables'], `the table \`${key}\` is missing; add it with its names`)
    for (const [table, { columns }] of Object.entries(tables)) {
      const known = (TABLE_KEYS as readonly string[]).includes(table)
        ? (columnKeys(table as TableKey) as readonly string[])
        : undefined
      if (known === undefined)
        fault(['tables', table], `aucune table n’a cette clé ; écrivez l’une de ${TABLE_KEYS.join(', ')}`)
      for (const column of Object.keys(columns))
        if (known?.includes(column) === false)
          fault(['tables', table, 'columns', column], `la table \`${table}\` n’a pas de colonne de cette clé`)
    }
  },
)

/** Tables that the service alone fills: nobody else's is ever taken for them. */
const WRITTEN: readonly string[] = ['proposals', 'history', 'syncs']

/** Those, and what came after files were written that people keep: such a file says nothing of it. */
function isOptional(key: TableKey): boolean {
  return WRITTEN.includes(key) || ADDED_TABLES[key] !== undefined
}

/** Reads config/adoption.yaml; CONFIG_INVALID lists every fault with its line. */
export function readAdoption(directory: string): AdoptionRules {
  const { value, faults } = readYamlFile(join(directory, 'adoption.yaml'), AdoptionFile)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/adoption.yaml est à corriger.`, { faults })
  return Object.freeze(value)
}
