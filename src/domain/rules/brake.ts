import { z } from 'zod'

const share = z.number().gt(0).lt(1)
const atLeast = z.number().int().min(1)

/** `brake` in config/nocodb.yaml: from which loss on a run writes nothing and waits for a person. */
export const BrakeRules = z
  .strictObject({
    records: z.strictObject({ keep: share, atLeast }).default({ keep: 0.9, atLeast: 2 }),
    rows: z.strictObject({ keep: share, atLeast }).default({ keep: 0.5, atLeast: 2 }),
    cells: z.strictObject({ keep: share, atLeast }).default({ keep: 0.7, atLeast: 3 }),
    recommendations: z.strictObject({ share, atLeast }).default({ share: 0.2, atLeast: 2 }),
  })
  .prefault({})
export type BrakeRules = Readonly<z.infer<typeof BrakeRules>>
