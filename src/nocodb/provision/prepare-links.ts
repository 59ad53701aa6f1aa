import { PortreaError } from '../../errors.ts'
import { packageVersion } from '../../version.ts'
import type { Base } from '../base.ts'
import { openMeta } from '../meta-client.ts'
import { applyStep } from './apply-step.ts'
import { readSchema } from './current-schema.ts'
import { asFirstActors } from './desired-schema.ts'
import type { DesiredSchema } from './desired-schema.ts'
import { announce, emptyManifest, keepManifest } from './keep-manifest.ts'
import { readManifest, saveManifest } from './manifest.ts'
import { plan } from './plan.ts'

/** Makes the columns in which the service notes the links that it fills, one in each table of actors that has none yet. */
export async function addTraceColumn(base: Base, desired: DesiredSchema): Promise<void> {
  const actors = new Map(
    desired.tables.flatMap((table) =>
      asFirstActors(table.key) === 'actors' ? [[table.title, table.keys] as const] : [],
    ),
  )
  const meta = await openMeta(base.http)
  const schema = await readSchema(meta, base.id)
  const steps = plan(schema, desired).steps.filter(
    (step) => step.kind === 'add-column' && actors.get(step.table)?.get(step.column.title) === 'epciTrace',
  )
  if (steps.length === 0) return
  const version = packageVersion()
  const announced = await announce(base, schema, desired, steps, version)
  for (const step of steps) await applyStep(meta, base, desired, step)
  await keepManifest(base, schema, await readSchema(meta, base.id), desired, announced, version)
  await base.refresh()
}

/**
 * Remembers, before they are made, the rows that are about to be added to the table EPCI (SIREN → what they are known
 * again by): should the answer be lost, they are found by it. Answers whether the base could keep it.
 */
export async function announceRows(base: Base, rows: Readonly<Record<string, string>>): Promise<boolean> {
  if (Object.keys(rows).length === 0) return true
  try {
    const manifest = (await readManifest(base.http, base.id)) ?? emptyManifest(packageVersion())
    await saveManifest(base.http, base.id, { ...manifest, rows: { ...manifest.rows, ...rows } })
    return true
  } catch (cause) {
    if (cause instanceof PortreaError && cause.code === 'NOCODB_FORBIDDEN') return false
    throw cause
  }
}
