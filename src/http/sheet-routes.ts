import type { SafeHtml } from '@remix-run/html-template'
import type { Rules } from '../config/rules-file.ts'
import { addDays } from '../domain/days.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { Fragility } from '../domain/fragility.ts'
import type { Waiting } from '../domain/import/waiting.ts'
import { epciContext } from '../engine/epci-context.ts'
import { listHistory } from '../store/history.ts'
import { soonTold } from './page-reports.ts'
import type { ReportSources, Seen } from './page-reports.ts'
import type { SignedIn } from './page-visitor.ts'
import { epciSheet } from './pages/epci-sheet.ts'
import type { SheetTab } from './pages/epci-sheet.ts'
import type { Visitor } from './pages/layout.ts'
import { NEXT_SHOWN } from './pages/prefill-card.ts'
import { seenReport } from './seen-report.ts'
import { sendPage } from './sign-in-routes.ts'
import type { App } from './zod-routes.ts'

/** What the sheet of one EPCI is made of. */
export type SheetSources = ReportSources & {
  /** Whether it has forms without an account. */
  readonly hasForms: boolean
  readonly rules: Rules
  readonly fragility: Fragility
  /** The names of places, by Id, asked of NocoDB for a member of the base. */
  readonly placeNames: (ids: readonly number[]) => Promise<ReadonlyMap<number, string>>
  /** What sources propose of the places of an EPCI and nobody decided on yet, asked of NocoDB. */
  readonly waiting: (siren: string) => Promise<readonly Waiting[]>
}

const TABS: readonly (readonly [string, SheetTab])[] = [
  ['/epcis/:siren', 'sheet'],
  ['/epcis/:siren/calcul', 'technical'],
]

/** GET /epcis/{siren} and /epcis/{siren}/calcul: the sheet of one EPCI, and how its figures were made. */
export function sheetRoutes(app: App, signedIn: SignedIn, sources: SheetSources): void {
  for (const [path, tab] of TABS)
    app.get(path, { schema: { hide: true } }, async (request, reply) => {
      const visitor = await signedIn(request, reply)
      if (visitor === null) return reply
      const found = await seenReport(request, reply, visitor, sources)
      if (found === null) return reply
      return sendPage(reply, await sheet({ visitor, ...found, tab }, sources))
    })
}

type Asked = {
  readonly visitor: Visitor
  readonly report: EpciReport
  readonly seen: Seen
  readonly tab: SheetTab
}

async function sheet(
  { visitor, report, seen, tab }: Asked,
  { store, rules, fragility, placeNames, waiting, hasForms }: SheetSources,
): Promise<SafeHtml> {
  const next = report.prefillDetail.next.slice(0, NEXT_SHOWN).map(({ record }) => record)
  const [beside, days, names, proposed] = await Promise.all([
    epciContext(report, { store, rules, fragility, reports: seen.reports, region: seen.region }),
    listHistory(store, report.siren, { from: addDays(report.day, -rules.prefill.burnUp), to: report.day }),
    soonTold(placeNames(next), new Map<number, string>()),
    soonTold(waiting(report.siren), []),
  ])
  return epciSheet({ visitor, report: { ...report, ...beside }, rules, days, names, proposed, tab, hasForms })
}
