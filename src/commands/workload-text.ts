import { monthText, totalText, unknownText } from '../domain/region-days-sentences.ts'
import type { EpcisDays, RegionDays } from '../domain/region-days.ts'
import { counted, typeset } from '../domain/typography.ts'

/** The days of the region as a person reads them in a terminal, in French. */
export function workloadLines({ months, ...all }: RegionDays): string[] {
  if (all.epcis === 0) return [typeset("Aucun EPCI n'a encore de résultat.")]
  return [
    `Charge des ${counted(all.epcis, 'EPCI', 'EPCI')} de la base, chacun compté une fois, sous le référentiel retenu, sinon recommandé :`,
    ...daysLines(all),
    '',
    'Par mois de la journée collaborative (la prochaine, sinon la dernière) :',
    ...months.flatMap(({ month, ...own }) => [
      `${monthText(month)} : ${counted(own.epcis, 'EPCI', 'EPCI')}`,
      ...daysLines(own),
    ]),
  ].map(typeset)
}

function daysLines({ epcis, referents, deploymentOfficer }: EpcisDays): string[] {
  const line = (who: string, days: EpcisDays['referents']) =>
    [`  ${who.padEnd(24)} ${totalText(days)}`, ...[unknownText(days, epcis)].filter(Boolean)].join(' ; ')
  return [line('Chargé·e de déploiement', deploymentOfficer), line('Référent·e·s', referents)]
}
