import { hash } from 'node:crypto'
import type { EpciRow, DeclaredRows } from '../nocodb/read-declared-rows.ts'
import { declaredBySiren } from './assess-epcis.ts'
import type { PrefillBasis } from './epci-prefill.ts'

/**
 * The fingerprint, for each of these EPCI, of all that people declared of it and that its figures depend on, its records
 * aside: where it differs from the one they were computed from, they are stale. The order of the rows changes nothing.
 */
export function declaredInputs(
  declaredRows: DeclaredRows,
  epcis: ReadonlyMap<string, EpciRow>,
  {
    rules,
    reference,
    listed,
    imported,
  }: { readonly rules: string } & Pick<PrefillBasis, 'reference' | 'listed' | 'imported'>,
): ReadonlyMap<string, string> {
  const of = declaredBySiren(declaredRows)
  const rows = Map.groupBy(declaredRows.epcis, ({ writtenSiren }) => writtenSiren)
  return new Map(
    [...epcis].map(([siren, row]) => {
      const { name, population, expectedActors, retained, actualDays, stage, workingAxes, fragility } = row
      const facts = [
        ...[rules, name, population, expectedActors, retained, actualDays, reference(siren)],
        ...[stage, workingAxes, fragility, imported(siren), listed(siren)],
        sorted(rows.get(siren)?.map(({ id, fault }) => ({ id, fault }))),
        sorted(of.diagnostics.get(siren)?.map(({ toCheck: _, ...said }) => said)),
        sorted(of.journees.get(siren)),
        sorted(of.referents.get(siren)),
        sorted(ticks(of.conditions.get(siren))),
      ]
      return [siren, hash('sha256', JSON.stringify(facts), 'hex').slice(0, 32)] as const
    }),
  )
}

/** What people say of the conditions; what the service writes beside is left out. */
function ticks(rows: DeclaredRows['conditions'] = []) {
  return rows.flatMap(({ code, ticked }) => (ticked === null ? [] : [{ code, ticked }]))
}

function sorted(rows: readonly object[] = []): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort()
}
