import type { Finding } from '../finding.ts'
import type { EpciReport } from '../epci-report.ts'

type Told = Pick<Finding, 'field' | 'code' | 'severity'>

/** Counts how many records have each finding: field and code only, never a value. */
export function findingTally(): {
  add(findings: readonly Told[]): void
  counts(): EpciReport['findings']
} {
  const counts = new Map<string, { finding: Told; records: number }>()
  return {
    add(findings) {
      const seen = new Set<string>()
      for (const finding of findings) {
        if (seen.has(finding.code)) continue
        seen.add(finding.code)
        const known = counts.get(finding.code)
        if (known === undefined) counts.set(finding.code, { finding, records: 1 })
        else known.records += 1
      }
    },
    counts() {
      return [...counts.values()]
        .map(({ finding: { field, code, severity }, records }) => ({ field, code, severity, records }))
        .sort((one, other) => other.records - one.records || (one.code < other.code ? -1 : 1))
    },
  }
}
