import { hash } from 'node:crypto'
import { z } from 'zod'
import { PortreaError } from '../../errors.ts'
import { answerOf } from '../failures.ts'
import { ask } from '../http.ts'
import type { Http } from '../http.ts'
import { MARK, Meta } from '../meta-model.ts'
import type { DesiredSchema } from './desired-schema.ts'

const ids = z.record(z.string(), z.string())

/**
 * What Portrea made in a base, by id. It is kept in NocoDB's own `meta` of the base, so that it outlives our store, is
 * the same for every machine, and is nobody's in a copy of the base (whose ids are others).
 */
export const Manifest = z.object({
  format: z.literal(1),
  /** The version of Portrea that completed the base last, and the fingerprint of the schema it knew. */
  portrea: z.string(),
  schema: z.string(),
  /** Id → the key of the table, `table.column`, or the title given to a view. */
  tables: ids,
  columns: ids,
  views: ids,
  /** Columns of somebody's, empty then, that were handed over to be written to: id → `table.column`. */
  taken: ids,
  /** Choices added to a select of somebody's. */
  options: z.record(z.string(), z.array(z.string())),
  /** The description given to a column, as a hash: whether a person has changed it since can be told. */
  words: ids,
  /** Rows that `adopt` made in the table EPCI: SIREN → what the row is known again by, until a person changes it. */
  rows: ids.default({}),
})
export type Manifest = Readonly<z.infer<typeof Manifest>>

const BaseMeta = z.looseObject({ meta: Meta })

/** The manifest of a base; null: it has none, or one that cannot be read any more. */
export async function readManifest(http: Http, baseId: string): Promise<Manifest | null> {
  const { meta } = await ask(http, { method: 'GET', path: pathOf(baseId) }, BaseMeta)
  const kept = meta[MARK]
  if (kept === undefined || kept === null) return null
  const format = z.object({ format: z.number() }).safeParse(kept)
  if (format.success && format.data.format > 1)
    throw new PortreaError(
      'SCHEMA_MISMATCH',
      'Un Portrea plus récent a complété cette base : prenez cette version-là, ou une plus récente.',
    )
  const manifest = Manifest.safeParse(kept)
  return manifest.success ? manifest.data : null
}

/** The same, null too where the token may not look there: its marks are for those who complete the base. */
export async function keptManifest(http: Http, baseId: string): Promise<Manifest | null> {
  return readManifest(http, baseId).catch((cause: unknown) => {
    if (answerOf(cause) === null) throw cause
    return null
  })
}

/** Id → key of the tables and columns that Portrea made or was handed there; none where nothing tells. */
export async function provisionedKeys(http: Http, baseId: string): Promise<ReadonlyMap<string, string>> {
  return keysIn(await keptManifest(http, baseId))
}

/** The same of a manifest at hand. */
export function keysIn(manifest: Manifest | null): ReadonlyMap<string, string> {
  return new Map(
    manifest === null
      ? []
      : [manifest.tables, manifest.columns, manifest.taken].flatMap(Object.entries<string>),
  )
}

/** Keeps the manifest beside whatever else the `meta` of the base holds; null takes it away. Creators and owners may. */
export async function saveManifest(http: Http, baseId: string, manifest: Manifest | null): Promise<void> {
  const { meta } = await ask(http, { method: 'GET', path: pathOf(baseId) }, BaseMeta)
  const { [MARK]: _, ...others } = meta
  const kept = manifest === null ? others : { ...others, [MARK]: manifest }
  await http.send({ method: 'PATCH', path: pathOf(baseId), body: { meta: JSON.stringify(kept) } })
}

/** Twelve signs that move with anything that provision makes, and with nothing that people name. */
export function schemaFingerprint({ tables, links, views }: DesiredSchema): string {
  const shape = {
    tables: tables.map(({ key, keys, columns }) => ({
      key,
      columns: columns.map(({ title, uidt, options, role, description }) => [
        keys.get(title),
        ...[uidt, role, description],
        options.map((option) => option.title),
      ]),
    })),
    links: links.length,
    views: views.map((view) => [
      view.key,
      view.kind,
      view.kind === 'form' ? view.questions.length : view.columns.length,
    ]),
  }
  return hash('sha256', JSON.stringify(shape), 'hex').slice(0, 12)
}

/** What a description is remembered by. */
export function descriptionHash(description: string): string {
  return hash('sha256', description, 'hex').slice(0, 12)
}

function pathOf(baseId: string): string {
  return `/api/v2/meta/bases/${baseId}`
}
