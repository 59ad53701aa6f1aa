import { FIELDS } from '../../src/domain/fields.ts'
import type { FieldName } from '../../src/domain/fields.ts'
import { bretonEpcis } from '../demo/brittany.ts'
import type { DemoEpci } from '../demo/brittany.ts'
import { KINDS, WORDS, of } from '../demo/actor-words.ts'
import { daysBefore } from '../demo/days.ts'
import type { DemoActor } from '../demo/generate-actors.ts'
import { seeded } from '../demo/random.ts'
import type { Random } from '../demo/random.ts'
import { tidyFields } from '../demo/tidy-fields.ts'
import { corrupt } from '../demo/corrupt-records.ts'

/**
 * Real censuses are made of lists, and the records of one list lack the same fields: among 560 and 646 real places
 * there are 20 and 39 patterns of filled fields. The demo's records are each unlike the next: here they come in lists.
 */
const LISTS = 40
/** A record that a person has touched since differs from its list by one field. */
const TOUCHED = 0.1
const CARE = 0.6
const ALWAYS: ReadonlySet<FieldName> = new Set(['id', 'nom', 'commune', 'code_postal', 'adresse'])

/** `count` invented records in the EPCI of Brittany, always the same. @param today 'YYYY-MM-DD' */
export function benchActors(count: number, today: string): DemoActor[] {
  return [...eachBenchActor(count, today)]
}

/** The same one after the other: more of them than memory holds. */
export function* eachBenchActor(count: number, today: string): Generator<DemoActor> {
  const epcis = bretonEpcis()
  yield* actorsIn(count, today, (random) => random.weighted(epcis, ({ population }) => population))
}

/** So many in each of these EPCI, one EPCI after the other. */
export function actorsInEach(epcis: readonly DemoEpci[], each: number, today: string): DemoActor[] {
  return [...actorsIn(epcis.length * each, today, (_, at) => epcis[Math.floor(at / each)]!)]
}

function* actorsIn(
  count: number,
  today: string,
  epciOf: (random: Random, at: number) => DemoEpci,
): Generator<DemoActor> {
  const random = seeded(2026)
  const lists = Array.from({ length: LISTS }, (_, at) => ({ gaps: gapsOf(random), share: 1 / (at + 1) }))
  for (let at = 0; at < count; at++) {
    const epci = epciOf(random, at)
    const { gaps } = random.weighted(lists, ({ share }) => share)
    const { fields, flaws } = corrupt(tidyFields(placeIn(epci, today, random), random), CARE, today, random)
    const touched = random.chance(TOUCHED) ? random.pick(FIELDS) : null
    const kept = FIELDS.map((field) => {
      const lacking = gaps.has(field) !== (field === touched && !ALWAYS.has(field))
      return [field, lacking ? null : fields[field]]
    })
    yield {
      fields: { ...Object.fromEntries(kept), id: `bench-${at + 1}` } as DemoActor['fields'],
      epci: random.chance(0.94) ? epci.siren : null,
      step: null,
      lastContact: random.chance(0.4) ? daysBefore(today, random.whole(3, 600)) : null,
      flaws,
    }
  }
}

function gapsOf(random: Random): ReadonlySet<FieldName> {
  const share = 0.15 + 0.4 * random.next()
  return new Set(FIELDS.filter((field) => !ALWAYS.has(field) && random.chance(share)))
}

/** As someone careful would write it: the list it comes from leaves the gaps. */
function placeIn({ siren, communes }: DemoEpci, today: string, random: Random) {
  const kind = random.weighted(KINDS, (one) => one.share)
  const commune = random.weighted(communes, (one) => one.population ** 0.7)
  const name = `${random.pick(kind.names).replace('{word}', random.pick(WORDS)).replace('{of}', of(commune.name))} ${random.whole(1, 99)}`
  return { ...{ kind, commune, name, siren, today }, care: 1 }
}
