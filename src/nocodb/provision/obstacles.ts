import { counted, frenchList, typeset } from '../../domain/typography.ts'
import { choicesText } from '../drift.ts'
import type { CurrentTable } from '../meta-model.ts'
import { isNumberKey } from '../row-key.ts'
import type { DesiredSchema } from './desired-schema.ts'
import { schemaFingerprint } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import type { Step } from './plan.ts'
import type { Source } from './sources.ts'

/**
 * What NocoDB would refuse halfway through the steps, one French sentence each: tables of two sources to be linked, sources
 * that are read only, tables whose rows cannot be told apart. What the server does not tell stands in nobody's way.
 */
export function obstacles(
  current: readonly CurrentTable[],
  desired: DesiredSchema,
  steps: readonly Step[],
  { sources, manifest }: { readonly sources: readonly Source[]; readonly manifest: Manifest | null },
): string[] {
  const found = desired.tables.flatMap(({ title }) => current.find((table) => table.title === title) ?? [])
  return [
    ...found.flatMap((table) => acrossSources(table, found, steps, sources)),
    ...lockedSchemas(found, steps, sources),
    ...lockedRows(found, desired, steps, sources),
    ...found.flatMap(keyFault),
    ...renamedChoices(found, desired, steps, manifest),
  ].map(typeset)
}

/** Choices that were there once, and are to be added again beside others that came since: a twin of a renamed one. */
function renamedChoices(
  found: readonly CurrentTable[],
  desired: DesiredSchema,
  steps: readonly Step[],
  manifest: Manifest | null,
): string[] {
  if (manifest === null) return []
  const same = manifest.schema === schemaFingerprint(desired)
  return steps.flatMap((step) => {
    if (step.kind !== 'add-options') return []
    const { table, column } = step
    const own = desired.tables.find(({ title }) => title === table)
    const wanted = own?.columns.find(({ title }) => title === column)?.options.map(({ title }) => title)
    const there = found.find(({ title }) => title === table)?.columns.find(({ title }) => title === column)
    if (wanted === undefined || there === undefined) return []
    const added = manifest.options[there.id] ?? []
    const made = manifest.columns[there.id] !== undefined && same
    const lacking = step.options.map(({ title }) => title)
    const options = lacking.filter((title) => made || added.includes(title))
    const others = there.options.map(({ title }) => title).filter((title) => !wanted.includes(title))
    return options.length === 0 || others.length === 0
      ? []
      : [choicesText({ table, column, options, others })]
  })
}

/** A table that stands apart from the base's own source, and is to be linked to one that does not. */
function acrossSources(
  table: CurrentTable,
  found: readonly CurrentTable[],
  steps: readonly Step[],
  sources: readonly Source[],
): string[] {
  const own = sources[0]?.id ?? null
  if (table.source === null || own === null || table.source === own) return []
  const sourceOf = (title: string) => found.find((one) => one.title === title)?.source ?? own
  const others = steps.flatMap((step) => {
    if (step.kind !== 'add-link') return []
    const { parent, child } = step.link
    const other = parent === table.title ? child : child === table.title ? parent : null
    return other === null || sourceOf(other) === table.source ? [] : [`« ${other} »`]
  })
  if (others.length === 0) return []
  return [
    `La table « ${table.title} » est dans ${named(sources, table.source)}, une base de données rattachée à celle-ci, et ${frenchList([...new Set(others)])} ${others.length > 1 ? "n'y sont" : "n'y est"} pas : NocoDB ne relie pas deux tables de sources différentes. Recopiez « ${table.title} » dans la base elle-même (dans NocoDB : export CSV, puis import), ou donnez à Portrea un autre nom pour sa table dans config/columns.yaml.`,
  ]
}

/** Sources whose tables NocoDB lets nobody change, and what there would be to change. */
function lockedSchemas(
  found: readonly CurrentTable[],
  steps: readonly Step[],
  sources: readonly Source[],
): string[] {
  return sources.flatMap((source, at) => {
    if (!source.readOnly.schema) return []
    const titles = found.filter((table) => table.source === source.id).map(({ title }) => title)
    const barred = steps.filter((step) =>
      step.kind === 'create-table' ? at === 0 : changed(step).some((title) => titles.includes(title)),
    )
    if (barred.length === 0) return []
    return [
      `La structure de ${named(sources, source.id)} est en lecture seule, et ${counted(barred.length, 'étape')} la changeraient (${barred[0]?.summary}${barred.length > 1 ? '…' : ''}). Levez ce verrou dans NocoDB (réglages de la source), ou donnez à Portrea d'autres noms de tables dans config/columns.yaml.`,
    ]
  })
}

/** Titles of the tables that stand and whose columns a step changes; views are allowed on a locked schema. */
function changed(step: Step): readonly string[] {
  switch (step.kind) {
    case 'add-column':
    case 'add-options':
    case 'adopt-column':
      return [step.table]
    case 'add-link':
      return [step.link.parent, step.link.child]
    case 'set-sheet':
      return [step.sheet.table]
    case 'set-button':
      return [step.button.table]
    case 'create-table':
    case 'arrange-table':
    case 'create-view':
    case 'set-webhook':
    case 'link-referents':
      return []
  }
}

/** Sources whose rows NocoDB lets nobody write, where the service has something to write. */
function lockedRows(
  found: readonly CurrentTable[],
  desired: DesiredSchema,
  steps: readonly Step[],
  sources: readonly Source[],
): string[] {
  return sources.flatMap((source, at) => {
    if (!source.readOnly.data) return []
    const written = desired.tables.filter(({ columns }) => columns.some(({ role }) => role === 'written'))
    const titles = written.flatMap(({ title }) => {
      const table = found.find((one) => one.title === title)
      const created =
        at === 0 && steps.some((step) => step.kind === 'create-table' && step.table.title === title)
      return created || (table !== undefined && table.source === source.id) ? [`« ${title} »`] : []
    })
    if (titles.length === 0) return []
    return [
      `Les lignes de ${named(sources, source.id)} sont en lecture seule : Portrea ne pourrait rien écrire dans ${frenchList(titles)}. Levez ce verrou dans NocoDB (réglages de la source).`,
    ]
  })
}

/** The service knows a row by the number that is its key, whatever its title: without one it would write blindly. */
function keyFault({ title, columns }: CurrentTable): string[] {
  const keys = columns.filter(({ key }) => key === true)
  const told = columns.some(({ key }) => key !== null)
  const [key, other] = keys
  if (!told || (key !== undefined && other === undefined && isNumberKey(key.uidt))) return []
  const remedy =
    'Recopiez-la dans une table créée par NocoDB (export CSV, puis import), qui numérote ses lignes'
  if (key === undefined)
    return [`La table « ${title} » n'a pas de clé primaire : rien n'y distingue deux lignes. ${remedy}.`]
  if (other !== undefined)
    return [
      `La clé de la table « ${title} » est faite de plusieurs colonnes (${frenchList(keys.map((one) => `« ${one.title} »`))}), et Portrea n'en lit qu'une. ${remedy}.`,
    ]
  return [
    `La clé de la table « ${title} », « ${key.title} », est de type ${key.uidt}, et Portrea distingue les lignes par un nombre. ${remedy}, ou faites d'une colonne de nombres sa clé dans la base de données d'origine.`,
  ]
}

function named(sources: readonly Source[], id: string): string {
  const source = sources.find((one) => one.id === id)
  if (source === undefined) return 'une autre source'
  if (source.name !== null) return `la source « ${source.name} »`
  return source === sources[0] ? 'la base elle-même' : 'une autre source'
}
