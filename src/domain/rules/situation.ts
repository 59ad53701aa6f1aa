import { z } from 'zod'
import { PortreaError } from '../../errors.ts'
import { ANSWER_VALUES } from '../diagnostic.ts'
import type { Situation } from '../diagnostic.ts'

const share = number('un nombre de 0 à 1', (error) => z.number({ error }).min(0, { error }).max(1, { error }))
const percent = number('un nombre de 0 à 100', (error) =>
  z.number({ error }).min(0, { error }).max(100, { error }),
)
const amount = number('un nombre, 0 ou plus', (error) => z.number({ error }).min(0, { error }))
const count = number('un nombre entier, 0 ou plus', (error) => z.int({ error }).min(0, { error }))

/** A SIREN: nine digits, as text. */
export const Siren = siren({ error: refused('neuf chiffres') })

/** The same, which YAML may have read as a number. */
const SirenInput = z.preprocess((given) => (Number.isSafeInteger(given) ? String(given) : given), Siren)

const Answers = strict({
  governance: choice('governance'),
  roadmap: choice('roadmap'),
  referents: choice('referents'),
  network: choice('network'),
  meetingsPerYear: amount.describe('meetings of the network a year'),
  aim: choice('aim'),
  commitment: choice('commitment'),
  tool: choice('tool'),
  use: choice('use'),
  mastery: choice('mastery'),
})

const Observed = strict({
  completeness: percent.describe('0–100: mean completeness of the records'),
  freshness: percent.describe('0–100: share « À jour » among the records whose age is known'),
  contactedShare: share.describe('0–1: actors contacted in the last 12 months'),
  participationRate: share.describe('0–1: present / invited at the last journée'),
  communesCovered: share.describe('0–1: communes with at least one actor'),
})

const Drivers = strict({
  expectedParticipationRate: share.describe('0–1: expected / invited at the next journée'),
  actors: count.describe('actors of the territory: the greater of expected and present'),
})

/**
 * What `recommend` accepts (CONTRACT.md). Every key may be missing or null: unknown. Anything that is not written
 * here is refused with its path and what is accepted.
 */
export const SituationInput = strict({
  siren: SirenInput.nullable().default(null),
  answers: orUnknown(Answers),
  observed: orUnknown(Observed),
  drivers: orUnknown(Drivers),
})
export type SituationInput = z.output<typeof SituationInput>

/** A fault of an input: where ('answers.aim'; '' is the whole of it), and what is accepted there. */
export type InputFault = { readonly path: string; readonly message: string }

/** Reads the input of `recommend`. Throws INPUT_INVALID with every fault at once, each with its path. */
export function parseSituation(input: unknown): { siren: string | null; situation: Situation } {
  const result = SituationInput.safeParse(input)
  if (!result.success) throw inputInvalid('Cette situation ne peut pas être lue.', result.error)
  const { siren, ...situation } = result.data
  return { siren, situation: { ...situation, listed: { referents: null } } }
}

/** The INPUT_INVALID for what a schema refused. */
export function inputInvalid(message: string, error: z.ZodError): PortreaError {
  const faults = inputFaults(error).map((fault) =>
    fault.path === '' ? fault.message : `${fault.path}: ${fault.message}`,
  )
  return new PortreaError('INPUT_INVALID', message, { cause: error, faults })
}

/** What a schema refused, one entry a fault: three unknown keys make three. */
export function inputFaults(error: z.ZodError): InputFault[] {
  return error.issues.flatMap((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null]
    return keys.map((key) => ({
      path: (key === null ? issue.path : [...issue.path, key]).join('.'),
      message: issue.message,
    }))
  })
}

/** An object that accepts these keys and no other. */
export function strict<Shape extends z.core.$ZodShape>(shape: Shape) {
  const keys = Object.keys(shape).join(', ')
  const refuse = refused(`un objet avec les clés ${keys}`)
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `clé inconnue ; clés acceptées : ${keys}` : refuse(issue),
  })
}

type Refuse = (issue: { readonly input?: unknown }) => string

function choice<Key extends keyof typeof ANSWER_VALUES>(key: Key) {
  const values = ANSWER_VALUES[key]
  return z
    .enum(values, { error: refused(`une de ces valeurs : ${values.join(', ')}`) })
    .nullable()
    .default(null)
}

function number(accepted: string, schema: (error: Refuse) => z.ZodNumber) {
  return schema(refused(accepted)).nullable().default(null)
}

function siren(params: { readonly error: Refuse }) {
  return z.string(params).regex(/^\d{9}$/u, params)
}

function orUnknown<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? schema.parse({}))
}

function refused(accepted: string): Refuse {
  return ({ input }) => `${shown(input)} n’est pas accepté ; il faut ${accepted}`
}

function shown(input: unknown): string {
  if (Array.isArray(input)) return input.length === 0 ? '[]' : '[…]' // however deep it may be
  if (typeof input === 'object' && input !== null) return '{…}'
  const signs = [...(typeof input === 'string' ? JSON.stringify(input) : String(input))]
  return signs.length <= 60 ? signs.join('') : `${signs.slice(0, 60).join('')}…`
}
