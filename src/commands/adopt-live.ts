import { desiredBase } from '../app.ts'
import { adoptedNames } from '../config/columns-document.ts'
import { namedActors } from '../config/columns-file.ts'
import type { Columns } from '../config/columns-file.ts'
import { loadGeography, officialEpcis } from '../config/geography.ts'
import { epciFinder, isNamed } from '../domain/adoption/epci-names.ts'
import { withKept } from '../domain/adoption/live-base.ts'
import type { LiveTable } from '../domain/adoption/live-base.ts'
import { withRefusals } from '../domain/adoption/refusals.ts'
import type { Refusal } from '../domain/adoption/refusals.ts'
import { valueProfiler } from '../domain/adoption/value-shapes.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'
import { acceptedWordings, typeReader } from '../nocodb/adoption/own-tables.ts'
import { readLiveBase } from '../nocodb/adoption/read-live-base.ts'
import type { Base } from '../nocodb/base.ts'
import { formerPlaces } from '../nocodb/names.ts'
import type { Named } from '../nocodb/names.ts'
import { readProvisioned } from '../nocodb/provision/provisioned.ts'
import type { Opening } from './base-options.ts'

type Before = {
  /** What people renamed since config/columns.yaml was written. */
  readonly named: Named
  /** The text of that file. */
  readonly text: string
  /** What was said no to in earlier runs. */
  readonly refusals: readonly Refusal[]
}

/** The tables of a base as they stand, with what was answered about them before: adopted, refused, or told in words. */
export async function liveOf(
  base: Base,
  opening: Opening,
  rules: AdoptionRules,
  { named, text, refusals }: Before,
): Promise<LiveTable[]> {
  const kept = withKept(await readLive(base, opening, rules, named), adoptedNames(text))
  return withRefusals(kept, [...refusals, ...wordsTold(opening.settings.columns)])
}

async function readLive(
  base: Base,
  { settings }: Opening,
  rules: AdoptionRules,
  named: Named,
): Promise<LiveTable[]> {
  const desired = desiredBase(settings)
  const find = epciFinder(officialEpcis())
  const profile = valueProfiler({
    geography: loadGeography(),
    isEpciName: (text) => isNamed(find(text)),
    accepted: acceptedWordings(desired, settings.rules.completeness.fields),
    organisations: rules.people.organisations,
    typeOf: typeReader(settings.rules.completeness.fields),
  })
  return readLiveBase({
    base,
    made: await readProvisioned(base, desired),
    former: formerPlaces(named),
    profile,
    sample: rules.sample.rows,
  })
}

/** The words of theirs that config/columns.yaml reads already, by table: nothing more is asked about them. */
function wordsTold(columns: Columns): Refusal[] {
  return namedActors(columns).flatMap(({ title, columns: own }) =>
    Object.entries(own).flatMap(([key, column]) =>
      column?.words === undefined
        ? []
        : [{ table: title, is: `actors.${key}`, words: Object.keys(column.words) }],
    ),
  )
}
