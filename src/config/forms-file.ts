import { join } from 'node:path'
import { z } from 'zod'
import { PortreaError } from '../errors.ts'
import { askedFields } from './day-file.ts'
import { readYamlFile } from './yaml-file.ts'

const text = z.string().trim().min(1).max(1000)

/** config/forms.yaml: the forms that anybody answers without an account. */
export const FormSettings = z.strictObject({
  enabled: z.boolean().default(false),
  months: z.int().min(1).max(24),
  perMinute: z.int().min(1).max(1000),
  perDay: z.int().min(1).max(10_000),
  diagnostic: z.strictObject({ intro: text, thanks: text }),
  place: z.strictObject({
    fields: askedFields.refine((all) => all.includes('nom') && all.includes('commune'), {
      error: 'demandez au moins `nom` et `commune`',
    }),
    intro: text,
    thanks: text,
  }),
})
export type FormSettings = Readonly<z.infer<typeof FormSettings>>

/** Reads config/forms.yaml; CONFIG_INVALID lists every fault with its line. */
export function readFormSettings(directory: string): FormSettings {
  const { value, faults } = readYamlFile(join(directory, 'forms.yaml'), FormSettings)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/forms.yaml est à corriger.`, { faults })
  return Object.freeze(value)
}
