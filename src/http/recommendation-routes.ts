import type { Rules } from '../config/rules-file.ts'
import { SituationInput } from '../domain/rules/situation.ts'
import { recommend } from '../domain/recommendation.ts'
import { BEARER } from './openapi.ts'
import { problems } from './schemas/problem.ts'
import { Recommendation } from './schemas/recommendation.ts'
import type { App } from './zod-routes.ts'

const EXAMPLE = {
  siren: '200069409',
  answers: {
    governance: 'installed',
    roadmap: 'drafted',
    network: 'informal',
    meetingsPerYear: 2,
    aim: 'database',
  },
  observed: { completeness: 58.2, freshness: 12.3, contactedShare: 0.3 },
  drivers: { actors: 80 },
}

/** POST /api/recommendations: the what-if of `portrea recommend`. */
export function recommendationRoutes(app: App, rules: Rules): void {
  app.post(
    '/api/recommendations',
    {
      schema: {
        tags: ['recommendations'],
        security: BEARER,
        summary: 'What would be recommended in this situation',
        description: 'Every key may be missing or null: unknown. Nothing is stored.',
        body: SituationInput.meta({ example: EXAMPLE }),
        response: { 200: Recommendation, ...problems(400, 401, 413, 415) },
      },
    },
    async ({ body: { siren: _, ...situation } }) => ({
      rules: rules.fingerprint,
      ...recommend({ ...situation, listed: { referents: null } }, rules),
    }),
  )
}
