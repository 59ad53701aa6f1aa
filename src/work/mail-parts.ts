import type { Settings } from '../app.ts'
import type { Environment } from '../config/environment.ts'
import type { MailSettings } from '../config/mail-file.ts'
import { deadlinesOf, keyedBy } from '../diary.ts'
import type { Deadlines } from '../domain/calendar/events.ts'
import { PortreaError } from '../errors.ts'
import { postOffice } from '../outbox/mail/smtp.ts'
import type { PostOffice } from '../outbox/mail/smtp.ts'

/** What the weekly mail is made with; all of it is known before the first one is made. */
export type MailSetup = {
  readonly settings: MailSettings
  readonly post: PostOffice
  /** PORTREA_PUBLIC_URL, with its last slash. */
  readonly publicUrl: string
  readonly keyed: (text: string) => string
  readonly deadlines: Deadlines
  readonly hub: string | null
}

/** Throws CONFIG_INVALID, all faults at once, where config/mail.yaml or the environment lack what mails need. */
export function mailSetup(environment: Environment, { mail, rules, hub }: Settings): MailSetup {
  const { PORTREA_SMTP_URL, PORTREA_PUBLIC_URL, PORTREA_API_TOKEN } = environment
  const faults = [
    ...(mail === null
      ? ['config/mail.yaml manque : copiez celui qui est livré avec Portrea, et remplissez-le']
      : []),
    ...(mail !== null && mail.from === null
      ? ['mail.yaml: from : donnez l’adresse d’où partent les courriels']
      : []),
    ...(PORTREA_SMTP_URL === undefined
      ? [
          'PORTREA_SMTP_URL : absente ; donnez l’adresse du serveur de courriel (ou `enabled: false` dans mail.yaml)',
        ]
      : []),
    ...(PORTREA_PUBLIC_URL === undefined
      ? ['PORTREA_PUBLIC_URL : absente ; les liens des courriels y mènent']
      : []),
    ...(PORTREA_API_TOKEN === undefined ? ['PORTREA_API_TOKEN : absente ; elle signe les liens'] : []),
  ]
  if (
    faults.length > 0 ||
    mail === null ||
    PORTREA_SMTP_URL === undefined ||
    PORTREA_PUBLIC_URL === undefined
  )
    throw new PortreaError('CONFIG_INVALID', 'L’envoi de courriels est à régler.', { faults })
  return {
    settings: mail,
    post: postOffice(PORTREA_SMTP_URL, mail),
    publicUrl: PORTREA_PUBLIC_URL.replace(/\/*$/, '/'),
    keyed: keyedBy(PORTREA_API_TOKEN),
    deadlines: deadlinesOf(rules),
    hub: hub.name,
  }
}
