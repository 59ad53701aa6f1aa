import type { WebhookSettings } from '../config/webhooks-file.ts'

/** A receiver may ask for patience, not without end. */
const LONGEST_ASKED = 6 * 3600

/**
 * When to try again after so many attempts; null: given up. A little later each by chance (0–1), so that not all come
 * at once, and never before the receiver asked.
 */
export function nextTry(
  attempts: number,
  retryAfterSeconds: number | null,
  { delivery }: Pick<WebhookSettings, 'delivery'>,
  { now, chance }: { readonly now: Date; readonly chance: number },
): Date | null {
  const seconds = delivery.retryAfterSeconds[attempts - 1]
  if (seconds === undefined) return null
  const asked = Math.min(retryAfterSeconds ?? 0, LONGEST_ASKED)
  return new Date(now.getTime() + Math.max(seconds, asked) * (1 + chance / 10) * 1000)
}
