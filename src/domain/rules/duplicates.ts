import { z } from 'zod'

const text = z.string().trim().min(1)
const words = z.array(text)
const gain = z.number().min(0)
const loss = z.number().max(0)
const share = z.number().min(0).max(1)
const metres = z.number().positive()

const Wordings = z
  .record(text, words.min(1))
  .describe('wordings that say the same, each read as the word on its left')

const Points = z.strictObject({
  name: z.strictObject({
    same: gain.describe('a similarity of 1'),
    from: share.max(0.99).describe('the similarity that gives nothing'),
    unlike: loss,
  }),
  address: z.strictObject({ same: gain, street: gain, number: z.number(), other: loss }),
  pivot: z.strictObject({
    same: gain,
    public: gain.describe(
      'the same one, of a public body (its SIREN begins with 1 or 2), whose services bear it all',
    ),
    body: z.number(),
    other: loss,
  }),
  phone: gain,
  email: gain,
  identifier: gain,
  distance: z.array(z.strictObject({ within: metres, points: gain })),
  far: z.strictObject({ beyond: metres, points: loss }),
  place: z.strictObject({ commune: gain, postalCode: z.number(), elsewhere: loss }),
  kind: gain,
  only: gain.describe(
    'both of a kind of which a commune has one, in one commune, and not at two addresses under two names',
  ),
  against: z.strictObject({
    ...{ kind: loss, host: loss, itinerant: loss },
    branch: loss.describe('a house and its annexe'),
    ...{ words: loss, number: loss },
  }),
})

/** config/duplicates.yaml: what two records of one place have in common, what each agreement is worth, and its words. */
export const DuplicateRules = z.strictObject({
  threshold: z.number().positive().describe('points from which a pair is proposed'),
  crowd: z.int().min(2).describe('the most records under one key that are compared'),
  shown: z.int().positive().describe('lines in a cell of NocoDB'),
  likeness: z.strictObject({
    misspelt: share,
    shortest: z.int().positive(),
    joined: share,
    contained: share,
    street: share,
  }),
  points: Points,
  names: z.strictObject({
    same: Wordings,
    kinds: words,
    bodies: words.describe('kinds only where a name says no other'),
    itinerant: words,
    only: words.describe('kinds of which a commune has one'),
    branches: words.describe('words of a place that another one has beside itself'),
    labels: words.describe('kinds that a body of another kind may bear'),
    common: words,
    weights: z.strictObject({ common: share, commune: share }),
    ignored: words,
  }),
  streets: z.strictObject({
    same: Wordings,
    types: words.describe('a number before one of these is a house number'),
    common: words,
    weights: z.strictObject({ common: share }),
    ignored: words,
  }),
  matching: z
    .strictObject({
      alone: gain.describe(
        'two names alike in one commune, where no other record of the base bears such a name',
      ),
      unsure: z.number().positive().describe('points from which a record is shown to a person, who says'),
      margin: z.number().min(0).describe('two pairs whose points differ by less are a tie'),
      samePoint: metres.describe('metres within which two points are one'),
      farPoint: z
        .strictObject({ commune: metres, department: metres })
        .describe(
          'metres from all other points of a commune, or of a département, from which one is not proposed',
        ),
    })
    .describe('the records of a source against those of the base'),
  says: z.strictObject({
    sameName: text,
    equalName: text.describe('other words that say the same: « Commune de Callac », « Mairie de Callac »'),
    closeName: text.regex(/\{percent\}/u, 'doit contenir {percent}'),
    sameAddress: text,
    sameStreet: text,
    samePivot: text,
    sameRna: text,
    samePhone: text,
    sameEmail: text,
    sameIdentifier: text,
    distance: text.regex(/\{metres\}/u, 'doit contenir {metres}'),
    sameCommune: text,
    elsewhere: text,
    linked: text,
    earlier: text,
  }),
})
export type DuplicateRules = z.infer<typeof DuplicateRules>
