const NARROW = '\u202f'
const FULL = '\u00a0'

/**
 * French typography of a plain sentence: typographic apostrophes, a narrow no-break space inside « » and before
 * ; ! ? %, a no-break space before a colon. Only spaces already there are changed, so addresses stay whole.
 */
export function typeset(text: string): string {
  return text
    .replaceAll(/(\p{L})'(?=[\p{L}«])/gu, '$1’')
    .replaceAll(/«\s*/g, `«${NARROW}`)
    .replaceAll(/\s*»/g, `${NARROW}»`)
    .replaceAll(/ ([;!?%])/g, `${NARROW}$1`)
    .replaceAll(' :', `${FULL}:`)
}

/** A number as French readers write it: decimal comma, at most `digits` decimals, a narrow no-break space each thousand. */
export function frenchNumber(value: number, digits = 1): string {
  const known = formats.get(digits)
  if (known !== undefined) return known.format(value)
  const made = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: digits })
  formats.set(digits, made)
  return made.format(value)
}

/** By their decimals: one takes longer to make than a hundred numbers to write. */
const formats = new Map<number, Intl.NumberFormat>()

/** « 12 mars 2026 », from 'YYYY-MM-DD'. */
export function frenchDay(day: string): string {
  return written(day, { dateStyle: 'long' })
}

/** « le 20 mai 2026 à 03:02 », at the Hub's time. */
export function frenchInstant(at: string): string {
  const zone = { timeZone: 'Europe/Paris' } as const
  const date = new Date(at)
  const day = date.toLocaleDateString('sv-SE', zone)
  const time = date.toLocaleTimeString('fr-FR', { ...zone, hour: '2-digit', minute: '2-digit' })
  return `le ${frenchDay(day)} à ${time}`
}

/** « 12 mars 2026 », « 3 déc. 2026 », where room is scarce; from 'YYYY-MM-DD'. */
export function shortDay(day: string): string {
  return written(day, { dateStyle: 'medium' })
}

/** « mars 2026 », from 'YYYY-MM-DD'. */
export function frenchMonth(day: string): string {
  return written(day, { month: 'long', year: 'numeric' })
}

function written(day: string, style: Intl.DateTimeFormatOptions): string {
  const text = new Date(`${day}T00:00:00Z`).toLocaleDateString('fr-FR', { timeZone: 'UTC', ...style })
  return text.replace(/^1 /, '1er ')
}

/** « a, b et c » */
export function frenchList(items: readonly string[], word = 'et'): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`
}

/** « 1 fiche », « 2 fiches », « 0 fiche »: French counts in the plural from two, by the figure as it is written. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${frenchNumber(count)} ${isPlural(count) ? many : one}`
}

/** The same, and for none a word: « aucune fiche ». */
export function countedOrNone(count: number, none: string, one: string, many = `${one}s`): string {
  return count === 0 ? `${none} ${one}` : counted(count, one, many)
}

/** Whether a figure, as it is written, asks for the plural. */
export function isPlural(count: number): boolean {
  return Math.abs(Math.round(count * 10) / 10) >= 2
}

/** The same, begun with a capital: « (ré)activer » → « (Ré)activer ». */
export function capital(text: string): string {
  return text.replace(/\p{L}/u, (first) => first.toUpperCase())
}
