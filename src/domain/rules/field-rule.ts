import { z } from 'zod'
import { PLAIN_CHECKS, PLAIN_CROSS_CHECKS } from '../completeness/checks.ts'
import { FIELDS } from '../fields.ts'

type PlainCheck = keyof typeof PLAIN_CHECKS | keyof typeof PLAIN_CROSS_CHECKS
const PLAIN = [...Object.keys(PLAIN_CHECKS), ...Object.keys(PLAIN_CROSS_CHECKS)] as [
  PlainCheck,
  ...PlainCheck[],
]

/** The name of a field of the national standard. */
export const FieldKey = z.enum(FIELDS)
const Severity = z.enum(['blocking', 'warning', 'info'])
const Level = z.enum(['required', 'expected', 'optional'])
/** What may not be empty. */
export const text = z.string().trim().min(1)
const Code = z.string().regex(/^[a-z_]+\.[a-z_]+$/, 'un code s’écrit champ.raison')

const Contradiction = z.strictObject({
  reason: z.string().regex(/^[a-z_]+$/),
  when: z.array(text).min(1).describe('values of this field'),
  only: z.boolean().optional().describe('only where this field says nothing else'),
  needs: z
    .union([FieldKey.transform((one) => [one]), z.array(FieldKey).min(1)])
    .optional()
    .describe('a field, or one of several, that must then be filled'),
  mentions: z.array(text).min(1).optional().describe('words of which one must begin in what is needed'),
  without: FieldKey.optional().describe('a field that must then be empty'),
  against: z.array(text).min(1).optional().describe('values that cannot stand beside'),
  in: FieldKey.optional().describe('the field where `against` is looked for; this one by default'),
  suggests: text.optional().describe('what to write instead'),
})

const NameRule = z.strictObject({
  type: text.describe('one of the accepted values'),
  says: z
    .array(text)
    .min(1)
    .describe('words of a name; ^ before them: at its beginning; $ after them: at its end'),
  likely: z.boolean().optional().describe('the words tell the type less surely'),
})

const degrees = z.number().min(-180).max(180)
const Box = z.tuple([degrees, degrees, degrees, degrees]).describe('[south, north, west, east]')

/** A check by its name, or by its name and what it is told. */
const CheckRule = z.union([
  z.enum(PLAIN),
  z.strictObject({ url: z.strictObject({ several: z.boolean(), hosts: z.array(text).min(1).optional() }) }),
  z.strictObject({ coordinates: z.strictObject({ boxes: z.array(Box).min(1) }) }),
  z.strictObject({
    capitals: z.strictObject({
      keep: z.array(text).describe('acronyms'),
      accents: z.array(text).describe('words that capitals wrote without their accents'),
      plain: z.array(text).describe('words that have no accent'),
      short: z.array(text).describe('words of four letters at most that are no acronyms'),
      mute: z.array(text).describe('words in h before which « de » is cut short'),
      aspirated: z.array(text).describe('words in h before which « de » stays whole'),
    }),
  }),
  z.strictObject({ date: z.strictObject({ since: z.iso.date().describe('no record is older') }) }),
  z.strictObject({
    from_name: z.strictObject({
      types: z.array(NameRule).min(1).describe('the first that a name tells is proposed'),
      unless: z.array(text).describe('words of a name that speaks of another place'),
    }),
  }),
  z.strictObject({ max_length: z.strictObject({ signs: z.number().int().positive() }) }),
  z.strictObject({ contradictions: z.array(Contradiction).min(1) }),
  z.strictObject({
    outlier: z.strictObject({
      km: z.number().positive().describe('how far from the others a point is odd'),
      others: z.number().int().min(2).describe('how many others it takes to say so'),
      alone: z.boolean().describe('only where none of the others is within `km` either'),
      radii: z.number().min(0).describe('in a large EPCI: so many times the radius of a disc of its area'),
    }),
  }),
])

/** How grave a finding is, and what is said. */
export const FindingRule = z.strictObject({ severity: Severity, message: text })
export type FindingRule = z.infer<typeof FindingRule>

const Example = z.strictObject({
  given: z.string(),
  with: z.partialRecord(FieldKey, z.string()).optional().describe('other fields of the same record'),
  epci: z.string().optional().describe('SIREN of the EPCI the record is linked to'),
  others: z.array(z.partialRecord(FieldKey, z.string())).optional().describe('the other records of its base'),
  missing: z.boolean().optional(),
  findings: z.array(Code).describe('codes on this field'),
  suggestion: z.string().optional(),
})

/** One field: what it is worth, how it is checked, what is said of it. */
export const FieldRule = z.strictObject({
  field: FieldKey,
  label: text.describe('as it stands in « Il manque … »: « les horaires »'),
  level: Level,
  weight: z.number().positive(),
  none: z.boolean().optional().describe('« sans objet » is an answer here'),
  placeholders: z.array(text).optional().describe('values that say nothing in this field alone'),
  appliesUnless: z
    .strictObject({ field: FieldKey, says: z.array(text).min(1) })
    .optional()
    .describe('an empty field that does not apply leaves both sums'),
  accepted: z
    .record(text, z.array(text))
    .optional()
    .describe('accepted values, each with other wordings known for it'),
  checks: z.array(CheckRule).default([]),
  findings: z.record(z.string(), FindingRule).default({}),
  examples: z.array(Example).default([]),
})
export type FieldRule = z.infer<typeof FieldRule>

/** What one moment changes: levels of fields, severities of codes. */
export const ProfileRule = z.strictObject({
  levels: z.partialRecord(FieldKey, Level).default({}),
  severities: z.record(Code, Severity).default({}),
})
export type ProfileRule = z.infer<typeof ProfileRule>
