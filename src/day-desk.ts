import { commandLine } from './domain/command-line.ts'
import type { Logger } from 'pino'
import type { Settings } from './app.ts'
import { loadGeography } from './config/geography.ts'
import { groups } from './domain/groups.ts'
import type { GroupBounds } from './domain/groups.ts'
import { shownName } from './domain/shown-name.ts'
import { typeset } from './domain/typography.ts'
import { attend } from './engine/journee/attend.ts'
import { baseNow } from './engine/base-connection.ts'
import type { BaseConnection } from './engine/base-connection.ts'
import { dayRecords } from './engine/journee/day-records.ts'
import { proposeAnswers, proposePlace, saidOnTheDay } from './engine/journee/propose-answers.ts'
import type { AnswerOrigin } from './engine/journee/propose-answers.ts'
import { readBrought } from './engine/journee/read-brought.ts'
import type { SyncContext } from './engine/sync-context.ts'
import { PortreaError } from './errors.ts'
import { sayState } from './engine/invitation-rows.ts'
import { readInvitations } from './engine/invitations.ts'
import type { InvitationParts } from './http/invitation-routes.ts'
import type { DayDesk, DayJournee } from './http/day-desk.ts'
import type { Expected } from './http/pages/day.ts'
import { assertFits } from './nocodb/drift.ts'
import { proposalTable } from './nocodb/proposals.ts'
import { readDays } from './nocodb/read-day-facts.ts'
import { readTurnout } from './nocodb/turnout.ts'
import { referentNames } from './nocodb/referent-names.ts'
import { readParticipants } from './nocodb/participants.ts'
import type { ParticipantRow } from './nocodb/participants.ts'
import { reportOf } from './http/stored-report.ts'
import { getReport } from './store/reports.ts'
import type { Store } from './store/database.ts'

/** What the page of a journée asks and writes, in the base as it is named now. */
function dayDeskOf(connection: BaseConnection, settings: Settings, store: Store, log: Logger): DayDesk {
  const { columns, rules, day } = settings
  const parts = () => contextOf(connection, settings, store, log)
  // Thirty phones open the same page at once: one reading serves them.
  const records = forMoments(async (of: { siren: string; journee: number }) =>
    dayRecords(await parts(), of, day.fields),
  )
  const participants = forMoments(async (id: number) => readParticipants((await parts()).base, columns, id))
  return {
    async journee(id) {
      const { base, geography } = await parts()
      const [found] = await readDays(base, columns, geography, id)
      return found === undefined ? null : { ...found, id }
    },
    async hindrance({ date }) {
      if (date === null) return NO_DATE
      const { base } = await parts()
      return proposalTable(base, columns) === null ? noTable(columns.proposals.title) : null
    },
    records: ({ id, epci }) => records(`${id} ${epci.siren}`, { siren: epci.siren, journee: id }),
    people: async ({ id }) => (await participants(String(id), id)).map(expected).toSorted(byName),
    groups: (people) => groupNumbers(people, rules['success-conditions'].groups),
    async answer(journee, group, record, answers) {
      const said = await proposeAnswers(await parts(), originOf(journee, group), record, answers)
      records.forget()
      return said
    },
    add: async (journee, group, answers) => proposePlace(await parts(), originOf(journee, group), answers),
    async attend({ id }, participant, present) {
      const done = await attend(await parts(), id, participant, present)
      participants.forget()
      return done
    },
    brought: async ({ id }) => readBrought(await parts(), id),
    turnout: async ({ id, epci }) => readTurnout((await parts()).base, columns, id, epci.siren),
    async referents({ epci }) {
      const { base, geography } = await parts()
      return referentNames(base, columns, geography, epci.siren)
    },
    asked: askedFields(columns, rules, day),
    fields: day.fields,
    newPlace: day.newPlace,
    page: day.records,
  }
}

function expected({ id, group, attended, name, organisation, position }: ParticipantRow): Expected {
  return {
    ...{ id, group, attended, name: shown(name) },
    ...{ organisation: shown(organisation), position: shown(position) },
  }
}

function byName(one: Expected, other: Expected): number {
  return (one.name ?? '').localeCompare(other.name ?? '', 'fr')
}

