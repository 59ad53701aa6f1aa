import type { TotalDays } from './region-days.ts'
import { capital, counted, frenchMonth, frenchNumber } from './typography.ts'

/** « 512,5 jours, entre 430 et 600 selon ce qui reste inconnu » */
export function totalText({ estimate, range }: TotalDays): string {
  const open = rangeText(range)
  return `${counted(estimate, 'jour')}${open === '' ? '' : `, ${open} selon ce qui reste inconnu`}`
}

/** « entre 430 et 600 »; '' where both ends are the same: nothing is unknown. */
export function rangeText([least, most]: TotalDays['range']): string {
  return least === most ? '' : `entre ${frenchNumber(least)} et ${frenchNumber(most)}`
}

/** « Mars 2027 »; null: « Sans date » */
export function monthText(month: string | null): string {
  return month === null ? 'Sans date' : capital(frenchMonth(`${month}-01`))
}

/** How many EPCI count with the middle of their bounds; '' where none does. */
export function unknownText({ unknown }: TotalDays, epcis: number): string {
  if (unknown === 0) return ''
  const share = epcis === unknown ? `de tous les EPCI (${epcis})` : `de ${unknown} EPCI sur ${epcis}`
  return `rien n'est encore connu ${share}, comptés au milieu de leurs bornes`
}
