import { z } from 'zod'
import { count } from '../schemas/figures.ts'
import { countedOrNone, frenchNumber } from '../typography.ts'
import { feedEvent, webhookEvent } from './event-kind.ts'

const run = {
  run: z.string().describe('id of the run: GET /api/syncs/{id}'),
  trigger: z.string().meta({ example: 'night' }),
  epcis: z
    .array(z.string().meta({ example: '200069409' }))
    .nullable()
    .describe('the EPCI it is limited to; null: all'),
}

/** Why the brake held a run. */
export const HeldReason = z.strictObject({
  code: z.string().meta({ example: 'rows.missing' }),
  sentence: z.string().describe('the same, in French'),
})

/** What a run counted, by name; what it did not count is not there. */
const counts: z.ZodType<Readonly<Record<string, number | undefined>>> = z.record(z.string(), z.number())

/** What is told of a run of the job. */
export const RUN_EVENTS = {
  'sync.started': feedEvent(run),
  'sync.progress': feedEvent({ run: run.run, phase: z.string(), done: count, total: count.nullable() }),
  'sync.completed': webhookEvent(
    { ...run, counts },
    {
      seconds: ({ counts: { seconds = 0 } }) => frenchNumber(seconds, 0),
      actors: ({ counts: { actorsRead = 0 } }) =>
        countedOrNone(actorsRead, 'aucune', 'fiche lue', 'fiches lues'),
      epcis: ({ counts: { epcisRead = 0 } }) => frenchNumber(epcisRead),
      cells: ({ counts: { cellsWritten = 0 } }) =>
        countedOrNone(cellsWritten, 'aucune', 'cellule écrite', 'cellules écrites'),
      refused: ({ counts: { refused = 0 } }) =>
        countedOrNone(refused, 'aucune', 'ligne refusée', 'lignes refusées'),
    },
  ),
  'sync.held': webhookEvent(
    { ...run, reasons: z.array(HeldReason).describe('why the brake held it') },
    { reasons: ({ reasons }) => reasons.map(({ sentence }) => ({ text: sentence, as: 'sentence' })) },
  ),
  'sync.failed': webhookEvent(
    { ...run, code: z.string().describe('a code of errors, or INTERRUPTED') },
    { code: ({ code }) => code },
  ),
}
