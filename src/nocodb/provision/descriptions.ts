import { typeset } from '../../domain/typography.ts'
import type { CurrentTable } from '../meta-model.ts'
import type { DesiredSchema } from './desired-schema.ts'
import { descriptionOf } from './keep-manifest.ts'
import { descriptionHash } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import type { Provisioned } from './provisioned.ts'

/** A description of ours that has changed since it was given; `summary` says it in French. */
export type NewDescription = { readonly id: string; readonly description: string; readonly summary: string }

/**
 * The descriptions to be renewed, and what those that stand are remembered by. One that a person has changed is theirs:
 * only what provision gave is replaced.
 */
export function planDescriptions(
  schema: readonly CurrentTable[],
  desired: DesiredSchema,
  made: Provisioned,
  manifest: Manifest,
): { readonly changes: readonly NewDescription[]; readonly known: Manifest['words'] } {
  const changes: NewDescription[] = []
  const known: Record<string, string> = {}
  for (const table of schema) {
    const own = table.columns.filter(({ id }) => made.columns.has(id))
    for (const { id, title, description: stands } of own) {
      const wanted = descriptionOf(desired, table.title, title)
      if (wanted === null) continue
      if (stands === wanted) known[id] = descriptionHash(wanted)
      else if (descriptionHash(stands) === manifest.words[id]) {
        const summary = typeset(`Renouveler l'explication de « ${title} » de « ${table.title} »`)
        changes.push({ id, description: wanted, summary })
      }
    }
  }
  return { changes, known }
}