/** The groups in which people are; where nobody is in one, those that their number makes. */
function groupNumbers(people: readonly Expected[], bounds: GroupBounds): readonly number[] {
  const used = people.flatMap(({ group }) =>
    group !== null && Number.isInteger(group) && group > 0 ? [group] : [],
  )
  if (used.length > 0) return [...new Set(used)].toSorted((one, other) => one - other)
  const { sizes } = groups(people.length, bounds)
  return Array.from({ length: sizes?.length ?? 1 }, (_, at) => at + 1)
}

/** The page of a journée for phones, and its invitations. */
export function journeesOf(...given: Parameters<typeof dayDeskOf>): {
  readonly day: DayDesk
  readonly invitations: InvitationParts
} {
  return { day: dayDeskOf(...given), invitations: invitationsOf(...given) }
}

/** Whom to invite to a journée of the base, by what the last run stored of its EPCI. */
function invitationsOf(
  connection: BaseConnection,
  settings: Settings,
  store: Store,
  log: Logger,
): InvitationParts {
  return {
    text: settings.invitation,
    say: async (found, said) => sayState(await contextOf(connection, settings, store, log), found, said),
    async of(day) {
      const parts = await contextOf(connection, settings, store, log)
      const [found] = await readDays(parts.base, parts.columns, parts.geography, day)
      if (found?.epci?.siren === undefined || found.date === null) return null
      const stored = async (siren: string) => {
        const report = await getReport(store, siren)
        return report === null ? null : reportOf(report)
      }
      return readInvitations(parts, found.epci.siren, day, stored)
    },
  }
}

/** What the engine works with, on the base as it is named now. Throws where it does not fit, or NocoDB is away. */
export async function contextOf(
  connection: BaseConnection,
  { columns, rules, webhooks, nocodb }: Settings,
  store: Store,
  log: Logger,
): Promise<SyncContext> {
  const base = await baseNow(connection)
  assertFits(base)
  const [geography, now] = [loadGeography(), () => new Date()]
  return { ...{ base, columns, rules, webhooks, geography, store, log, now }, brake: nocodb.brake }
}

/** How each field is asked for: in the base's own title, with the values to choose from. */
export function askedFields(
  { actors }: Settings['columns'],
  { completeness }: Settings['rules'],
  { helps }: Settings['day'],
): DayDesk['asked'] {
  const fields = new Map(completeness.fields.map((rule) => [rule.field, rule]))
  return (field) => {
    const help = helps[field]
    const choices = Object.keys(fields.get(field)?.accepted ?? {})
    return {
      field,
      title: actors.columns[field].title,
      help: help === undefined ? null : typeset(help),
      choices,
    }
  }
}

const NO_DATE = typeset(
  "Cette journée n'a pas encore de date dans « Journées » : inscrivez-la, puis revenez.",
)

function noTable(title: string): string {
  return typeset(
    `La table « ${title} » manque à la base : lancez \`${commandLine('provision')}\`, puis revenez.`,
  )
}

/** How long one reading serves everybody who asks for the same. */
const MOMENT_MS = 5000

/** What `read` gives, by a key, for a moment; `forget` where something of it was changed. */
function forMoments<Asked, Answer>(read: (asked: Asked) => Promise<Answer>) {
  const kept = new Map<string, Promise<Answer>>()
  const ask = (key: string, asked: Asked): Promise<Answer> => {
    const known = kept.get(key)
    if (known !== undefined) return known
    const answer = read(asked)
    kept.set(key, answer)
    const forget = () => kept.delete(key)
    answer.then(() => setTimeout(forget, MOMENT_MS).unref(), forget)
    return answer
  }
  return Object.assign(ask, { forget: () => kept.clear() })
}

function shown(text: string | null): string | null {
  return text === null ? null : shownName(text) || null
}

function originOf({ id, date, epci }: DayJournee, group: number | null): AnswerOrigin {
  if (date === null)
    throw new PortreaError('SCHEMA_MISMATCH', 'Cette journée n’a pas encore de date dans « Journées ».')
  return saidOnTheDay({ journee: id, date, group, epci })
}
