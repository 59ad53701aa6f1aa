import { join } from 'node:path'
import { z } from 'zod'
import { BrakeRules } from '../domain/rules/brake.ts'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

const Route = z.enum(['v1', 'v2', 'v3'])
/** A data API of NocoDB. */
export type Route = z.infer<typeof Route>

/** config/nocodb.yaml: how the service talks to NocoDB, and what makes it stop. */
export const NocodbSettings = z.strictObject({
  routes: z.array(Route).min(1).readonly(),
  foreignKeys: z.boolean(),
  connections: z.number().int().min(1).max(16),
  pageSize: z.number().int().min(25),
  timeLimitSeconds: z.number().positive(),
  /** Whether an empty link of a record to its EPCI is filled, once, where its place names one. */
  linkEpcis: z.boolean().default(true),
  /** How often a night reads every record, and not only those that changed. */
  wholeEveryDays: z.number().int().min(1).max(366).default(7),
  live: z
    .strictObject({
      reconcileMinutes: z.number().positive().default(5),
      retrySeconds: z.array(z.number().min(0).max(3600)).max(20).default([2, 10, 60, 600, 1800]).readonly(),
    })
    .prefault({}),
  people: z
    .strictObject({
      recheckMinutes: z.number().min(1).max(60).default(5),
      awayMinutes: z.number().min(0).max(600).default(60),
      /** How long who is in charge of what is kept in memory. */
      contactsMinutes: z.number().min(0).max(10).default(2),
      /** Whether a référent·e sees the sheets of others. */
      perimeter: z.enum(['open', 'closed']).default('open'),
    })
    .prefault({}),
  brake: BrakeRules,
})
export type NocodbSettings = Readonly<z.infer<typeof NocodbSettings>>
/** The part of it that says how NocoDB is called. */
export type CallSettings = Omit<NocodbSettings, 'live' | 'people' | 'brake'>

/** Reads config/nocodb.yaml; CONFIG_INVALID lists every fault with its line. */
export function readNocodbSettings(directory: string): NocodbSettings {
  const { value, faults } = readYamlFile(join(directory, 'nocodb.yaml'), NocodbSettings)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/nocodb.yaml est à corriger.`, { faults })
  return Object.freeze(value)
}
