import { withSyncParts } from '../app.ts'
import { counted } from '../domain/typography.ts'
import { importSentences } from '../domain/import/import-sentences.ts'
import { runImport } from '../engine/import/run-import.ts'
import type { ImportResult, ImportSource } from '../engine/import/run-import.ts'
import type { Opening } from './base-options.ts'

/** What a source brings to the base: counts alone. */
export type ProposedDocument = Omit<ImportResult, 'unreadable'>

/** Holds it against the base, where one is configured, and proposes there what it says; null: none is, and it is read alone. */
export async function proposeFrom(
  { environment, settings, log }: Opening,
  source: ImportSource,
  { dryRun = false }: { readonly dryRun?: boolean | undefined },
): Promise<ProposedDocument | null> {
  if (environment.NOCODB_URL === undefined || environment.NOCODB_TOKEN === undefined) {
    const records = source.records[Symbol.asyncIterator]()
    while ((await records.next()).done !== true); // those who count them look on
    return null
  }
  const result = await withSyncParts(environment, settings, log, (parts) =>
    runImport(parts, source, { dryRun }),
  )
  const { unreadable: _, ...document } = result
  return document
}

/** What it brings, for people. */
export function proposedLines(proposed: ProposedDocument | null, dryRun: boolean, table: string): string[] {
  if (proposed === null)
    return [
      'Rien n’est écrit : c’est ce que cette source dit, avant de la comparer à une base (NOCODB_URL, NOCODB_TOKEN).',
    ]
  const { proposed: rows, moved } = proposed
  const written = dryRun
    ? 'Rien n’est écrit (--dry-run).'
    : `${counted(rows, 'proposition ajoutée', 'propositions ajoutées')} dans « ${table} », ${counted(moved, 'mise à jour', 'mises à jour')}. Rien ne change dans les fiches avant « Accepter ».`
  return ['Par rapport à la base :', ...importSentences(proposed).map((line) => `  ${line}`), written]
}
