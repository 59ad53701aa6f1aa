import type { AgreedMapping } from '../config/columns-document.ts'
import { isTickedColumn } from '../domain/adoption/mapped/ticked-columns.ts'
import { meaningFinder } from '../domain/adoption/mapped/vocabulary.ts'
import type { Vocabulary } from '../domain/adoption/mapped/vocabulary.ts'
import type { Ask, Asked } from './adopt-ask.ts'
import { askMeaning } from './adopt-mapped.ts'

const ACTORS = 'actors.'

/**
 * Columns that are ticked, and that a person named together for a field of expected values: each title says one of them,
 * asked about title by title. The single columns that stood for the field are taken out of what was agreed to.
 */
export async function askTicked(
  ask: Ask,
  agreed: Map<string, string>,
  { live, together }: Pick<Asked, 'live' | 'together'>,
  vocabulary: Vocabulary,
): Promise<AgreedMapping[]> {
  const columns = live.find(({ title }) => title === agreed.get('actors'))?.columns ?? []
  const isTicked = (title: string) => columns.some((one) => one.title === title && isTickedColumn(one))
  const told: AgreedMapping[] = []
  for (const [place, titles] of together) {
    const key = place.slice(ACTORS.length)
    const meanings = vocabulary.get(key)
    if (!place.startsWith(ACTORS) || meanings === undefined || !titles.every(isTicked)) continue
    const find = meaningFinder(meanings)
    const each: Record<string, string> = {}
    for (const title of titles) {
      const value = await askMeaning(ask, title, meanings, find)
      if (value !== null) each[title] = value
    }
    agreed.delete(place)
    together.delete(place)
    if (Object.keys(each).length > 0) told.push({ key, from: { each }, words: null })
  }
  return told
}
