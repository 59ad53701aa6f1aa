/** The day it is in Paris: 'YYYY-MM-DD'. */
export function parisDay(at: Date): string {
  return at.toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' })
}
