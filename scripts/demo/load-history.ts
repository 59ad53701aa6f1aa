import type { Rules } from '../../src/config/rules-file.ts'
import { compileActorRules } from '../../src/domain/completeness/assess-actor.ts'
import { expectedRecords } from '../../src/domain/expected-records.ts'
import type { Geography } from '../../src/domain/geography.ts'
import { openStore } from '../../src/store/database.ts'
import { saveHistory } from '../../src/store/history.ts'
import type { DemoActor } from './generate-actors.ts'
import { generateHistory } from './generate-history.ts'
import type { DemoCount } from './generate-history.ts'
import type { DemoTerritories } from './generate-epcis.ts'

/** Gives the invented records a past, so that speed and forecast are there from the first synchronisation on. */
export async function loadHistory(
  dataDir: string,
  actors: readonly DemoActor[],
  { epcis }: DemoTerritories,
  {
    rules,
    geography,
    today,
  }: { readonly rules: Rules; readonly geography: Geography; readonly today: string },
): Promise<void> {
  const counts = countsOf(actors, epcis, rules, geography, today)
  const store = await openStore({ dataDir })
  try {
    for (const { day, rows } of generateHistory(counts, { today })) await saveHistory(store, day, rows)
  } finally {
    await store.close()
  }
}

function countsOf(
  actors: readonly DemoActor[],
  epcis: DemoTerritories['epcis'],
  rules: Rules,
  geography: Geography,
  today: string,
): DemoCount[] {
  const judge = compileActorRules(rules.completeness, geography, today, 'prefill')
  const unsaid = { contactedOn: null, step: null, verified: [], changedOn: null }
  const assessed = actors.map(({ fields, epci }, index) =>
    judge({ id: String(index), fields, linkedEpci: epci, ...unsaid }),
  )
  const bySiren = Map.groupBy(assessed, ({ epci }) => epci)
  const ratio = { per10000: rules.prefill.expected.per10000, regional: false }
  return epcis.map(({ siren, population, expectedActors }) => {
    const its = bySiren.get(siren) ?? []
    const targets = { declared: expectedActors, reference: null, listed: null, population }
    return {
      siren,
      actors: its.length,
      prefilled: its.filter(({ prefilled }) => prefilled).length,
      expected: expectedRecords(targets, ratio).expected ?? 0,
    }
  })
}
