import { z } from 'zod'
import type { Rules } from '../config/rules-file.ts'
import type { Contours } from '../files/contours-file.ts'
import { drawing } from './map-drawing.ts'
import type { Drawing } from './map-drawing.ts'
import { measureOf, MEASURES } from './map-measures.ts'
import { visitorOf } from './page-visitor.ts'
import { mapPage } from './pages/map.ts'
import type { Sessions } from './session.ts'
import { sendPage } from './sign-in-routes.ts'
import { seenBy } from './page-reports.ts'
import type { ReportSources } from './page-reports.ts'
import type { App } from './zod-routes.ts'

/** What the map is made of. */
export type MapSources = ReportSources & {
  readonly rules: Rules
  /** null: none are kept. */
  readonly contours: () => Promise<Contours | null>
}

const Query = z.object({ par: z.enum(MEASURES).catch('referentiel').default('referentiel') })

/** GET /carte: the EPCI on a map, for those signed in. */
export function mapRoutes(app: App, sessions: Sessions, sources: MapSources): void {
  const { rules, contours } = sources
  const drawn = keptDrawing()
  app.get('/carte', { schema: { hide: true } }, async (request, reply) => {
    const visitor = await visitorOf(sessions, request, reply)
    if (visitor === null) return reply
    const { par: key } = Query.parse(request.query)
    const { reports } = await seenBy(visitor, sources)
    const all = reports.toSorted((one, other) => one.name.localeCompare(other.name, 'fr'))
    const kept = await contours()
    const map =
      kept === null
        ? null
        : {
            contours: kept,
            drawing: drawn(
              kept,
              all.map(({ siren }) => siren),
            ),
          }
    return sendPage(reply, mapPage({ visitor, key, measure: measureOf(key, rules), reports: all, map }))
  })
}

/** Draws once for the same contours and the same EPCI. */
function keptDrawing(): (contours: Contours, sirens: readonly string[]) => Drawing {
  let latest: { readonly contours: Contours; readonly of: string; readonly drawing: Drawing } | null = null
  return (contours, sirens) => {
    const of = sirens.toSorted().join(' ')
    if (latest?.contours !== contours || latest.of !== of)
      latest = { contours, of, drawing: drawing(contours.zones, new Set(sirens)) }
    return latest.drawing
  }
}
