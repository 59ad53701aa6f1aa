import type { LiveColumn } from '../live-base.ts'
import { ofRespondent, ofSeveralYears } from '../secondary.ts'
import { verdictOf } from '../verdict.ts'
import { SEVERAL } from './by-hand.ts'
import type { MappedProposal } from './mapped-proposal.ts'
import { columnTitled, freeColumns, isTold, proposedFor } from './seen-table.ts'
import type { SeenTable } from './seen-table.ts'
import { withoutRank } from './titles.ts'

/**
 * A second telephone, the columns of a second source: what the first column does not say, a further one of the same name
 * may; of telephones and mails a further one of any name that is the place's. Never without a question: a second number
 * may be somebody's own.
 */
export function furtherFields(seen: SeenTable): MappedProposal[] {
  const { own, rules } = seen
  const free = freeColumns(seen).filter((column) => isTold(column, seen))
  const isTheirs = ofPeople(seen)
  return own.places.flatMap((place): MappedProposal[] => {
    const single = proposedFor(seen, place.key)
    const contact = CONTACTS.find((shape) => place.shapes.includes(shape)) ?? null
    if (single === null || !isField(place, seen)) return []
    if (verdictOf(single, rules) !== 'match' && !(contact !== null && single.contested)) return []
    const first = columnTitled(seen, single.title)
    if (first === null) return []
    const others = free.filter(
      (column) =>
        isFurther(column, first, place, seen) ||
        (contact !== null && !isTheirs(first, place) && isOther(column, contact, place, seen, isTheirs)),
    )
    if (others.length === 0) return []
    const titles = [first, ...others].map(({ title }) => title)
    const from = SEVERAL.has(place.key) ? { all: titles } : { first: titles }
    return [{ key: place.key, from, words: null, unknown: [], verdict: 'ask' }]
  })
}

/** What a place often has two of, under names that say what each is for. */
const CONTACTS = ['phone', 'email'] as const
type Contact = (typeof CONTACTS)[number]
/** A name of which no more than half is that of a known one may be anybody's: « Mail Mme Durand ». */
const NAMED = 0.5

/** « Tel fixe », « Téléphone accueil », « Courriel secondaire »: as many such values as confirm it, and a name that is near. */
function isOther(
  column: LiveColumn,
  contact: Contact,
  place: Place,
  seen: SeenTable,
  isTheirs: ReturnType<typeof ofPeople>,
): boolean {
  const { matcher, rules } = seen
  if ((column.profile?.shapes[contact] ?? 0) < rules.evidence.agree || isTheirs(column, place)) return false
  const bare = withoutRank(column.title) ?? column.title
  return (matcher.name(bare, place.names)?.likeness ?? 0) > NAMED
}

/** Whether a column tells of whoever runs the place or filled in a form, or of one year among several: never offered. */
function ofPeople({ theirs, matcher, rules }: SeenTable) {
  const titles = theirs.columns.map(({ title }) => title)
  const ofForm = ofRespondent(
    titles,
    (title, names) => matcher.name(title, names)?.likeness === 1,
    rules.forms,
  )
  const dated = new Set(ofSeveralYears(titles))
  return ({ title }: LiveColumn, place: Place) => {
    const bare = withoutRank(title) ?? title
    return ofForm.has(title) || dated.has(title) || matcher.isAside(bare, matcher.name(bare, place.names))
  }
}

type Place = SeenTable['own']['places'][number]

/** The fields of the standard: what people say of a record beside them has one column. */
function isField({ key, written, linksTo }: Place, { vocabulary }: SeenTable): boolean {
  return (
    !written &&
    linksTo === null &&
    !BESIDE.has(key) &&
    (vocabulary.get(key) === undefined || key === 'typologie')
  )
}
const BESIDE = new Set([
  'id',
  'step',
  'lastContact',
  'referent',
  'verified',
  'notDuplicateOf',
  'doNotPublish',
  'date_maj',
])

function isFurther(
  column: LiveColumn,
  first: LiveColumn,
  place: Place,
  { matcher, rules }: SeenTable,
): boolean {
  const bare = withoutRank(column.title)
  if (bare === null) return false
  const sameAsFirst = matcher.name(bare, [withoutRank(first.title) ?? first.title])?.likeness === 1
  if (!sameAsFirst && matcher.name(bare, place.names)?.likeness !== 1) return false
  return place.shapes.every((shape) => {
    const share =
      shape === 'accepted' ? column.profile?.accepted.get(place.key) : column.profile?.shapes[shape]
    return share === undefined || share >= rules.evidence.agree
  })
}
