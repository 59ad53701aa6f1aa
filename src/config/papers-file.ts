import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ROLES } from '../domain/member.ts'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

const text = z.string().trim().min(1).max(200)
const size = z.number().min(5).max(297)
const sheet = { width: 210, height: 297 } as const

const LabelSheet = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u, { error: 's’écrit en minuscules sans accent, « 80x50 »' }),
    title: text,
    width: size,
    height: size,
    columns: z.int().min(1).max(10),
    rows: z.int().min(1).max(30),
    left: z.number().min(0).max(200),
    top: z.number().min(0).max(290),
    stepX: size,
    stepY: size,
  })
  .refine(({ width, columns, left, stepX }) => left + (columns - 1) * stepX + width <= sheet.width + 0.5, {
    error: 'dépasse la largeur d’une feuille A4 (210 mm)',
    path: ['width'],
  })
  .refine(({ height, rows, top, stepY }) => top + (rows - 1) * stepY + height <= sheet.height + 0.5, {
    error: 'dépasse la hauteur d’une feuille A4 (297 mm)',
    path: ['height'],
  })
  .refine(({ width, height, stepX, stepY }) => stepX >= width && stepY >= height, {
    error: 'les étiquettes se chevauchent : stepX et stepY vont d’un bord au même bord de la suivante',
    path: ['stepX'],
  })
/** A sheet of labels, in millimetres. */
export type LabelSheet = Readonly<z.infer<typeof LabelSheet>>

const Role = z.strictObject({
  who: text,
  generaliste: z.array(text).readonly(),
  outil: z.array(text).readonly(),
  reseau: z.array(text).readonly(),
})

/** config/papers.yaml: what is printed, and who may. */
export const PapersFile = z.strictObject({
  printing: z.strictObject({ names: z.enum(ROLES), others: z.enum(ROLES) }),
  attendance: z.strictObject({
    halfDays: z.array(text).min(1).max(4).readonly(),
    emptyLines: z.int().min(0).max(100),
  }),
  labels: z.array(LabelSheet).min(1).readonly(),
  signs: z.array(z.strictObject({ text, arrow: z.enum(['left', 'right', 'up']).optional() })).readonly(),
  roles: z.array(Role).readonly(),
})
export type PapersSettings = Readonly<z.infer<typeof PapersFile>>

/** What the product ships, for a folder that people kept from before there were papers. */
const OURS = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'config')

/** A file or folder of config/, else the one that ships. */
export function keptOrOurs(directory: string, name: string): string {
  const kept = join(directory, name)
  return existsSync(kept) ? kept : join(OURS, name)
}

/** Reads config/papers.yaml; CONFIG_INVALID lists every fault with its line. */
export function readPapersSettings(directory: string): PapersSettings {
  const { value, faults } = readYamlFile(keptOrOurs(directory, 'papers.yaml'), PapersFile)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/papers.yaml est à corriger.`, { faults })
  return Object.freeze(value)
}
