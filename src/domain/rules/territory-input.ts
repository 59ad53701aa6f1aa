import { z } from 'zod'
import type { Situation } from '../diagnostic.ts'
import { inputFaults, SituationInput, strict } from './situation.ts'
import { PortreaError } from '../../errors.ts'

const refuse = (accepted: string) => ({ error: `il faut ${accepted}` })
const text = z.string(refuse('un texte')).nullable().default(null)
const people = z.int(refuse('un nombre entier, 0 ou plus')).min(0, refuse('un nombre entier, 0 ou plus'))
const figure = z.number(refuse('un nombre')).nullable().default(null)

/** One territory of `portrea typology FILE`: a situation as for `recommend`, with what tells its need. */
const TerritoryInput = strict({
  ...SituationInput.shape,
  name: text,
  population: people.nullable().default(null),
  fragility: figure,
})

/** One territory of a what-if. */
export type Territory = {
  readonly siren: string | null
  readonly name: string | null
  readonly population: number | null
  readonly fragility: number | null
  readonly situation: Situation
}

/** Reads a list of territories, or an object with a list `epcis`. Throws INPUT_INVALID with every fault at once. */
export function parseTerritories(input: unknown): Territory[] {
  const nested = z.object({ epcis: z.unknown() }).safeParse(input)
  const list = z.array(z.unknown()).safeParse(nested.success ? nested.data.epcis : input)
  if (!list.success)
    throw new PortreaError(
      'INPUT_INVALID',
      'Il faut une liste de territoires : [{ "siren": …, "answers": { … } }, …].',
    )
  const read = list.data.map((one) => TerritoryInput.safeParse(one))
  const faults = read.flatMap(({ error }, at) =>
    (error === undefined ? [] : inputFaults(error)).map(
      ({ path, message }) => `territoire ${at + 1}${path === '' ? '' : `, ${path}`}: ${message}`,
    ),
  )
  if (faults.length > 0)
    throw new PortreaError('INPUT_INVALID', 'Ces territoires ne peuvent pas être lus.', { faults })
  return read.flatMap(({ data }) => {
    if (data === undefined) return []
    const { siren, name, population, fragility, answers, observed, drivers } = data
    const situation = { answers, observed, drivers, listed: { referents: null } }
    return [{ siren, name, population, fragility, situation }]
  })
}
