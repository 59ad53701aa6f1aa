import { z } from 'zod'

const text = z.string().trim().min(1)
const share = z.number().min(0).max(1)

/** What values of a column may look like; each is told by its reader in adoption/value-shapes.ts. */
export const SHAPES = [
  'siret',
  'siren',
  'epci_siren',
  'epci_name',
  'commune_code',
  'postal_code',
  'phone',
  'email',
  'acceslibre',
  'url',
  'date',
  'latitude',
  'longitude',
  'hours',
  'street',
  'commune_name',
  'tick',
  'place_name',
] as const
/** A shape, or `accepted`: the values are among those that the column of ours accepts. */
const Shape = z.enum([...SHAPES, 'accepted'])

/** What is known of one column or table of ours, under the names that other bases give it. */
const Known = z.strictObject({
  names: z
    .array(text)
    .default([])
    .describe('other names; case, accents, punctuation and plural do not count'),
  english: z
    .array(text)
    .default([])
    .describe('names in English: known as well, and told by the name of config/columns.yaml'),
  shapes: z.array(Shape).default([]).describe('what its values look like: any one of these'),
  unique: z
    .boolean()
    .default(false)
    .describe('each row has its own: a value that stands twice is a question'),
  naming: z.boolean().default(false).describe('names the row: where people stand there, it is a question'),
  named: z
    .boolean()
    .default(false)
    .describe('so many columns hold such values that they say nothing without a name'),
  anything: z.boolean().default(false).describe('its values may look like those of any other column'),
})

/** config/adoption.yaml: how `portrea adopt` recognises the tables and columns of a base that exists. */
export const AdoptionRules = z.strictObject({
  threshold: share.describe('from this score on, a proposal is taken without a question'),
  doubtful: share.describe('under this score, nothing is proposed'),
  margin: share.describe('two columns closer than this for one place: a person chooses'),
  apart: text.describe('what is added to a title of ours that stands there already, as something else'),
  sample: z.strictObject({
    rows: z.number().int().min(2).max(1000).describe('rows read of each table'),
    least: z.number().int().positive().describe('fewer values than this say nothing'),
  }),
  evidence: z.strictObject({
    exact: share.describe('the name is one of those known'),
    near: share.describe('at most, for a name that looks like one of them'),
    agree: share.describe('this share of values, or more, confirms'),
    contradict: share.describe('this share of values, or less, contradicts'),
    telling: share.describe('a shape that tells so much contradicts a column where it has no place'),
    alike: share.describe('what a word cut short or mistyped counts for'),
    shared: share.describe('so many titles of a table begin alike: their beginning says nothing'),
    rival: share.describe('a table with so much of what speaks for the best one: a person chooses'),
    elsewhere: share.describe(
      'a table with less than this of what it is worth in another place is not proposed',
    ),
    part: share.describe('what the last part of a key (`position.ville`) counts for, beside a whole title'),
    repeated: share
      .default(0.5)
      .describe(
        'so many rows of a second list of actors that stand in the first one: it may be the same list',
      ),
    secondary: share.describe(
      'what is left of the score of a column that repeats another, or is of whoever filled in the form',
    ),
    link: share.describe('score of the only link to the right table'),
    contradicted: share.describe('what is left of the score of a name that values contradict'),
  }),
  forms: z
    .strictObject({
      marks: z.array(text).describe('the columns that a tool for forms puts in front of the answers'),
      respondent: z.array(text).describe('columns right behind them: who answered, not the place'),
    })
    .describe('answers to an online form'),
  aside: z
    .array(text)
    .describe('words of titles of columns about whoever runs the place or filled in the form, not the place'),
  words: z.record(text, text).describe('words that mean the same in a name'),
  ignored: z.array(text).describe('words of a name that say nothing'),
  shapes: z.record(
    Shape,
    z.strictObject({
      tells: share.describe('score from values alone'),
      against: share
        .optional()
        .describe('what it tells against a column where it has no place; default: as much as it tells'),
      optional: z.boolean().default(false).describe('values that do not look so say nothing'),
      says: text.describe('« 97 % des valeurs sont … »'),
    }),
  ),
  tables: z.record(
    text,
    z.strictObject({
      names: z.array(text),
      people: z.boolean().default(false).describe('it holds people: always a question'),
      needs: z
        .number()
        .positive()
        .describe('so many columns that only this table would have make it nearly certain'),
      columns: z.record(text, Known),
    }),
  ),
  people: z
    .strictObject({
      tables: z.array(text),
      columns: z.array(text),
      named: share.describe('so many rows that bear the name of a person: the table holds people'),
      organisations: z.array(text).describe("words of names that are no person's"),
    })
    .describe('names that say that a table holds people: always a question'),
  parts: z
    .strictObject({
      houseNumber: z.array(text).describe('the number of a house, beside its street'),
      street: z.array(text).describe('the street, beside a number'),
      wayType: z.array(text).describe('« rue », « place », beside the name of the way'),
      point: z.array(text).describe('latitude and longitude in one'),
      town: z.array(text).default([]).describe('the postal code and the commune in one'),
    })
    .describe('names of columns that hold a part of a field, or two at once'),
  meanings: z
    .record(text, z.record(text, z.array(text)))
    .default({})
    .describe('by key of a column and value of it: words that people often write for it; always a question'),
  epciText: Known.describe('the name or SIREN of the EPCI, written in the table of actors'),
})
export type AdoptionRules = Readonly<z.infer<typeof AdoptionRules>>
export type Known = Readonly<z.infer<typeof Known>>
export type ShapeKey = z.infer<typeof Shape>
