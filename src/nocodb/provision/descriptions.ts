import { z } from 'zod'
import { typeset } from '../../domain/typography.ts'
import type { MetaClient } from '../meta-client.ts'
import { Meta } from './current-schema.ts'
import type { CurrentTable } from './current-schema.ts'
import type { DesiredSchema } from './desired-schema.ts'
import { descriptionOf } from './keep-manifest.ts'
import type { Provisioned } from './provisioned.ts'
import { descriptionHash } from './manifest.ts'
import type { Manifest } from './manifest.ts'

/** A description of ours that has changed since it was given; `summary` says it in French. */
export type NewDescription = { readonly id: string; readonly description: string; readonly summary: string }

const Described = z.looseObject({ id: z.string(), description: z.string().nullish() })

/**
 * The descriptions to be renewed, and what those that stand are remembered by. One that a person has changed is theirs:
 * only what provision gave is replaced.
 */
export async function planDescriptions(
  meta: MetaClient,
  schema: readonly CurrentTable[],
  desired: DesiredSchema,
  made: Provisioned,
  manifest: Manifest,
): Promise<{ readonly changes: readonly NewDescription[]; readonly known: Manifest['words'] }> {
  const changes: NewDescription[] = []
  const known: Record<string, string> = {}
  for (const table of schema) {
    const own = table.columns.filter(({ id }) => made.columns.has(id))
    if (own.length === 0) continue
    const texts = await descriptions(meta, table.id)
    for (const { id, title } of own) {
      const wanted = descriptionOf(desired, table.title, title)
      const stands = texts.get(id) ?? ''
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

async function descriptions(meta: MetaClient, tableId: string): Promise<Map<string, string>> {
  const { columns } = z.object({ columns: z.array(Described) }).parse(await meta.dbTable.read(tableId))
  return new Map(columns.map(({ id, description }) => [id, description ?? '']))
}

const Whole = z.looseObject({ id: z.string(), title: z.string(), uidt: z.string(), meta: Meta })

/** A column is sent back whole, with its choices, or they are lost; of a link, only what names it. */
export async function giveDescription(meta: MetaClient, { id, description }: NewDescription): Promise<void> {
  const whole = Whole.parse(await meta.dbTableColumn.get(id))
  const { title, uidt, meta: mark } = whole
  const link = uidt === 'Links' || uidt === 'LinkToAnotherRecord'
  const body = link ? { title, uidt, meta: mark, description } : { ...whole, description }
  await meta.dbTableColumn.update(id, body as never)
}
