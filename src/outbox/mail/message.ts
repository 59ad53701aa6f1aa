import { readMailbox } from '../../config/mail-file.ts'
import type { Mailbox, MailSettings } from '../../config/mail-file.ts'
import type { PersonWeek } from '../../domain/mail/weekly-mail.ts'
import { frenchDay, typeset } from '../../domain/typography.ts'
import { mailHtml } from './mail-html.ts'
import { mailText } from './mail-text.ts'

/** A sheet that goes with a mail. */
export type Attached = { readonly siren: string; readonly filename: string; readonly pdf: Uint8Array }

/** What a mail is made of. */
export type MailContent = {
  readonly to: { readonly name: string | null; readonly address: string }
  readonly week: PersonWeek
  readonly sheets: readonly Attached[]
  /** Of the day on which it is sent, and of that with which it is compared; 'YYYY-MM-DD'. */
  readonly today: string
  readonly since: string
  readonly hub: string | null
  /** PORTREA_PUBLIC_URL, with its last slash. */
  readonly publicUrl: string
  /** Where this person says that they want no more. */
  readonly leave: string
  /** Tells this mail from every other, and is the same where it is made twice. */
  readonly id: string
}

/** What both parts of a mail show, text and HTML. */
export type MailParts = MailContent & {
  readonly subject: string
  readonly intro: readonly string[]
  readonly sheetOf: (siren: string) => string
}

/** A mail as nodemailer takes it. */
export type MailMessage = ReturnType<typeof messageOf>

/** The mail of a person: text and HTML, sheets, and the headers by which they leave with one gesture (RFC 8058). */
export function messageOf(content: MailContent, settings: MailSettings) {
  const { to, sheets, publicUrl, leave, id } = content
  const from = mailboxOf(settings.from)
  const subject = oneLine(filled(settings.subject, content))
  const intro = filled(settings.intro, content).split(/\n{2,}/u)
  const parts: MailParts = {
    ...{ ...content, subject, intro },
    sheetOf: (siren) => `${publicUrl}epcis/${siren}`,
  }
  return {
    ...{ from, to: { name: oneLine(to.name ?? ''), address: to.address }, subject },
    ...(settings.replyTo === null ? {} : { replyTo: mailboxOf(settings.replyTo) }),
    messageId: `<${id}@${from.address.split('@')[1]}>`,
    text: mailText(parts),
    html: mailHtml(parts),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': 'fr',
      // Only an https address may be called without a look at it.
      ...(leave.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
    },
    list: { unsubscribe: { url: leave, comment: '' } },
    attachments: sheets.map(({ filename, pdf }) => ({
      ...{ filename, content: Buffer.from(pdf) },
      contentType: 'application/pdf',
    })),
  }
}

/** The texts of config/mail.yaml with what stands in braces. */
function filled(text: string, { to, today, hub }: MailContent): string {
  const values: Readonly<Record<string, string>> = {
    nom: oneLine(to.name ?? ''),
    jour: frenchDay(today),
    hub: hub ?? 'Portrea',
  }
  const whole = text.replaceAll(/\{(\w+)\}/gu, (_, name: string) => values[name] ?? '')
  return typeset(whole.replaceAll(/ +(?=[,.]|$)/gmu, ''))
}

/** No break of a name or a title begins another header. */
function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  return text.replaceAll(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/gu, ' ').trim()
}

/** Checked when it was read; null only where nothing is sent. */
function mailboxOf(written: string | null): Mailbox {
  return readMailbox(written ?? '') ?? { name: '', address: '' }
}
