import { z } from 'zod'
import { REFERENTIALS } from '../diagnostic.ts'
import type { Referential, Situation } from '../diagnostic.ts'
import { inputFaults, SituationInput, strict } from './situation.ts'
import { PortreaError } from '../../errors.ts'

const refuse = (accepted: string) => ({ error: `il faut ${accepted}` })
const text = z.string(refuse('un texte')).nullable().default(null)
const people = z.int(refuse('un nombre entier, 0 ou plus')).min(0, refuse('un nombre entier, 0 ou plus'))
const figure = z.number(refuse('un nombre')).nullable().default(null)

/** One EPCI of a file: a situation as for `recommend`, with what tells its need, and the human choice. */
const EpciInput = strict({
  ...SituationInput.shape,
  name: text,
  population: people.nullable().default(null),
  fragility: figure,
  retained: z
    .enum(REFERENTIALS, refuse(`un de ces référentiels : ${REFERENTIALS.join(', ')}`))
    .nullable()
    .default(null),
  listed: z.strictObject({ referents: people.nullable() }).default({ referents: null }),
})

/** One EPCI of a what-if. */
export type GivenEpci = {
  readonly siren: string | null
  readonly name: string | null
  readonly population: number | null
  readonly fragility: number | null
  readonly retained: Referential | null
  readonly situation: Situation
}

/** Reads a list of EPCI, or an object with a list `epcis`; reports of the API (`situation` within) too. Throws INPUT_INVALID with every fault at once. */
export function parseEpcis(input: unknown): GivenEpci[] {
  const nested = z.object({ epcis: z.unknown() }).safeParse(input)
  const list = z.array(z.unknown()).safeParse(nested.success ? nested.data.epcis : input)
  if (!list.success)
    throw new PortreaError(
      'INPUT_INVALID',
      'Il faut une liste de territoires : [{ "siren": …, "answers": { … } }, …].',
    )
  const read = list.data.map((one) => EpciInput.safeParse(ofReport(one)))
  const faults = read.flatMap(({ error }, at) =>
    (error === undefined ? [] : inputFaults(error)).map(
      ({ path, message }) => `territoire ${at + 1}${path === '' ? '' : `, ${path}`}: ${message}`,
    ),
  )
  if (faults.length > 0)
    throw new PortreaError('INPUT_INVALID', 'Ces territoires ne peuvent pas être lus.', { faults })
  return read.flatMap(({ data }) => {
    if (data === undefined) return []
    const { siren, name, population, fragility, retained, answers, observed, drivers, listed } = data
    const situation = { answers, observed, drivers, listed }
    return [{ siren, name, population, fragility, retained, situation }]
  })
}

/** Of a report of the API, what was decided from; anything else as it is. */
function ofReport(one: unknown): unknown {
  const report = z
    .object({
      siren: z.unknown(),
      name: z.unknown(),
      population: z.unknown(),
      retained: z.unknown(),
      situation: z.record(z.string(), z.unknown()),
    })
    .partial({ name: true, population: true, retained: true })
    .safeParse(one)
  if (!report.success) return one
  const { situation, ...known } = report.data
  return { ...known, ...situation }
}
