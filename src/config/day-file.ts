import { join } from 'node:path'
import { z } from 'zod'
import { FIELDS } from '../domain/fields.ts'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

const field = z.enum(FIELDS)
/** Fields that people are asked for, in order. */
export const askedFields = z
  .array(field)
  .min(1)
  .refine((all) => new Set(all).size === all.length, { error: 'chaque champ ne se demande qu’une fois' })
  .readonly()

/** config/day.yaml: what the page of the journée asks for. */
export const DaySettings = z.strictObject({
  fields: askedFields,
  newPlace: askedFields.refine((all) => all.includes('nom') && all.includes('commune'), {
    error: 'demandez au moins `nom` et `commune`',
  }),
  records: z.int().min(1).max(200),
  helps: z.partialRecord(field, z.string().trim().min(1)).default({}),
})
export type DaySettings = Readonly<z.infer<typeof DaySettings>>

/** Reads config/day.yaml; CONFIG_INVALID lists every fault with its line. */
export function readDaySettings(directory: string): DaySettings {
  const { value, faults } = readYamlFile(join(directory, 'day.yaml'), DaySettings)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/day.yaml est à corriger.`, { faults })
  return Object.freeze(value)
}
