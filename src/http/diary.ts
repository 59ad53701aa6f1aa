import type { FastifyRequest } from 'fastify'
import type { CalendarDay, Deadlines } from '../domain/calendar/events.ts'
import type { PlanningSettings } from '../domain/planning/spread.ts'
import type { OfficersSource } from './planning-routes.ts'

/** What the planning and the calendars are made of; `officers` and `days` are asked of NocoDB, and throw where it is away. */
export type DiaryParts = {
  readonly settings: PlanningSettings
  readonly deadlines: Deadlines
  /** PORTREA_PUBLIC_URL, with its last slash; null: addresses follow the request. */
  readonly publicUrl: string | null
  /** An HMAC by a secret of the service that is not in its store. */
  readonly keyed: (text: string) => string
  readonly officers: OfficersSource
  readonly days: () => Promise<readonly CalendarDay[]>
}

/** Where the service is reached, with its last slash: PORTREA_PUBLIC_URL, else as this request came. */
export function rootOf(publicUrl: string | null, { protocol, host }: FastifyRequest): string {
  return publicUrl ?? `${protocol}://${host}/`
}
