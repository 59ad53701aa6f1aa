const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' })

/** The day it is in Paris: 'YYYY-MM-DD'. */
export function parisDay(at: Date): string {
  return PARIS.format(at)
}
