/** What a calendar tells of: all EPCI, one, or those of one chargé·e, by a digest of their name. */
export type CalendarScope =
  | { readonly kind: 'region' }
  | { readonly kind: 'epci'; readonly siren: string }
  | { readonly kind: 'officer'; readonly digest: string }

/** A scope as an address holds it: « r », « e200067072 », « c… ». */
export function scopeCode(scope: CalendarScope): string {
  switch (scope.kind) {
    case 'region':
      return 'r'
    case 'epci':
      return `e${scope.siren}`
    case 'officer':
      return `c${scope.digest}`
  }
}

/** The scope behind a code; null: it is none. */
export function readScope(code: string): CalendarScope | null {
  if (code === 'r') return { kind: 'region' }
  if (/^e\d{9}$/.test(code)) return { kind: 'epci', siren: code.slice(1) }
  if (/^c[\w-]{16}$/.test(code)) return { kind: 'officer', digest: code.slice(1) }
  return null
}
