import { join } from 'node:path'
import { z } from 'zod'
import { STAGE_LABELS } from '../domain/labels.ts'
import type { Stage } from '../domain/labels.ts'
import type { PlanningSettings as Settings } from '../domain/planning/spread.ts'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

const STAGES = Object.keys(STAGE_LABELS).filter((stage) => stage !== 'finished') as [Stage, ...Stage[]]
/** What rounding to two decimals leaves. */
const NEAR = 0.001

const spread = z
  .array(z.strictObject({ months: z.int().min(-12).max(12), share: z.number().min(0).max(1) }))
  .min(1)
  .refine((all) => Math.abs(all.reduce((sum, { share }) => sum + share, 0) - 1) < NEAR, {
    error: 'les parts (`share`) doivent faire 1 ensemble',
  })
  .refine((all) => new Set(all.map(({ months }) => months)).size === all.length, {
    error: 'chaque mois (`months`) ne se dit qu’une fois',
  })
  .readonly()

/** config/planning.yaml: how a year of journées is planned. */
export const PlanningSettings: z.ZodType<Settings> = z.strictObject({
  horizon: z.int().min(1).max(36),
  spread,
  avoid: z
    .array(z.int().min(1).max(12))
    .refine((all) => new Set(all).size < 12, { error: 'laissez au moins un mois possible' })
    .readonly(),
  notice: z.int().min(0).max(365),
  ready: z.strictObject({ progress: z.number().min(0).max(100), stage: z.enum(STAGES) }),
})

/** Reads config/planning.yaml; CONFIG_INVALID lists every fault with its line. */
export function readPlanningSettings(directory: string): Settings {
  const { value, faults } = readYamlFile(join(directory, 'planning.yaml'), PlanningSettings)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/planning.yaml est à corriger.`, { faults })
  return Object.freeze(value)
}
