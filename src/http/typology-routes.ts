import type { Rules } from '../config/rules-file.ts'
import { typologyOverview } from '../domain/typology-overview.ts'
import type { Store } from '../store/database.ts'
import { BEARER } from './openapi.ts'
import { problems } from './schemas/problem.ts'
import { TypologyAnswer } from './schemas/typology.ts'
import { reports } from './stored-report.ts'
import type { App } from './zod-routes.ts'

/** GET /api/typology: what `portrea typology` says, from the figures of the last run. */
export function typologyRoutes(
  app: App,
  { store, rules }: { readonly store: Store; readonly rules: Rules },
): void {
  app.get(
    '/api/typology',
    {
      schema: {
        tags: ['epcis'],
        security: BEARER,
        summary: 'The types of territories, and what is done in their EPCI',
        description:
          'Each type of config/typology.yaml: its definition, its EPCI with their degrees, the référentiel a priori, recommended and retained there, days estimated and really spent.',
        response: { 200: TypologyAnswer, ...problems(401) },
      },
    },
    async () => ({
      rules: rules.fingerprint,
      types: typologyOverview(await reports(store), rules.typology),
    }),
  )
}
