import type { Logger } from 'pino'
import type { Settings } from './app.ts'
import { loadGeography } from './config/geography.ts'
import { groups } from './domain/groups.ts'
import { shownName } from './domain/shown-name.ts'
import { typeset } from './domain/typography.ts'
import { attend } from './engine/journee/attend.ts'
import type { BaseConnection } from './engine/base-connection.ts'
import { dayRecords } from './engine/journee/day-records.ts'
import { proposeAnswers, proposePlace } from './engine/journee/propose-answers.ts'
import type { DayOrigin } from './engine/journee/propose-answers.ts'
import { readBrought } from './engine/journee/read-brought.ts'
import type { SyncContext } from './engine/sync-context.ts'
import { PortreaError } from './errors.ts'
import { readInvitations } from './engine/invitations.ts'
import type { InvitationParts } from './http/invitation-routes.ts'
import type { DayDesk, DayJournee } from './http/day-desk.ts'
import { assertFits } from './nocodb/drift.ts'
import { readJournee, referentNames } from './nocodb/journee.ts'
import { readParticipants } from './nocodb/participants.ts'
import { reportOf } from './http/stored-report.ts'
import { getReport } from './store/reports.ts'
import type { Store } from './store/database.ts'

/** What the page of a journée asks and writes, in the base as it is named now. */
export function dayDeskOf(
  connection: BaseConnection,
  settings: Settings,
  store: Store,
  log: Logger,
): DayDesk {
  const { columns, rules, day } = settings
  const geography = loadGeography()
  const parts = () => contextOf(connection, settings, store, log)
  return {
    async journee(id) {
      const { base } = await parts()
      const found = await readJournee(base, columns, geography, id)
      if (found === null || found.siren === null) return null
      const { siren } = found
      const stored = await getReport(store, siren)
      const report = stored === null ? null : reportOf(stored)
      const name = report?.name ?? geography.epci(siren)?.name ?? siren
      return { id, date: found.date, place: found.place, epci: { siren, name } }
    },
    records: async ({ epci }) => dayRecords(await parts(), epci.siren, day.fields),
    async people({ id }) {
      const { base } = await parts()
      const all = await readParticipants(base, columns, id)
      return all
        .map((one) => ({
          ...{ id: one.id, group: one.group, attended: one.attended },
          name: shown(one.name),
          organisation: shown(one.organisation),
          position: shown(one.position),
        }))
        .toSorted((one, other) => (one.name ?? '').localeCompare(other.name ?? '', 'fr'))
    },
    groups(people) {
      const highest = Math.max(0, ...people.map(({ group }) => group ?? 0))
      const sizes = groups(people.length, rules['success-conditions'].groups).sizes
      return Math.min(MOST_GROUPS, Math.max(1, highest || (sizes?.length ?? 1)))
    },
    answer: async (journee, group, record, answers) =>
      proposeAnswers(await parts(), originOf(journee, group), record, answers),
    add: async (journee, group, answers) => proposePlace(await parts(), originOf(journee, group), answers),
    attend: async ({ id }, participant, present) => attend(await parts(), id, participant, present),
    brought: async ({ id }) => readBrought(await parts(), id),
    async referents({ epci }) {
      const opened = await parts()
      return referentNames(opened.base, columns, geography, epci.siren)
    },
    asked: askedFields(columns, rules, day),
    fields: day.fields,
    newPlace: day.newPlace,
    page: day.records,
  }
}

/** Whom to invite to a journée of the base, by what the last run stored of its EPCI. */
export function invitationsOf(
  connection: BaseConnection,
  settings: Settings,
  store: Store,
  log: Logger,
): InvitationParts {
  return {
    text: settings.invitation,
    async of(day) {
      const parts = await contextOf(connection, settings, store, log)
      const found = await readJournee(parts.base, parts.columns, parts.geography, day)
      if (found === null || found.siren === null || found.date === null) return null
      const stored = async (siren: string) => {
        const report = await getReport(store, siren)
        return report === null ? null : reportOf(report)
      }
      return readInvitations(parts, found.siren, day, stored)
    },
  }
}

/** What the engine works with, on the base as it is named now. Throws where it does not fit, or NocoDB is away. */
async function contextOf(
  connection: BaseConnection,
  { columns, rules, webhooks, nocodb }: Settings,
  store: Store,
  log: Logger,
): Promise<SyncContext> {
  await connection.stands()
  const base = await connection.get()
  assertFits(base)
  const [geography, now] = [loadGeography(), () => new Date()]
  return { ...{ base, columns, rules, webhooks, geography, store, log, now }, brake: nocodb.brake }
}

/** How each field is asked for: in the base's own title, with the values to choose from. */
function askedFields(
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

/** More would be no journée. */
const MOST_GROUPS = 100

function shown(text: string | null): string | null {
  return text === null ? null : shownName(text) || null
}

function originOf({ id, date, epci }: DayJournee, group: number | null): DayOrigin {
  if (date === null)
    throw new PortreaError('SCHEMA_MISMATCH', 'Cette journée n’a pas encore de date dans « Journées ».')
  return { journee: id, date, group, epci }
}
