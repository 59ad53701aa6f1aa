import { PortreaError } from '../../errors.ts'
import type { Base } from '../base.ts'
import { packageVersion } from '../../version.ts'
import { openMeta } from '../meta-client.ts'
import { act } from './act.ts'
import { readSchema } from './current-schema.ts'
import type { DesiredSchema } from './desired-schema.ts'
import { announce, keepManifest } from './keep-manifest.ts'
import { foreignColumns, valuesAtRisk } from './own-columns.ts'
import { plan } from './plan.ts'
import type { Step } from './plan.ts'

export type ProvisionOptions = {
  /** Plan only. */
  readonly dryRun?: boolean
  /** Before each step; `number` counts from 1. */
  readonly onStep?: (progress: { step: Step; number: number; total: number }) => void
}

/**
 * Creates or completes the tables, columns, links and views of a base; a second run finds nothing to do, one that was
 * interrupted is taken up where it stopped. Throws SCHEMA_MISMATCH, before anything is done, where something stands in
 * the way (`faults` says what), and what the calls throw.
 */
export async function provision(
  base: Pick<Base, 'id' | 'title' | 'http' | 'refresh'>,
  desired: DesiredSchema,
  { dryRun = false, onStep }: ProvisionOptions = {},
): Promise<{ readonly steps: readonly Step[]; readonly done: number }> {
  const meta = await openMeta(base.http)
  const schema = await readSchema(meta, base.id)
  const planned = plan(schema, desired)
  const { steps } = planned
  const conflicts = [
    ...planned.conflicts,
    ...(await valuesAtRisk(base.http, foreignColumns(schema, desired))),
  ]
  if (conflicts.length > 0)
    throw new PortreaError(
      'SCHEMA_MISMATCH',
      `The base "${base.title}" cannot be completed; nothing was changed.`,
      {
        faults: conflicts,
      },
    )
  if (dryRun || steps.length === 0) return { steps, done: 0 }
  const version = packageVersion()
  const announced = await announce(base, schema, desired, steps, version)
  const keep = async () =>
    keepManifest(base, schema, await readSchema(meta, base.id), desired, announced, version)
  try {
    for (const [index, step] of steps.entries()) {
      onStep?.({ step, number: index + 1, total: steps.length })
      await act(meta, base.id, step)
    }
  } catch (cause) {
    await keep().catch(() => {}) // the step that failed is what is told; marks tell most of the rest
    throw cause
  }
  await keep()
  await base.refresh()
  return { steps, done: steps.length }
}
