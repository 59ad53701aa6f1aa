/** A row that holds people: its last sign of life ('YYYY-MM-DD'; null: it has none), and which columns hold something. */
export type PersonalRow = {
  readonly id: number
  readonly sign: string | null
  readonly filled: readonly string[]
  /** What stays of a column that holds something, by its title; absent: nothing. */
  readonly stays?: Readonly<Record<string, string>>
  /** Whether it says something in a column that is not to be erased: it does not go whole. */
  readonly spared: boolean
}

/** What is past its retention, and how many rows cannot be told the age of: those are kept. */
export type Expired = { readonly rows: readonly PersonalRow[]; readonly undated: number }

/** The rows whose last sign is older than `months` months before `today`: on the very day they are still kept. */
export function expired(rows: readonly PersonalRow[], months: number, today: string): Expired {
  const limit = monthsBefore(today, months)
  return {
    rows: rows.filter(({ sign }) => sign !== null && sign < limit),
    undated: rows.filter(({ sign }) => sign === null).length,
  }
}

/** The same day so many months earlier; the last of its month where that one is shorter. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10)
}
