import { createHmac } from 'node:crypto'
import type { Settings } from './app.ts'
import type { Environment } from './config/environment.ts'
import { loadGeography } from './config/geography.ts'
import type { Deadlines } from './domain/calendar/events.ts'
import type { DiaryParts } from './http/diary.ts'
import { calendarDays } from './nocodb/calendar-days.ts'
import { readOfficers } from './nocodb/officers.ts'
import { shared } from './shared.ts'
import { baseNow } from './engine/base-connection.ts'
import type { BaseConnection } from './engine/base-connection.ts'

/** How long one reading of who is in charge, and of the journées, serves every page and calendar. */
const SHARED_MS = 30_000

/** What the planning and the calendars are made of, read from the base as it is named now. */
export function diaryOf(
  base: BaseConnection,
  { columns, planning, rules }: Settings,
  { PORTREA_API_TOKEN, PORTREA_PUBLIC_URL }: Environment,
): DiaryParts {
  const opened = () => baseNow(base)
  return {
    settings: planning,
    deadlines: deadlinesOf(rules),
    publicUrl: PORTREA_PUBLIC_URL?.replace(/\/*$/, '/') ?? null,
    keyed: keyedBy(PORTREA_API_TOKEN),
    officers: shared(async () => readOfficers(await opened(), columns, loadGeography()), SHARED_MS),
    days: shared(async () => calendarDays(await opened(), columns, loadGeography()), SHARED_MS),
  }
}

/** An HMAC by PORTREA_API_TOKEN, which no store holds. */
export function keyedBy(apiToken = ''): (text: string) => string {
  return (text) => createHmac('sha256', apiToken).update(text).digest('base64url')
}

/** The delays that calendars tell, as config/ has them. */
export function deadlinesOf(rules: Settings['rules']): Deadlines {
  const checks = rules['success-conditions'].conditions.map(({ check }) => check)
  const notice = checks.find((check) => check?.kind === 'notice')
  return {
    notice: notice?.days ?? null,
    prefill: rules.prefill.late,
    consolidation: rules.prefill.consolidation.days,
  }
}
