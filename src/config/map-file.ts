import { join } from 'node:path'
import { z } from 'zod'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

const text = z.string().trim().min(1)

/** config/map.yaml: where the contours of EPCI come from, and whose they are. */
export const MapSettings = z.strictObject({
  source: text,
  attribution: text,
  licence: text,
  allowPrivate: z.boolean().default(false),
  megabytes: z.number().min(1).max(500),
  minutes: z.number().min(1).max(60),
})
export type MapSettings = Readonly<z.infer<typeof MapSettings>>

/** Reads config/map.yaml; CONFIG_INVALID lists every fault with its line. */
export function readMapSettings(directory: string): MapSettings {
  const { value, faults } = readYamlFile(join(directory, 'map.yaml'), MapSettings)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/map.yaml est à corriger.`, { faults })
  return Object.freeze(value)
}
