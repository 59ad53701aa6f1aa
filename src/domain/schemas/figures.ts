import { z } from 'zod'
import { REFERENTIALS } from '../diagnostic.ts'

/** 0–100; null: unknown. */
export const percent = z.number().min(0).max(100).nullable().meta({ example: 58.2 })
/** 0–1; null: unknown. */
export const share = z.number().min(0).max(1).nullable().meta({ example: 0.41 })
/** A whole number of things. */
export const count = z.int().min(0).meta({ example: 39 })
/** 'YYYY-MM-DD' */
export const day = z.iso.date().meta({ example: '2026-05-20' })
/** ISO 8601 in UTC. */
export const instant = z.iso.datetime().meta({ example: '2026-05-20T01:00:00.000Z' })
/** The hash that every result carries. */
export const fingerprint = z.string().describe('fingerprint of the rules').meta({ example: 'sha256:4be1…' })

/** A référentiel de déploiement. */
export const Referential = z
  .enum(REFERENTIALS)
  .meta({ id: 'Referential', description: 'A référentiel de déploiement.', example: 'outil' })

/** One value for each référentiel. */
export function eachReferential<Schema extends z.ZodType>(schema: Schema) {
  return z.strictObject({
    [REFERENTIALS[0]]: schema,
    [REFERENTIALS[1]]: schema,
    [REFERENTIALS[2]]: schema,
  })
}
