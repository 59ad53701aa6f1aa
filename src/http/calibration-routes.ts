import type { Rules } from '../config/rules-file.ts'
import type { Store } from '../store/database.ts'
import { calibration } from '../engine/calibration.ts'
import { agreement, choicesOf } from '../domain/learning.ts'
import { BEARER } from './openapi.ts'
import { Agreement, Calibration } from './schemas/calibration.ts'
import { problems } from './schemas/problem.ts'
import { reports } from './stored-report.ts'
import type { App } from './zod-routes.ts'

/** GET /api/calibration and /api/agreement: what `calibrate` and `rules --learn` say, from the figures of the last run. */
export function calibrationRoutes(
  app: App,
  { store, rules }: { readonly store: Store; readonly rules: Rules },
): void {
  app.get(
    '/api/calibration',
    {
      schema: {
        tags: ['epcis'],
        security: BEARER,
        summary: 'Days really spent against days estimated',
        description:
          'Better `full` values of the drivers are proposed where the region gives them; nothing is applied.',
        response: { 200: Calibration, ...problems(401) },
      },
    },
    async () => calibration(store, rules, await reports(store)),
  )
  app.get(
    '/api/agreement',
    {
      schema: {
        tags: ['epcis'],
        security: BEARER,
        summary: 'What is recommended beside what is retained',
        description: 'Other weights are proposed by `portrea rules --learn` alone; nothing is applied.',
        response: { 200: Agreement, ...problems(401) },
      },
    },
    async () => agreement(choicesOf(await reports(store)), rules),
  )
}
