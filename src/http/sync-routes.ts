import { z } from 'zod'
import { Siren, strict } from '../domain/rules/situation.ts'
import { PortreaError } from '../errors.ts'
import type { Store } from '../store/database.ts'
import { getRun, listRuns } from '../store/runs.ts'
import { BEARER } from './openapi.ts'
import { problems } from './schemas/problem.ts'
import { Run } from './schemas/run.ts'
import type { App } from './zod-routes.ts'

/** What a synchronisation is asked to do: of these EPCI (null: all), whether a person accepts what the brake held, and whether all records are read. */
export type SyncWish = {
  readonly epcis: readonly string[] | null
  readonly accept: boolean
  readonly whole: boolean
}

/** Starts a synchronisation and answers as soon as it has begun. Throws SYNC_RUNNING. */
export type StartSync = (wish: SyncWish) => Promise<{ readonly id: string }>

const described = { tags: ['syncs'], security: BEARER }
const Started = z
  .strictObject({ id: z.string() })
  .describe('It has begun; follow it at the address in `Location`.')
const Wanted = strict({
  epcis: z.array(Siren).min(1, 'at least one SIREN; leave the key out for all').nullish(),
  accept: z.boolean().default(false).describe('lets this one write what the brake had held'),
  whole: z
    .boolean()
    .default(false)
    .describe('reads every record, whatever is known of it; once a week it is done anyway'),
}).meta({ example: { epcis: ['200069409'] } })

/** POST /api/syncs starts one; GET lists and follows them all, however they were started. */
export function syncRoutes(app: App, store: Store, start: StartSync): void {
  app.post(
    '/api/syncs',
    {
      schema: {
        ...described,
        summary: 'Start a synchronisation',
        description: 'Without a body, or without `epcis`: of every EPCI.',
        body: Wanted.nullish(),
        response: { 202: Started, ...problems(400, 401, 409, 502, 503) },
      },
    },
    async ({ body }, reply) => {
      const { id } = await start({
        epcis: body?.epcis ?? null,
        accept: body?.accept ?? false,
        whole: body?.whole ?? false,
      })
      return reply.code(202).header('location', `/api/syncs/${id}`).send({ id })
    },
  )
  app.get(
    '/api/syncs',
    {
      schema: {
        ...described,
        summary: 'The last synchronisations, the newest first',
        querystring: strict({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
        response: { 200: z.strictObject({ syncs: z.array(Run) }), ...problems(400, 401) },
      },
    },
    async ({ query: { limit } }) => ({ syncs: await listRuns(store, limit) }),
  )
  app.get(
    '/api/syncs/:id',
    {
      schema: {
        ...described,
        summary: 'How far a synchronisation is, or what it did',
        params: strict({ id: z.string() }),
        response: { 200: Run, ...problems(401, 404) },
      },
    },
    async ({ params: { id } }) => {
      const run = await getRun(store, id)
      if (run !== null) return run
      throw new PortreaError(
        'SYNC_NOT_FOUND',
        'Aucune synchronisation n’a cet identifiant : GET /api/syncs les donne.',
      )
    },
  )
}
