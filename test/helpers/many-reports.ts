import fc from 'fast-check'
import { loadGeography } from '../../src/config/geography.ts'
import type { EpciReport } from '../../src/domain/epci-report.ts'
import { anyReport } from './any-report.ts'

const DRAWN = 61

/**
 * Reports of so many EPCI of the official list (1,255 in all), those of Brittany first, of which anything may be known;
 * the same each time.
 */
export function manyReports(count: number): EpciReport[] {
  const geography = loadGeography()
  const drawn = fc.sample(anyReport, { numRuns: DRAWN, seed: 20 })
  return officialEpcis(geography)
    .slice(0, count)
    .map((siren, at) => {
      const { name, population } = geography.epci(siren)!
      return { ...drawn[at % DRAWN]!, siren, name, population }
    })
}

function officialEpcis({ byDepartment, epci }: ReturnType<typeof loadGeography>): string[] {
  const others = Array.from({ length: 95 }, (_, at) => String(at + 1).padStart(2, '0'))
  const departments = ['22', '29', '35', '56', ...others, '2A', '2B', '971', '972', '973', '974', '976']
  const sirens = departments.flatMap((one) => byDepartment(one).flatMap(({ epci: siren }) => siren ?? []))
  return [...new Set(sirens)].filter((siren) => epci(siren) !== null)
}
