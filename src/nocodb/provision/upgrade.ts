import { typeset } from '../../domain/typography.ts'
import { PortreaError } from '../../errors.ts'
import { packageVersion } from '../../version.ts'
import type { Base } from '../base.ts'
import { openMeta } from '../meta-client.ts'
import { readSchema } from './current-schema.ts'
import { planDescriptions } from './descriptions.ts'
import type { DesiredSchema } from './desired-schema.ts'
import { readManifest, saveManifest, schemaFingerprint } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { provision } from './provision.ts'
import type { ProvisionOptions } from './provision.ts'
import { provisioned } from './provisioned.ts'

/** The version of Portrea that completed a base, and the fingerprint of its schema. */
export type Completed = { readonly version: string; readonly schema: string }

export type Upgrade = {
  /** Who completed it before; null: nothing tells that Portrea did, and there is nothing to bring up to date. */
  readonly from: Completed | null
  readonly to: Completed
  /** What was done, or is to be, a French line each. */
  readonly steps: readonly { readonly kind: string; readonly summary: string }[]
  readonly done: number
}

/**
 * Brings a base that an older Portrea completed to the schema of this one: what `provision` adds, and the explanations of
 * columns that have changed since and that nobody rewrote. The base then remembers this version. A base that bears no
 * trace of one is left as it is: `provision` is asked for by its name.
 * Throws SCHEMA_MISMATCH for a base that a newer Portrea completed, and as `provision`.
 */
export async function upgrade(
  base: Base,
  desired: DesiredSchema,
  { dryRun = false, onStep }: ProvisionOptions = {},
): Promise<Upgrade> {
  const meta = await openMeta(base.http)
  const before = await readManifest(base.http, base.id)
  const to = { version: packageVersion(), schema: schemaFingerprint(desired) }
  if (before === null) return { from: null, to, steps: [], done: 0 }
  const from = { version: before.portrea, schema: before.schema }
  if (newer(from.version, to.version)) throw fromTheFuture(base.title, from.version, to.version)
  const { steps, done } = await provision(base, desired, {
    dryRun,
    ...(onStep === undefined ? {} : { onStep }),
  })
  const schema = await readSchema(meta, base.id)
  const manifest = (await readManifest(base.http, base.id)) ?? before
  const made = provisioned(schema, desired, manifest)
  const words = planDescriptions(schema, desired, made, manifest)
  const told = [...steps, ...words.changes.map(({ summary }) => ({ kind: 'describe-column', summary }))]
  const all = told.map(({ kind, summary }) => ({ kind, summary }))
  if (dryRun) return { from, to, steps: all, done: 0 }
  for (const { id, description } of words.changes) await meta.changeColumn(id, () => ({ description }))
  const now = words.changes.length === 0 ? schema : await readSchema(meta, base.id)
  await remember(base, before, manifest, to, planDescriptions(now, desired, made, manifest))
  return { from, to, steps: all, done: done + words.changes.length }
}

/** Nothing is written where the base remembers all of it already. */
async function remember(
  { http, id }: Pick<Base, 'id' | 'http'>,
  before: Manifest,
  manifest: Manifest,
  { version, schema }: Completed,
  { known }: { readonly known: Manifest['words'] },
): Promise<void> {
  const after = { ...manifest, portrea: version, schema, words: { ...manifest.words, ...known } }
  if (JSON.stringify(after) !== JSON.stringify(before)) await saveManifest(http, id, after)
}

/** Whether the first of two versions ('1.2.3') is later than the second. */
export function newer(one: string, other: string): boolean {
  const [left, right] = [numbers(one), numbers(other)]
  for (const [at, number] of left.entries()) if (number !== right[at]) return number > (right[at] ?? 0)
  return false
}

function numbers(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0)
}

function fromTheFuture(base: string, theirs: string, ours: string): PortreaError {
  return new PortreaError(
    'SCHEMA_MISMATCH',
    typeset(
      `La base « ${base} » a été complétée par Portrea ${theirs}, et ceci est Portrea ${ours} : prenez cette version-là, ou une plus récente.`,
    ),
  )
}
