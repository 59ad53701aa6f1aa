import { z } from 'zod'
import { WEEK } from '../domain/mapping/mapping.ts'
import type { Mapping } from '../domain/mapping/mapping.ts'

/** The title of a column of the base, exactly as it stands there. */
const source = z.string().min(1).max(255)
const sources = z.array(source).min(1)

/** The ways that one field only can take. */
const POINT = ['latitude', 'longitude']
const HOURS = ['horaires']
const ADDRESS = ['adresse', 'code_postal', 'commune']
/** Human columns, beside the fields of the standard, whose words may be a Hub's own. */
export const WITH_WORDS: ReadonlySet<string> = new Set(['step', 'epci'])

/** A Hub's own word → what it says in the words expected there; '' where it says nothing. */
export const WordsFile = z.record(z.string().min(1), z.string()).readonly()

/** A name that a Hub gives to an EPCI → its SIREN; '' where it names none. */
export const EpciWordsFile = z
  .record(
    z.string().min(1),
    z.string().regex(/^(?:\d{9})?$/u, {
      error:
        'n’est pas un SIREN ; écrivez ses 9 chiffres entre guillemets, ou "" si ce mot ne désigne aucun EPCI',
    }),
  )
  .readonly()

const ONE_WAY =
  'dites une seule façon de lire ce champ : first, all, join, each, days, point, address ou constant'

/** `from` of one field of config/columns.yaml. */
export function MappingOf(field: string): z.ZodType<Mapping> {
  const ways: Record<string, z.ZodType> = {
    first: sources.optional(),
    join: sources.optional(),
    constant: z.string().min(1).optional(),
    all: sources.optional(),
    each: z.record(source, z.string().min(1)).optional(),
    ...(HOURS.includes(field)
      ? { days: z.partialRecord(z.enum(WEEK), z.union([source, sources])).optional() }
      : {}),
    ...(POINT.includes(field) ? { point: source.optional() } : {}),
    ...(ADDRESS.includes(field) ? { address: source.optional() } : {}),
  }
  return z
    .strictObject(ways)
    .refine((from) => Object.values(from).filter((way) => way !== undefined).length === 1, ONE_WAY)
    .transform((from) =>
      Object.fromEntries(Object.entries(from).filter(([, way]) => way !== undefined)),
    ) as never
}
