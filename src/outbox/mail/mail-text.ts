import type { EpciWeek } from '../../domain/mail/weekly-mail.ts'
import { frenchDay, frenchList, typeset } from '../../domain/typography.ts'
import type { MailParts } from './message.ts'

/** The words that both parts of a mail share. */
export const WORDS = {
  moved: (since: string) => typeset(`Ce qui a bougé depuis le ${frenchDay(since)} :`),
  still: typeset("Rien n'a bougé cette semaine."),
  unknown: typeset("Ce qui a bougé n'est pas connu : rien n'était gardé il y a une semaine."),
  due: typeset('À faire ou à venir :'),
  quiet: (names: readonly string[]) =>
    typeset(`Rien de nouveau et aucune échéance proche : ${frenchList(names)}.`),
  why: typeset(
    'Vous recevez ce courriel chaque semaine parce que votre adresse est dans la base Portrea, comme chargé·e de déploiement ou référent·e.',
  ),
  leave: 'Ne plus le recevoir',
} as const

/** The part without any form, which every reader can show. */
export function mailText({ intro, week, sheets, since, sheetOf, leave }: MailParts): string {
  const attached = new Set(sheets.map(({ siren }) => siren))
  const blocks = [
    ...intro,
    ...week.epcis.map((one) => epciText(one, { since, sheet: sheetOf(one.siren), attached })),
    ...(week.quiet.length === 0 ? [] : [WORDS.quiet(week.quiet)]),
    ['-- ', WORDS.why, typeset(`${WORDS.leave} : ${leave}`)].join('\n'),
  ]
  return `${blocks.join('\n\n')}\n`
}

function epciText(
  { siren, name, about, moved, due }: EpciWeek,
  {
    since,
    sheet,
    attached,
  }: { readonly since: string; readonly sheet: string; readonly attached: ReadonlySet<string> },
): string {
  const list = (items: readonly string[]) => items.map((item) => `  - ${item}`)
  return [
    ...[name, '='.repeat(name.length), about],
    ...(moved === null
      ? [WORDS.unknown]
      : moved.length === 0
        ? [WORDS.still]
        : [WORDS.moved(since), ...list(moved)]),
    ...(due.length === 0 ? [] : [WORDS.due, ...list(due)]),
    `${typeset(attached.has(siren) ? 'Fiche territoire (jointe) :' : 'Fiche territoire :')} ${sheet}`,
  ].join('\n')
}
