/** One ratio against its target; `higher` is better for « n × faster », `lower` for « at most n × ». */
export type Ratio = {
  readonly target: number
  readonly name: string
  readonly value: number
  readonly better: 'lower' | 'higher'
  readonly floor: number
  readonly aim: number
  readonly unit: '×' | '%' | 'MB' | 'KB' | 'ms' | 's'
}

/** One time measured: how many records it took, and what should be known about it. */
export type Time = {
  readonly name: string
  readonly seconds: number
  readonly records: number
  readonly repeats: number
  readonly note: string
}

export type Verdict = 'aim' | 'floor' | 'missed'

/** Where a ratio stands. */
export function verdict({ value, better, floor, aim }: Ratio): Verdict {
  const reaches = (bound: number) => (better === 'lower' ? value <= bound : value >= bound)
  return reaches(aim) ? 'aim' : reaches(floor) ? 'floor' : 'missed'
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The value that `share` percent do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil((share / 100) * sorted.length) - 1)] ?? Number.NaN
}

const SIGNS: Readonly<Record<Verdict, string>> = { aim: '✓ aim', floor: '✓ floor', missed: '✗' }

/** The ratios, then the times behind them, as two tables. */
export function tables(ratios: readonly Ratio[], times: readonly Time[]): string {
  const ratioRows = ratios.map((ratio) => [
    String(ratio.target),
    ratio.name,
    shown(ratio.value, ratio.unit),
    bound(ratio, ratio.floor),
    bound(ratio, ratio.aim),
    SIGNS[verdict(ratio)],
  ])
  const timeRows = times.map(({ name, seconds, records, repeats, note }) => [
    name,
    `${seconds.toFixed(2)} s`,
    String(records),
    `${Math.round(records / seconds)}/s`,
    String(repeats),
    note,
  ])
  return [
    table(['target', 'ratio', 'value', 'floor', 'aim', ''], ratioRows),
    table(['work', 'median', 'records', 'rate', 'runs', ''], timeRows),
  ].join('\n\n')
}

function bound({ better, unit }: Ratio, value: number): string {
  return `${better === 'lower' ? '≤' : '≥'} ${shown(value, unit)}`
}

function shown(value: number, unit: Ratio['unit']): string {
  if (unit === 'MB' || unit === 'KB' || (unit === 'ms' && value >= 20)) return `${Math.round(value)} ${unit}`
  const digits = value >= 20 ? String(Math.round(value)) : value.toFixed(2).replace(/\.?0+$/, '')
  return `${digits} ${unit}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]!.length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}
