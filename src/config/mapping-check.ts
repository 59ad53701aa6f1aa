import { LABELS } from '../columns/labels.ts'
import { isField } from '../domain/fields.ts'
import { fold } from '../domain/completeness/text.ts'
import { allSources } from '../domain/mapping/mapping.ts'
import { typeset } from '../domain/typography.ts'
import type { ColumnName } from './column-name.ts'
import type { Columns } from './columns-file.ts'
import type { Rules } from './rules-file.ts'

/** How a column is read: of which others, in which words. */
type MappedColumn = Pick<ColumnName, 'from' | 'words'>

/**
 * What config/columns.yaml would have read in the words of a base, and that nothing expects, one French sentence each: a
 * value that is none would make every record wrong.
 */
export function mappingFaults(
  { actors, otherActors }: Columns,
  rules: Pick<Rules, 'completeness'>,
): string[] {
  const others = otherActors.flatMap((table, at) =>
    columnFaults(`columns.yaml: otherActors.${at}.columns`, table.columns, rules),
  )
  return [...columnFaults('columns.yaml: actors.columns', actors.columns, rules), ...others]
}

/** The same of the columns of one table or list, by their keys; `place`: the file, and where they stand in it. */
export function columnFaults(
  place: string,
  columns: Readonly<Partial<Record<string, MappedColumn>>>,
  { completeness }: Pick<Rules, 'completeness'>,
): string[] {
  return Object.entries(columns).flatMap(([key, column]) => {
    if (column === undefined) return []
    const twice = saidTwice(`${place}.${key}`, key, column)
    const expected = expectedIn(key, completeness)
    if (expected === null) return twice
    const unexpected = meanings(column).flatMap(({ at, meaning }) =>
      meaning
        .split('|')
        .filter((value) => value !== '' && !expected.includes(value))
        .map((value) =>
          typeset(
            `${place}.${key}.${at} : « ${value} » n’est pas une valeur attendue là ; écrivez l’une de celles-ci : ${expected.join(', ')}`,
          ),
        ),
    )
    return [...twice, ...unexpected]
  })
}

/** A word or a column that says two things, and a word of an EPCI that names none. */
function saidTwice(place: string, key: string, { from, words = {} }: MappedColumn): string[] {
  const own = Object.keys(words)
  const again = own.filter((word, at) => own.findIndex((other) => fold(other) === fold(word)) !== at)
  const sources = from === undefined ? [] : allSources(from)
  const twice = sources.filter((title, at) => sources.indexOf(title) !== at)
  const sirens =
    key === 'epci' ? Object.entries(words).filter(([, siren]) => !/^(?:\d{9})?$/u.test(siren)) : []
  return [
    ...again.map((word) => `${place}.words : « ${word} » y est deux fois ; gardez-en un`),
    ...twice.map((title) => `${place}.from : la colonne « ${title} » y est deux fois ; gardez-en une`),
    ...sirens.map(([word]) => `${place}.words « ${word} » : donnez le SIREN de l'EPCI, 9 chiffres`),
  ].map(typeset)
}

type Meaning = { readonly at: string; readonly meaning: string }

function meanings({ from, words = {} }: MappedColumn): Meaning[] {
  const ofWords = Object.entries(words).map(([word, meaning]) => ({ at: `words « ${word} »`, meaning }))
  if (from === undefined) return ofWords
  if ('constant' in from) return [...ofWords, { at: 'from.constant', meaning: from.constant }]
  if (!('each' in from)) return ofWords
  const ticked = Object.entries(from.each).map(([title, meaning]) => ({
    at: `from.each « ${title} »`,
    meaning,
  }))
  return [...ofWords, ...ticked]
}

/** The values that a column expects; null: any. */
function expectedIn(key: string, { fields }: Rules['completeness']): readonly string[] | null {
  if (key === 'step') return Object.values(LABELS.step)
  if (!isField(key)) return null
  const accepted = fields.find(({ field }) => field === key)?.accepted
  return accepted === undefined ? null : Object.keys(accepted)
}
