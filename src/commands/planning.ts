import { withSyncParts } from '../app.ts'
import { parisDay } from '../domain/days.ts'
import { planningLines } from '../domain/planning/planning-sentences.ts'
import { planningOf } from '../domain/planning/planning-of.ts'
import { PortreaError } from '../errors.ts'
import { readOnly } from '../engine/read-base.ts'
import { readOfficers } from '../nocodb/officers.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

/** `portrea planning`: a year of journées by chargé·e, and months proposed for the EPCI without one; writes nothing. */
export async function planningCommand({
  months,
  ...options
}: CommonOptions & { readonly months?: string }): Promise<number> {
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const horizon = months === undefined ? settings.planning.horizon : monthsAsked(months)
  const made = await withSyncParts(environment, settings, log, async (parts) => {
    const { reports } = await readOnly(parts)
    const officers = await readOfficers(parts.base, parts.columns, parts.geography)
    return planningOf(reports, officers, parisDay(parts.now()), { ...settings.planning, horizon })
  })
  if (options.json) print(made)
  else say(...planningLines(made))
  return 0
}

const MOST = 36

function monthsAsked(text: string): number {
  const count = Number(text)
  if (!/^\d+$/.test(text) || count < 1 || count > MOST)
    throw new PortreaError('USAGE', `--months ${text} : donnez un nombre entier de mois, de 1 à ${MOST}.`)
  return count
}
