import { join } from 'node:path'
import { z } from 'zod'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

/** The formats in which records are given to others. */
export const EXPORT_FORMATS = ['standard', 'data-inclusion', 'geojson', 'gogocarto', 'xlsx'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

const text = z.string().trim().min(1)

/** config/exports.yaml: what is given to others, by whom and under which licence. */
export const ExportSettings = z.strictObject({
  served: z.boolean(),
  formats: z.array(z.enum(EXPORT_FORMATS)).min(1).readonly(),
  minutes: z.number().min(1).max(1440),
  producer: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u, { error: 's’écrit en minuscules sans accent, « hub-bretagne »' }),
  attribution: text,
  licence: text,
})
export type ExportSettings = Readonly<z.infer<typeof ExportSettings>>

/** Reads config/exports.yaml; CONFIG_INVALID lists every fault with its line. */
export function readExportSettings(directory: string): ExportSettings {
  const { value, faults } = readYamlFile(join(directory, 'exports.yaml'), ExportSettings)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/exports.yaml est à corriger.`, { faults })
  return Object.freeze(value)
}
