import { REFERENTIAL_LABELS } from '../domain/labels.ts'
import { counted, frenchNumber, typeset } from '../domain/typography.ts'
import type { Days } from '../domain/workload.ts'
import { dayData } from './day-papers.ts'
import type { PaperFacts } from './day-papers.ts'

/** What the draft of an agreement says; what is not known is left for people to fill in. */
export function agreementData({ day, report, referentials, settings }: PaperFacts): object {
  const referential = report?.workload.referential ?? null
  const rule = referential === null ? null : referentials.referentials[referential]
  const line = (who: string, { estimate, low, high }: Days) => ({
    who,
    estimate: counted(estimate, 'jour'),
    range: `entre ${frenchNumber(low)} et ${frenchNumber(high)} jours pour ce référentiel`,
  })
  const who = settings.roles.map((role) => role.who)
  return {
    day: dayData(day),
    referential: {
      label: referential === null ? '' : REFERENTIAL_LABELS[referential],
      chosen: report?.workload.follows === 'retained',
      aim: rule === null ? '' : typeset(`${rule.aim}.`),
      method: report?.method ?? [],
    },
    days:
      report === null
        ? []
        : [
            line(who[0] ?? 'Référent·e·s', report.workload.referents),
            line(who[1] ?? 'Chargé·e de déploiement', report.workload.deploymentOfficer),
          ],
    conditions: (report?.conditions ?? []).map(({ label }) => `${label}.`),
  }
}
