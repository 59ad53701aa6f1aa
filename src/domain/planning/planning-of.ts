import type { EpciReport } from '../epci-report.ts'
import { planning } from './planning.ts'
import type { Planning } from './planning.ts'
import type { Officer } from './officer-names.ts'
import type { PlanningSettings } from './spread.ts'

/** The planning of the EPCI of these reports. `bySiren`: « Chargé·e de déploiement » as people wrote it. */
export function planningOf(
  reports: readonly EpciReport[],
  { listed, bySiren }: { readonly listed: readonly Officer[]; readonly bySiren: ReadonlyMap<string, string> },
  today: string,
  settings: PlanningSettings,
): Planning {
  const epcis = reports.map(({ siren, name, workload, prefill, stage }) => ({
    ...{ siren, name, stage, officer: bySiren.get(siren) ?? null },
    days: workload.deploymentOfficer,
    progress: prefill.progress,
    forecastEnd: prefill.forecastEnd,
    status: prefill.status,
    next: prefill.collaborativeDay,
    last: prefill.lastCollaborativeDay,
  }))
  return planning({ epcis, officers: listed, today }, settings)
}
