import { z } from 'zod'

/** The tables that hold people, and of each the columns that tell who they are. */
export const PERSONAL = {
  participants: ['name', 'organisation', 'position', 'email', 'with', 'apart', 'groupNote'],
  referents: ['name', 'organisation', 'email', 'phone'],
  officers: ['name', 'email', 'remark'],
  invitations: ['actor', 'referent', 'saidBy', 'remark'],
  diagnostics: ['author', 'remark'],
} as const
export type PersonalTable = keyof typeof PERSONAL
export type PersonalColumn = (typeof PERSONAL)[PersonalTable][number]
export const PERSONAL_TABLES = Object.keys(PERSONAL) as readonly PersonalTable[]

const title = z.string().trim().min(1)

/** config/retention.yaml: after how many months without a sign what is emptied, or that the row goes. */
export const Retention = z.strictObject({
  participants: rule('participants'),
  referents: rule('referents'),
  officers: rule('officers'),
  invitations: rule('invitations'),
  diagnostics: rule('diagnostics'),
})
export type Retention = Readonly<z.infer<typeof Retention>>
export type RetentionRule = NonNullable<Retention[PersonalTable]>

function rule<Table extends PersonalTable>(table: Table) {
  const columns = z.array(z.enum(PERSONAL[table] as readonly PersonalColumn[])).min(1)
  return z
    .strictObject({
      months: z.number().int().min(1).nullable(),
      erase: z.union([z.literal('row'), columns.readonly()]),
      named: z
        .strictObject({ table: title, columns: z.array(title).min(1) })
        .optional()
        .describe(
          'columns that Portrea did not make and that may be emptied all the same, by their titles in NocoDB',
        ),
    })
    .optional()
}
