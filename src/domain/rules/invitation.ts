import { z } from 'zod'

/** What may stand in braces in the texts of an invitation. */
export const INVITATION_VARIABLES = [
  'acteur',
  'epci',
  'jour',
  'lieu',
  'limite',
  'objectif',
  'référents',
] as const
export type InvitationVariable = (typeof INVITATION_VARIABLES)[number]

const KNOWN: ReadonlySet<string> = new Set(INVITATION_VARIABLES)

/** A text whose braces hold nothing but what is known, `but` left out. */
function withVariables(but: readonly InvitationVariable[] = []) {
  return z
    .string()
    .trim()
    .min(1)
    .superRefine((value, context) => {
      const rest = value.replaceAll(/\{([^{}\n]*)\}/gu, (_, name: string) => {
        if (!KNOWN.has(name) || but.includes(name as InvitationVariable))
          context.addIssue({
            code: 'custom',
            message: `{${name}} n’est pas possible ici ; il y a ${INVITATION_VARIABLES.filter(
              (one) => !but.includes(one),
            )
              .map((one) => `{${one}}`)
              .join(', ')}`,
          })
        return ''
      })
      if (/[{}]/u.test(rest)) context.addIssue({ code: 'custom', message: 'une accolade est seule' })
    })
}

/** config/invitation.yaml: the text by which actors are invited to a journée, and when they are proposed. */
export const InvitationText = z.strictObject({
  proposeDays: z
    .number()
    .int()
    .min(0)
    .max(730)
    .default(60)
    .describe('how many days before the last day to invite its rows are proposed in « Invitations »'),
  subject: withVariables(['objectif']).refine((text) => !text.includes('\n'), {
    error: 'l’objet tient sur une ligne',
  }),
  body: withVariables(),
  aims: z.strictObject({
    generaliste: withVariables(['objectif']),
    outil: withVariables(['objectif']),
    reseau: withVariables(['objectif']),
  }),
})
export type InvitationText = Readonly<z.infer<typeof InvitationText>>
