import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isEmail } from '../domain/completeness/web-forms.ts'
import { MAIL_DAYS } from '../domain/mail/mail-week.ts'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

/** What may stand in braces in the texts. */
const VARIABLES = ['nom', 'jour', 'hub'] as const

const text = z
  .string()
  .trim()
  .min(1)
  .refine(
    (value) =>
      !/[{}]/u.test(value.replaceAll(/\{([^{}\n]*)\}/gu, (whole, name) => (isKnown(name) ? '' : whole))),
    { error: `n’a entre accolades que ${VARIABLES.map((one) => `{${one}}`).join(', ')}` },
  )

const mailbox = z
  .string()
  .trim()
  .refine((value) => readMailbox(value) !== null, {
    error:
      'est une adresse, « portrea@votre-hub.fr », ou un nom et une adresse, « Portrea <portrea@votre-hub.fr> »',
  })

/** config/mail.yaml: the weekly mail to each chargé·e and référent·e. */
export const MailFile = z
  .strictObject({
    enabled: z.boolean(),
    from: mailbox.nullable(),
    replyTo: mailbox.nullable().default(null),
    day: z.enum(MAIL_DAYS),
    hour: z.int().min(0).max(23),
    horizon: z.int().min(1).max(365),
    attach: z.boolean(),
    attachAtMost: z.int().min(1).max(20),
    tls: z.boolean(),
    subject: text.refine((value) => !/[\r\n]/u.test(value), { error: 'l’objet tient sur une ligne' }),
    intro: text,
  })
  .refine(({ enabled, from }) => !enabled || from !== null, {
    path: ['from'],
    error: 'donnez l’adresse d’où partent les courriels (ou `enabled: false`)',
  })
export type MailSettings = Readonly<z.infer<typeof MailFile>>

/** Who a mail is from, or goes to. */
export type Mailbox = { readonly name: string; readonly address: string }

/** Reads config/mail.yaml; a folder kept from before has none: null, nothing is sent. CONFIG_INVALID lists every fault. */
export function readMailSettings(directory: string): MailSettings | null {
  const path = join(directory, 'mail.yaml')
  if (!existsSync(path)) return null
  const { value, faults } = readYamlFile(path, MailFile)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/mail.yaml est à corriger.`, { faults })
  return Object.freeze(value)
}

/** « Portrea <portrea@hub.fr> », or an address alone; null: it is neither. */
export function readMailbox(written: string): Mailbox | null {
  const [, name = '', inside] = /^([^<>\r\n]*)<([^<>\s]+)>$/u.exec(written) ?? []
  const address = inside ?? written
  return isEmail(address) ? { name: name.trim(), address } : null
}

function isKnown(name: string): boolean {
  return (VARIABLES as readonly string[]).includes(name)
}
