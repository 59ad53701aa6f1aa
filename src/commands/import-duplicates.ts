import { withSyncParts } from '../app.ts'
import { mergeSentences } from '../domain/import/merge.ts'
import { counted, typeset } from '../domain/typography.ts'
import { proposeMerges } from '../engine/import/propose-merges.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

/** Options of `import --duplicates`. */
export type DuplicateOptions = CommonOptions & { readonly duplicates?: true; readonly dryRun?: true }

/** `portrea import --duplicates`: proposes to complete the record that stays of each sure duplicate by the other one. */
export async function importDuplicates(options: DuplicateOptions): Promise<number> {
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const dryRun = options.dryRun ?? false
  const result = await withSyncParts(environment, settings, log, (parts) => proposeMerges(parts, { dryRun }))
  if (options.json) print(result)
  else
    say(
      ...mergeSentences(result),
      typeset(
        dryRun
          ? 'Rien n’est écrit (--dry-run).'
          : `${counted(result.proposed, 'proposition ajoutée', 'propositions ajoutées')} dans « ${settings.columns.proposals.title} », ${counted(result.moved, 'mise à jour', 'mises à jour')}. Rien ne change dans les fiches avant « Accepter », et aucune n’est jamais supprimée.`,
      ),
    )
  return result.refused.length > 0 ? 1 : 0
}
