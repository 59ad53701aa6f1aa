import { commandLine } from '../domain/command-line.ts'
import { openNamed, withSyncParts } from '../app.ts'
import { isEmail } from '../domain/completeness/web-forms.ts'
import { mondayOf, parisHour } from '../domain/mail/mail-week.ts'
import { weekTeller } from '../domain/mail/weekly-mail.ts'
import type { Unreachable } from '../domain/mail/recipients.ts'
import { counted, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { SyncContext } from '../engine/sync-context.ts'
import { openPrintShop } from '../papers/print-shop.ts'
import { mailKeys } from '../store/mail-keys.ts'
import { beginAnew } from '../store/mailings.ts'
import { mailSetup } from '../work/mail-parts.ts'
import { letterMessage, sendWeek } from '../work/send-week.ts'
import type { MailCounts, SendParts, Sending } from '../work/send-week.ts'
import { writeLetters } from '../work/weekly-mail.ts'
import type { Letter, Letters } from '../work/weekly-mail.ts'
import { open } from './base-options.ts'
import type { CommonOptions, Opening } from './base-options.ts'
import { print, say } from './output.ts'

type Options = CommonOptions & {
  readonly dryRun?: true
  readonly yes?: true
  readonly test?: string
  readonly newKey?: true
}

/**
 * `portrea mail`: `--dry-run` shows who would get what, on this terminal alone; `--test` sends one example; `--yes` sends this
 * week's now to those who have not got it; `--new-key` goes on after PORTREA_API_TOKEN was changed.
 */
export async function mailCommand(options: Options): Promise<number> {
  const { dryRun, yes, test, newKey } = options
  if ([dryRun, yes, test, newKey].filter((one) => one !== undefined).length !== 1)
    throw new PortreaError('USAGE', 'Donnez --dry-run, --test ADRESSE, --yes ou --new-key.')
  if (test !== undefined && !isEmail(test))
    throw new PortreaError('USAGE', `--test ${test} : ce n’est pas une adresse de courriel.`)
  const opening = open(options, ['NOCODB_URL', 'NOCODB_TOKEN', 'PORTREA_API_TOKEN'])
  return withParts(opening, async (parts, base) => {
    const week = mondayOf(parisHour(parts.now()).day)
    if (newKey) return anew(parts, week, options)
    if (test !== undefined) return tryOne(parts, base, test, week)
    if (yes) return sendNow(parts, week, options)
    const { keyed } = parts
    const today = parisHour(parts.now()).day
    return show(
      await writeLetters({ ...parts, base, keys: mailKeys(parts.store, keyed), week, today }),
      options,
    )
  })
}

function withParts<Result>(
  { environment, settings, log }: Opening,
  use: (parts: SendParts, base: SyncContext['base']) => Promise<Result>,
): Promise<Result> {
  const setup = mailSetup(environment, settings)
  return withSyncParts(environment, settings, log, async (context) => {
    const shop = openPrintShop(settings)
    const { store, columns, geography, now, base } = context
    const again = () => openNamed(environment, settings, log, store)
    const ending = new AbortController()
    try {
      const parts = {
        ...setup,
        store,
        columns,
        geography,
        now,
        log,
        shop,
        open: again,
        signal: ending.signal,
      }
      return await use(parts, base)
    } finally {
      shop.close()
    }
  })
}

async function anew({ store, keyed }: SendParts, week: string, { json }: Options): Promise<number> {
  await beginAnew(store, await mailKeys(store, keyed).id(), week)
  if (json) print({ skipped: week })
  else
    say(
      typeset(
        "Qui s'était désinscrit n'est plus connu : prévenez ces personnes, ou ôtez leur adresse. Aucun courriel ne part cette semaine.",
      ),
    )
  return 0
}

/** An example: the first EPCI of the base, as if a record had come and its recommendation had turned clear this week. */
async function tryOne(
  parts: SendParts,
  base: SyncContext['base'],
  address: string,
  week: string,
): Promise<number> {
  const today = parisHour(parts.now()).day
  const keys = mailKeys(parts.store, parts.keyed)
  const { reports, since } = await writeLetters({ ...parts, base, keys, week, today })
  const [first] = reports.values()
  if (first === undefined)
    throw new PortreaError(
      'EPCI_NOT_FOUND',
      `Aucun EPCI n’a de résultat : lancez d’abord \`${commandLine('sync')}\`.`,
    )
  const past = { ...first, recommended: null, confidence: null, actors: first.actors - 1 }
  const before = { ...past, prefilled: first.prefill.prefilled, expected: first.prefill.expected }
  const told = weekTeller({
    ...{ reports: [first], events: [], today, horizon: 1 },
    before: new Map([[first.siren, before]]),
  })
  const recipient = { name: null, address, officerOf: new Set([first.siren]), referentOf: new Set<string>() }
  const person = await keys.person(address)
  const message = await letterMessage(parts, {
    letter: { recipient, week: told(recipient), person },
    ...{ reports, since, link: await keys.link(person), week: `essai-${Date.now()}` },
  })
  const sent = await parts.post.send({ ...message, subject: `[essai] ${message.subject}` })
  const answer = sent === 'sent' ? null : await parts.post.ready()
  say(
    typeset(
      sent === 'sent'
        ? '✓ Courriel d’essai remis au serveur.'
        : `✗ Le serveur ne l'a pas pris (${answer?.ready === false ? answer.reason : sent}).`,
    ),
  )
  return sent === 'sent' ? 0 : 1
}

async function sendNow(parts: SendParts, week: string, { json }: Options): Promise<number> {
  const sending = await sendWeek(parts, week)
  if (json) print(sending)
  else say(...sendingLines(sending))
  const isClean = sending.outcome === 'done' && sending.counts.refused + sending.counts.perhaps === 0
  return isClean ? 0 : 1
}

const HELD = {
  store_mended:
    'la mémoire du service a été perdue cette semaine : qui a déjà reçu son courriel n’est plus su',
  another_key: `PORTREA_API_TOKEN a changé : qui s’est désinscrit n’est plus su ; remettez l’ancien, ou lancez \`${commandLine('mail', '--new-key')}\``,
  skipped: `\`${commandLine('mail', '--new-key')}\` a été lancé cette semaine`,
} as const

function sendingLines(sending: Sending): string[] {
  if (sending.outcome === 'elsewhere') return ['Un autre service envoie déjà ces courriels.'].map(typeset)
  if (sending.outcome === 'held') return [typeset(`Rien n'est envoyé cette semaine : ${HELD[sending.why]}.`)]
  return COUNTS.flatMap(([key, text]) => {
    const count = sending.counts[key]
    return count === 0 && key !== 'sent' ? [] : [typeset(`${text} : ${count}`)]
  })
}

const COUNTS: readonly (readonly [keyof MailCounts, string])[] = [
  ['sent', 'Courriels envoyés'],
  ['before', 'Déjà envoyés cette semaine'],
  ['nothing', 'Rien à dire'],
  ['left', 'Désinscrit·e·s'],
  ['unreachable', "Sans adresse, ou dont l'adresse n'en est pas une"],
  ['refused', 'Refusés par le serveur'],
  ['perhaps', 'Peut-être arrivés (le serveur s’est tu) : pas de second envoi'],
  ['failed', 'Pas partis : relancez la commande'],
]

function show({ letters, unreachable }: Letters, { json }: Options): number {
  if (json)
    print({
      letters: letters.map((letter) => ({
        ...{ name: letter.recipient.name, address: letter.recipient.address, status: statusOf(letter) },
        ...letter.week,
      })),
      unreachable,
    })
  else
    say(
      ...letters.flatMap(letterLines),
      ...unreachable.map((one) => typeset(`✗ ${one.name ?? 'sans nom'} : ${WHY[one.why]}.`)),
      typeset(
        `${counted(letters.filter((one) => statusOf(one) === 'due').length, 'courriel partirait', 'courriels partiraient')} ; rien n'est envoyé.`,
      ),
    )
  return 0
}

const WHY: Readonly<Record<Unreachable['why'], string>> = {
  no_address: 'sans adresse',
  not_an_address: 'son adresse n’en est pas une : corrigez-la dans NocoDB',
}

function statusOf({ left, state, week }: Letter): 'due' | 'left' | 'nothing' | 'before' {
  if (left) return 'left'
  if (state !== null && state !== 'failed') return state === 'nothing' ? 'nothing' : 'before'
  return week.epcis.length === 0 ? 'nothing' : 'due'
}

const STATUS = {
  due: 'à envoyer',
  left: 'désinscrit·e',
  nothing: 'rien à dire',
  before: 'déjà envoyé cette semaine',
} as const

function letterLines(letter: Letter): string[] {
  const { recipient, week } = letter
  return [
    `${recipient.name ?? 'sans nom'} <${recipient.address}> : ${STATUS[statusOf(letter)]}`,
    ...week.epcis.flatMap(({ name, moved, due }) => [
      `  ${name}`,
      ...(moved ?? ["ce qui a bougé n'est pas connu"]).map((one) => `    ${one}`),
      ...due.map((one) => `    ${one}`),
    ]),
    ...(week.quiet.length === 0 ? [] : [`  Sans nouvelle ni échéance : ${week.quiet.join(', ')}`]),
  ].map(typeset)
}
