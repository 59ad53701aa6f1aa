import { z } from 'zod'
import { HeldReason } from '../../domain/events/run-events.ts'
import { Siren } from '../../domain/rules/situation.ts'
import { count, fingerprint, instant } from '../../domain/schemas/figures.ts'
import type { Run as Stored } from '../../store/runs.ts'

/** A synchronisation, from its start to its end. */
export const Run: z.ZodType<Stored> = z
  .strictObject({
    id: z.string(),
    startedAt: instant,
    finishedAt: instant.nullable(),
    status: z.enum(['running', 'done', 'held', 'failed', 'interrupted']),
    trigger: z.enum(['command', 'night', 'api', 'catch-up']),
    dryRun: z.boolean(),
    rules: fingerprint,
    epcis: z.array(Siren).nullable().describe('the EPCI it is limited to; null: all'),
    base: z.string().describe('id of the NocoDB base'),
    progress: z
      .strictObject({ phase: z.string(), done: count, total: count.nullable() })
      .nullable()
      .describe('how far it is, at most a second late'),
    counts: z
      .strictObject({
        actorsRead: count,
        epcisRead: count,
        rowsWritten: count,
        cellsWritten: count,
        differing: count
          .optional()
          .describe(
            'where every record was read: those of which the store said something else than the base, though NocoDB tells no change of them (0 expected)',
          ),
        linked: count.optional().describe('records linked to the EPCI that their place names'),
        refused: count.describe('rows that NocoDB refused'),
        reported: count.describe('oddities found in the base'),
        seconds: z.number().min(0),
      })
      .nullable(),
    error: z
      .strictObject({
        code: z.string(),
        message: z.string(),
        faults: z.array(z.string()).readonly().optional().describe('in French: what people can mend'),
      })
      .nullable()
      .describe('why it failed'),
    held: z
      .strictObject({ message: z.string(), reasons: z.array(HeldReason) })
      .nullable()
      .describe('why the brake held it, or would have held a dry run'),
  })
  .meta({ id: 'Run', description: 'A synchronisation.' })
