import { join } from 'node:path'
import { z } from 'zod'
import { ADDED_VIEWS, FORMS, VIEW_KEYS } from '../columns/views.ts'
import type { AddedViewKey, FormKey, ViewKey } from '../columns/views.ts'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

const words = z.string().trim().min(1)
const View = z.strictObject({ title: words.max(200), description: words })

/** A view made for each of several things: its title says which. */
function family(placeholder: string) {
  const title = words.max(100).refine((text) => text.includes(placeholder), {
    message: `${placeholder} y manque : toutes ces vues porteraient le même nom ; écrivez-le là où va le nom`,
  })
  return z.strictObject({ title, description: words })
}

/** One question; without words of its own it has the title of its column, and what is said of that column. */
const Question = z.strictObject({
  question: words.optional(),
  help: words.optional(),
  required: z.boolean().default(false),
})
export type Question = z.infer<typeof Question>

function form(columns: readonly string[]) {
  const questions = z
    .partialRecord(z.enum(columns as readonly [string, ...string[]]), Question.nullable())
    .refine((asked) => Object.keys(asked).length > 0, {
      message: 'ne demande rien ; nommez au moins une colonne',
    })
  return z.strictObject({
    ...View.shape,
    heading: words,
    subheading: words,
    thanks: words,
    questions,
  })
}

/** config/views.yaml: the names of the views and forms that provision makes, and what people read there. */
export const ViewsFile = z
  .strictObject({
    views: z.strictObject(
      Object.fromEntries(VIEW_KEYS.map((key) => [key, ADDED_VIEWS.has(key) ? View.optional() : View])),
    ),
    perEpci: family('{epci}'),
    perEpciProposals: family('{epci}').optional(),
    perReferentProposals: family('{nom}').optional(),
    perEpciInvitations: family('{epci}').optional(),
    perOfficer: family('{nom}'),
    forms: z.strictObject({
      newActor: form(FORMS.newActor.columns),
      diagnostic: form(FORMS.diagnostic.columns),
    }),
  })
  .superRefine(({ views, forms }, context) => {
    const seen = new Set<string>()
    for (const [group, all] of Object.entries({ views, forms }))
      for (const [key, one] of Object.entries(all)) {
        if (one === undefined) continue
        const { title } = one
        if (seen.has(title))
          context.addIssue({
            code: 'custom',
            path: [group, key, 'title'],
            message: `deux vues s’appellent « ${title} » ; donnez à chacune son titre`,
          })
        seen.add(title)
      }
  })

type Words = { readonly title: string; readonly description: string }
/** A form; `questions` in the order in which they are asked, by the key of their column. */
export type FormWords = Words & {
  readonly heading: string
  readonly subheading: string
  readonly thanks: string
  readonly questions: Readonly<Record<string, Question | null>>
}
/** What config/views.yaml says. */
export type ViewWords = {
  readonly views: Readonly<Record<Exclude<ViewKey, AddedViewKey>, Words>> &
    Readonly<Partial<Record<AddedViewKey, Words>>>
  readonly perEpci: Words
  readonly perEpciProposals?: Words | undefined
  readonly perReferentProposals?: Words | undefined
  readonly perEpciInvitations?: Words | undefined
  readonly perOfficer: Words
  readonly forms: Readonly<Record<FormKey, FormWords>>
}

/** Reads config/views.yaml; CONFIG_INVALID lists every fault with its line. */
export function readViewWords(directory: string): ViewWords {
  const { value, faults } = readYamlFile(join(directory, 'views.yaml'), ViewsFile)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/views.yaml est à corriger.`, { faults })
  return Object.freeze(value) as ViewWords
}
