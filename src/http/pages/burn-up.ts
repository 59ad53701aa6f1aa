import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { daysBetween } from '../../domain/days.ts'
import { countedOrNone, frenchDay, frenchNumber, typeset } from '../../domain/typography.ts'
import type { DayOfHistory } from '../../store/history.ts'

const WIDTH = 720
const HEIGHT = 190
const LEFT = 34
const RIGHT = 12
const TOP = 12
const BOTTOM = 24

/** Present and pre-filled records day by day, what is expected, and the next journée; null with fewer than two days. */
export function burnUp(days: readonly DayOfHistory[], journee: string | null): SafeHtml | null {
  const [first] = days
  const last = days.at(-1)
  if (first === undefined || last === undefined || first.day === last.day) return null
  const end = journee !== null && journee > last.day ? journee : last.day
  const span = daysBetween(first.day, end)
  const most = Math.max(1, ...days.flatMap(({ actors, expected }) => [actors, expected ?? 0]))
  const x = (day: string) => LEFT + ((WIDTH - LEFT - RIGHT) * daysBetween(first.day, day)) / span
  const y = (count: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - count / most)
  const line = (kind: string, of: (day: DayOfHistory) => number | null) => {
    const points = days.flatMap((day) => {
      const count = of(day)
      return count === null ? [] : [`${x(day.day).toFixed(1)},${y(count).toFixed(1)}`]
    })
    return html`<polyline class="${kind}" points="${points.join(' ')}" />`
  }
  const filled = countedOrNone(last.prefilled, 'aucune', 'fiche pré-remplie', 'fiches pré-remplies')
  const text = typeset(
    `Du ${frenchDay(first.day)} au ${frenchDay(last.day)} : ${filled} sur ${countedOrNone(last.actors, 'aucune', 'présente')}`,
  )
  const planned =
    journee === null || end !== journee
      ? null
      : html`<line
            class="journee"
            x1="${x(journee)}"
            x2="${x(journee)}"
            y1="${TOP}"
            y2="${HEIGHT - BOTTOM}"
          /><text x="${x(journee) - 4}" y="${TOP + 10}" text-anchor="end">journée</text>`
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">
      <title>${text}</title>
      <line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(0)}" y2="${y(0)}" />
      <text x="${LEFT - 6}" y="${y(0) + 4}" text-anchor="end">0</text>
      <text x="${LEFT - 6}" y="${y(most) + 4}" text-anchor="end">${frenchNumber(most)}</text>
      <text x="${LEFT}" y="${HEIGHT - 6}">${frenchDay(first.day)}</text>
      <text x="${WIDTH - RIGHT}" y="${HEIGHT - 6}" text-anchor="end">${frenchDay(end)}</text>
      ${line('expected', ({ expected }) => expected)}${line('present', ({ actors }) => actors)}${line('prefilled', ({ prefilled }) => prefilled)}${planned}
    </svg>
    <p class="small soft">
      Trait épais : fiches pré-remplies ; trait clair : fiches présentes ; tirets : fiches attendues.
    </p>`
}
