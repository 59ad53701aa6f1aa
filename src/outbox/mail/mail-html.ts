import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { EpciWeek } from '../../domain/mail/weekly-mail.ts'
import type { MailParts } from './message.ts'
import { WORDS } from './mail-text.ts'

const BODY = 'margin:0 auto;max-width:40rem;padding:1rem;font:16px/1.5 sans-serif'
const SMALL = 'margin-top:2rem;font-size:14px'

/** The part with titles, lists and links; nothing in it comes from elsewhere, nor tells that it was opened. */
export function mailHtml({ subject, intro, week, sheets, since, sheetOf, leave }: MailParts): string {
  const attached = new Set(sheets.map(({ siren }) => siren))
  const page = html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${subject}</title>
      </head>
      <body style="${BODY}">
        ${intro.map((text) => html`<p>${text}</p>`)}
        ${week.epcis.map((one) => epci(one, since, sheetOf(one.siren), attached.has(one.siren)))}
        ${week.quiet.length === 0 ? null : html`<p>${WORDS.quiet(week.quiet)}</p>`}
        <p style="${SMALL}">${WORDS.why}<br /><a href="${leave}">${WORDS.leave}</a></p>
      </body>
    </html> `
  return String(page)
}

function epci(
  { name, about, moved, due }: EpciWeek,
  since: string,
  sheet: string,
  attached: boolean,
): SafeHtml {
  return html`<h2>${name}</h2>
    <p>${about}</p>
    ${
      moved === null
        ? html`<p>${WORDS.unknown}</p>`
        : moved.length === 0
          ? html`<p>${WORDS.still}</p>`
          : list(WORDS.moved(since), moved)
    }
    ${due.length === 0 ? null : list(WORDS.due, due)}
    <p><a href="${sheet}">Fiche territoire, ${name}</a>${attached ? ' (jointe)' : ''}</p>`
}

function list(title: string, items: readonly string[]): SafeHtml {
  return html`<p>${title}</p>
    <ul>
      ${items.map((item) => html`<li>${item}</li>`)}
    </ul>`
}
