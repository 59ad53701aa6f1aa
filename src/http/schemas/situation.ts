import { z } from 'zod'
import type { SingleChange } from '../../domain/counterfactual.ts'
import { ANSWER_VALUES } from '../../domain/diagnostic.ts'
import type { ChoiceKey, Situation as Known } from '../../domain/diagnostic.ts'
import { count, percent, share } from '../../domain/schemas/figures.ts'

const meetings = z.number().min(0)

/** All that the recommendation of an EPCI rests on. */
export const Situation: z.ZodType<Known> = z
  .strictObject({
    answers: z.strictObject({
      governance: choice('governance').nullable(),
      roadmap: choice('roadmap').nullable(),
      referents: choice('referents').nullable(),
      network: choice('network').nullable(),
      meetingsPerYear: meetings.nullable(),
      aim: choice('aim').nullable(),
      commitment: choice('commitment').nullable(),
      tool: choice('tool').nullable(),
      use: choice('use').nullable(),
      mastery: choice('mastery').nullable(),
    }),
    observed: z.strictObject({
      completeness: percent,
      freshness: percent,
      contactedShare: share,
      participationRate: share,
      communesCovered: share,
    }),
    drivers: z.strictObject({
      expectedParticipationRate: share,
      actors: count.nullable(),
    }),
    listed: z.strictObject({ referents: count.nullable() }),
    participationFrom: z.literal('invitations').exactOptional(),
  })
  .meta({ id: 'Situation', description: 'All that the recommendation rests on; null: unknown.' })

/** One answer or one observed figure, with another value. */
export const SingleChangeSchema: z.ZodType<SingleChange> = z
  .strictObject({
    governance: choice('governance').exactOptional(),
    roadmap: choice('roadmap').exactOptional(),
    referents: choice('referents').exactOptional(),
    network: choice('network').exactOptional(),
    meetingsPerYear: meetings.exactOptional(),
    aim: choice('aim').exactOptional(),
    commitment: choice('commitment').exactOptional(),
    tool: choice('tool').exactOptional(),
    use: choice('use').exactOptional(),
    mastery: choice('mastery').exactOptional(),
    completeness: percent.exactOptional(),
    freshness: percent.exactOptional(),
    contactedShare: share.exactOptional(),
    participationRate: share.exactOptional(),
    communesCovered: share.exactOptional(),
  })
  .meta({ example: { aim: 'networking' } })

function choice<Key extends ChoiceKey>(key: Key) {
  return z.enum(ANSWER_VALUES[key])
}
