import { z } from 'zod'
import type { EpciReport } from '../epci-report.ts'
import { CONFIDENCE_LABELS, REFERENTIAL_LABELS } from '../labels.ts'
import { day, Referential } from '../schemas/figures.ts'
import { webhookEvent } from './event-kind.ts'
import type { DataOf, News } from './event-kind.ts'

const recommendation = {
  siren: z.string().meta({ example: '200069409' }),
  name: z.string(),
  day,
  from: Referential,
  to: Referential,
  confidence: z.enum(['low', 'medium', 'high']),
  retained: Referential.nullable(),
  rulesChanged: z.boolean().describe('whether other rules decided than before'),
  reasons: z.array(z.string()).describe('in French, the strongest first'),
}

/** What is told of the recommendation of an EPCI. */
export const RECOMMENDATION_EVENTS = {
  'recommendation.changed': webhookEvent(
    recommendation,
    {
      epci: ({ name }) => ({ text: name, as: 'name' }),
      from: ({ from }) => REFERENTIAL_LABELS[from],
      to: ({ to }) => REFERENTIAL_LABELS[to],
      confidence: ({ confidence }) => CONFIDENCE_LABELS[confidence].toLowerCase(),
      reason: ({ reasons }) => reasons[0] ?? '',
    },
    recommendationChanged,
  ),
}

function recommendationChanged(before: EpciReport, after: EpciReport): News<DataOf<typeof recommendation>>[] {
  const [from, to] = [before.recommendation.recommended, after.recommendation.recommended]
  if (from === to) return []
  const { siren, name, day: today, retained, rules } = after
  const { confidence, reasons } = after.recommendation
  const data = { siren, name, day: today, from, to, confidence: confidence.level, retained }
  return [{ key: null, data: { ...data, rulesChanged: before.rules !== rules, reasons } }]
}
