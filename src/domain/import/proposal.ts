import { FIELDS } from '../fields.ts'
import type { FieldName } from '../fields.ts'
import { typeset } from '../typography.ts'
import type { Candidate, Difference, Match } from './match.ts'
import type { SourceRecord } from './source-record.ts'

/**
 * `new`: a place that the base does not have; `unsure`: one that it may have under another name; `completion`: a record
 * lacks it; `conflict`: it says something else; `merge`: two records are one place; `gone`: the source names it no more.
 */
export type ProposalKind = 'new' | 'completion' | 'conflict' | 'unsure' | 'merge' | 'gone'

/** What a field says, and what it would say; `before` null: nothing. */
export type FieldChange = Pick<Difference, 'field' | 'before' | 'after'>

/** One thing that a source says, for a person to accept or refuse as a whole. */
export type Proposal = {
  readonly kind: ProposalKind
  /** The place in its source. */
  readonly key: string
  /** The record that it is about; null: a place that the base does not have. */
  readonly record: string | null
  /** Of one field, or of those that are right together only; of a new place, all that the source says. None: it is gone. */
  readonly changes: readonly FieldChange[]
  /** French: why it is thought to be this record. */
  readonly why: string
  /** How like they are, 0–100; null: nothing to compare. */
  readonly confidence: number | null
}

/** What a match asks people; none where all is already there, or said by an earlier record of the source. */
export function proposalsOf(
  { key, actor }: SourceRecord,
  match: Match,
  shown: (record: string) => string,
): readonly Proposal[] {
  switch (match.kind) {
    case 'new':
    case 'unsure': {
      const { why, confidence } = match.kind === 'new' ? NOT_THERE : likeness(match.candidates, shown)
      const changes = FIELDS.flatMap((field): FieldChange[] => {
        const after = actor.fields[field]
        return after === null ? [] : [{ field, before: null, after }]
      })
      if (actor.fields.nom === null || (match.kind === 'new' && match.twinOf !== undefined)) return []
      return [{ kind: match.kind, key, record: null, changes, why, confidence }]
    }
    case 'same': {
      const { record, reason: why } = match
      return grouped(match.differences).map((changes) => ({
        kind: changes.every(({ kind }) => kind === 'completion') ? 'completion' : 'conflict',
        ...{ key, record, changes, why },
        confidence: percent(match.score),
      }))
    }
  }
}

/** The proposal that tells that a source names a record no more. */
export function goneProposal(key: string, record: string): Proposal {
  const why = typeset('La source l’a cité à une lecture d’avant, et ne le cite plus.')
  return { kind: 'gone', key, record, changes: [], why, confidence: null }
}

const NOT_THERE = {
  why: typeset('Aucune fiche de la base ne lui ressemble.'),
  confidence: null,
}

function likeness(candidates: readonly Candidate[], shown: (record: string) => string) {
  const lines = candidates.map(
    ({ record, reason }) => `• ${shown(record)}${reason === '' ? '' : ` : ${reason}`}`,
  )
  const why = [
    `Peut-être déjà dans la base. Acceptez si c’est un autre lieu, refusez si c’est ${candidates.length === 1 ? 'cette fiche' : 'l’une de ces fiches'} :`,
    ...lines,
  ]
  const [best] = candidates
  return { why: typeset(why.join('\n')), confidence: best === undefined ? null : percent(best.score) }
}

function percent(score: number): number {
  return Math.round(Math.min(100, Math.max(0, score)))
}

/** Those that are right together only, together. */
export function grouped(differences: readonly Difference[]): readonly (readonly Difference[])[] {
  return [...Map.groupBy(differences, ({ field, together }) => together?.join() ?? field).values()]
}

/** After the title of a field; a space follows, and what it says. */
const COLON = '\u00a0:'
const INDENT = '    '

/**
 * The cell that shows what some fields say: the value of one alone; a line each of several, « Titre : valeur », the
 * further lines of a value set in. null: none says anything.
 */
export function shownValues(
  values: readonly (readonly [title: string, value: string | null])[],
  alone: boolean,
): string | null {
  if (values.every(([, value]) => value === null)) return null
  if (alone) return values[0]?.[1] ?? null
  return values.map(([title, value]) => `${plainTitle(title)}${COLON} ${setIn(value ?? '')}`).join('\n')
}

function plainTitle(title: string): string {
  return title
    .replaceAll(COLON, ':')
    .replaceAll(/[\r\n]/gu, ' ')
    .trim()
}

function setIn(value: string): string {
  return value.replaceAll('\n', `\n${INDENT}`)
}

/** The values of such a cell of so many fields; undefined: it was not made so. */
export function readShownValues(
  cell: string | null,
  count: number,
  alone: boolean,
): readonly (string | null)[] | undefined {
  if (cell === null) return Array.from({ length: count }, () => null)
  if (alone) return [cell]
  const entries = cell.split(/\n(?! {4})/u)
  const values = entries.map((entry) => {
    const at = entry.indexOf(COLON)
    return at < 0 ? undefined : entry.slice(at + COLON.length).replace(/^ /u, '')
  })
  if (values.length !== count || values.includes(undefined)) return undefined
  return values.map((value) => value!.replaceAll(`\n${INDENT}`, '\n') || null)
}

/** The fields of a proposal, as one cell keeps them; null: it keeps none that are ours. */
export function readFieldKeys(cell: string): readonly FieldName[] | null {
  const keys = cell === '' ? [] : cell.split(' ')
  return keys.every((key): key is FieldName => (FIELDS as readonly string[]).includes(key)) ? keys : null
}
