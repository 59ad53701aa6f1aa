import { configDirectory } from '../app.ts'
import { readRules } from '../config/rules-file.ts'
import { groups } from '../domain/groups.ts'
import type { GroupBounds } from '../domain/groups.ts'
import { groupsText } from '../domain/condition-checks.ts'
import { counted, frenchList, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { CommonOptions } from './base-options.ts'
import { groupsOfDay } from './groups-of-day.ts'
import type { DayOptions } from './groups-of-day.ts'
import { print, say } from './output.ts'

/**
 * `portrea groups N`: even groups for a journée, offline; exit 1 where these people cannot be split so. `--day`: the
 * participants of a journée by their names, written into « Groupe ».
 */
export async function groupsCommand(people: string | undefined, options: DayOptions): Promise<number> {
  if (options.day !== undefined) {
    if (people === undefined) return groupsOfDay(options.day, options)
    throw new PortreaError('USAGE', 'groups : donnez un nombre de personnes, ou --day, pas les deux.')
  }
  if (people === undefined)
    throw new PortreaError('USAGE', 'groups : donnez un nombre de personnes, ou une journée (--day).')
  return evenGroups(people, options)
}

function evenGroups(people: string, { json }: CommonOptions): number {
  const count = Number(people)
  if (!/^\d+$/.test(people) || !Number.isSafeInteger(count) || count < 1 || count > MOST)
    throw new PortreaError(
      'USAGE',
      `groups ${people} : donnez un nombre entier de personnes, de 1 à ${MOST}.`,
    )
  const { from, to } = readRules(configDirectory())['success-conditions'].groups
  const bounds = { from, to }
  const { sizes, nearest } = groups(count, bounds)
  if (json) print({ people: count, ...bounds, groups: sizes ?? [], nearest })
  else say(typeset(sizes === null ? impossible(count, nearest, bounds) : possible(count, sizes)))
  return sizes === null ? 1 : 0
}

/** More than any room holds. */
const MOST = 100_000

function possible(people: number, sizes: readonly number[]): string {
  return `${counted(people, 'personne')} : ${groupsText(sizes)}. Mêlez les fonctions dans chaque groupe.`
}

function impossible(people: number, nearest: readonly number[], { from, to }: GroupBounds): string {
  const others = nearest.map((other) => {
    const { sizes } = groups(other, { from, to })
    return `${counted(other, 'personne')} (${groupsText(sizes ?? [])})`
  })
  const cannot = people < 2 ? 'ne se répartit pas' : 'ne se répartissent pas'
  return `${counted(people, 'personne')} ${cannot} en groupes de ${from} à ${to} ; au plus près : ${frenchList(others, 'ou')}.`
}
