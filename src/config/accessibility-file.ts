import { join } from 'node:path'
import { z } from 'zod'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

/** The themes of RGAA 4.1.2, in order, with how many criteria each has: 106 in all. */
export const THEMES = [
  ['Images', 9],
  ['Cadres', 2],
  ['Couleurs', 3],
  ['Multimédia', 13],
  ['Tableaux', 8],
  ['Liens', 2],
  ['Scripts', 5],
  ['Éléments obligatoires', 10],
  ['Structuration de l’information', 4],
  ['Présentation de l’information', 14],
  ['Formulaires', 13],
  ['Navigation', 11],
  ['Consultation', 12],
] as const
const CRITERIA = THEMES.flatMap(([, count], theme) =>
  Array.from({ length: count }, (_, at) => `${theme + 1}.${at + 1}`),
)

const text = z.string().trim().min(1)

const Grid = z.strictObject({
  date: z.iso.date(),
  /** What the declaration says in a word, as the law has it, and why. */
  statement: z.strictObject({
    state: z.enum(['non conforme', 'partiellement conforme', 'totalement conforme']),
    why: text,
  }),
  method: text,
  pages: z.array(text).min(1),
  criteria: z
    .array(
      z.strictObject({
        criterion: z.string(),
        subject: text,
        /** Met, not met, of no use here, not tested. */
        state: z.enum(['C', 'NC', 'NA', 'NT']),
        why: text,
      }),
    )
    .refine((all) => all.map(({ criterion }) => criterion).join(' ') === CRITERIA.join(' '), {
      error: 'nomme les 106 critères du RGAA, de 1.1 à 13.12, une fois chacun et dans l’ordre',
    }),
})

/** config/accessibility.yaml: what was found of each criterion, when and how. */
export const Accessibility = Grid.refine(
  ({ statement, criteria }) =>
    statement.state !== 'totalement conforme' ||
    criteria.every(({ state }) => state === 'C' || state === 'NA'),
  {
    path: ['statement', 'state'],
    error: 'ne peut pas être « totalement conforme » : la grille a des critères non conformes ou non testés',
  },
)
export type Accessibility = Readonly<z.infer<typeof Accessibility>>

/** Reads config/accessibility.yaml; CONFIG_INVALID lists every fault with its line. */
export function readAccessibility(directory: string): Accessibility {
  const { value, faults } = readYamlFile(join(directory, 'accessibility.yaml'), Accessibility)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/accessibility.yaml est à corriger.`, { faults })
  return Object.freeze(value)
}
