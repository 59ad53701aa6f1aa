import type { FieldChange } from '../import/proposal.ts'

/** Between the values of a list, as records hold them. */
const BETWEEN = '|'

/**
 * What two answers about one new place say together: what either alone says, and of a list the values of both. null: they
 * say two things of one field, and a person has to choose.
 */
export function merged(
  first: readonly FieldChange[],
  later: readonly FieldChange[],
  isList: (field: FieldChange['field']) => boolean,
): readonly FieldChange[] | null {
  const said = new Map(later.map((change) => [change.field, change]))
  const together: FieldChange[] = []
  for (const change of first) {
    const other = said.get(change.field)
    said.delete(change.field)
    const same = other === undefined || sign(other.after) === sign(change.after)
    if (!same && !isList(change.field)) return null
    together.push(same ? change : { ...change, after: union(change.after, other?.after ?? '') })
  }
  return [...together, ...said.values()]
}

function union(one: string, other: string): string {
  return [...new Set([...one.split(BETWEEN), ...other.split(BETWEEN)])].join(BETWEEN)
}

/** Capitals and spaces make no other answer. */
function sign(text: string): string {
  return text.trim().toLocaleLowerCase('fr').replaceAll(/\s+/gu, ' ')
}
