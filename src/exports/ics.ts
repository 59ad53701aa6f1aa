import { ICalCalendar, ICalEventBusyStatus, ICalEventTransparency } from 'ical-generator'
import type { CalendarEvent } from '../domain/calendar/events.ts'

/** How long a calendar program may wait before it asks again. */
const AGAIN_SECONDS = 3600

/**
 * Events as an iCalendar file (RFC 5545), whole days that leave people free.
 * @param at when it is made; the same events give the same bytes at the same instant
 * @param link where an event leads, by the SIREN of its EPCI; null: nowhere is known
 */
export function icsOf(
  events: readonly CalendarEvent[],
  {
    title,
    at,
    link,
  }: { readonly title: string; readonly at: Date; readonly link: ((siren: string) => string) | null },
): string {
  const calendar = new ICalCalendar({
    name: title,
    prodId: { company: 'Portrea', product: 'Portrea', language: 'FR' },
    ttl: AGAIN_SECONDS,
  })
  for (const { uid, day, title: summary, description, place, siren } of events)
    calendar.createEvent({
      ...{ id: `${uid}@portrea`, stamp: at, summary, description, allDay: true },
      start: new Date(`${day}T00:00:00Z`),
      location: place,
      url: link?.(siren) ?? null,
      busystatus: ICalEventBusyStatus.FREE,
      transparency: ICalEventTransparency.TRANSPARENT,
    })
  return calendar.toString()
}
