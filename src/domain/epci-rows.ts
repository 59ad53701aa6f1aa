import { words } from './adoption/epci-words.ts'
import { wordsLikeness } from './adoption/name-likeness.ts'
import type { Geography } from './geography.ts'
import { successorsOf } from './successors.ts'
import { typeset } from './typography.ts'

/** A row of the table EPCI, as far as it says which EPCI it is. */
export type NamedRow = {
  readonly id: number
  /** 9 digits; null where it is missing or is no SIREN. */
  readonly siren: string | null
  /** Its name as people wrote it; null: none. */
  readonly name: string | null
}

/**
 * What is wrong with the rows whose SIREN cannot be theirs, in French, with the remedy: nothing may be computed for them,
 * and what is linked to them counts for nobody by that link. A row whose name is that of another EPCI bears a wrong SIREN;
 * of several rows with one SIREN, those that name it are one EPCI entered twice, and of the others nobody can tell.
 */
export function faultyEpciRows(rows: readonly NamedRow[], geography: Geography): ReadonlyMap<number, string> {
  const faults = new Map<number, string>()
  const left = rows.flatMap(({ id, siren, name }) => {
    if (siren === null) return []
    const fault = otherEpci(siren, name, geography)
    if (fault !== null) faults.set(id, told(fault))
    return fault === null ? [{ id, siren, name }] : []
  })
  for (const [siren, sharing] of Map.groupBy(left, (row) => row.siren))
    if (sharing.length > 1)
      for (const { id } of unrecognised(siren, sharing, geography))
        faults.set(id, told(unclear(siren, geography)))
  return faults
}

/** Whether a text is one of `faultyEpciRows`. */
export function tellsFaultyRow(text: string): boolean {
  return text.endsWith(ENDING)
}

const ENDING = typeset("D'ici là, rien n'est calculé pour cette ligne, et aucun lien vers elle ne compte.")

function told(fault: string): string {
  return `${typeset(fault)} ${ENDING}`
}

/** Of a SIREN whose EPCI is known, beside the name of another: whose it is, and what is to be mended. */
function otherEpci(siren: string, name: string | null, geography: Geography): string | null {
  const owner = ownerOf(siren, geography)
  if (name === null || owner === null) return null
  const named = sirensNamed(name, geography)
  if (named.length === 0 || isOneOf(named, lineOf(siren, geography), geography)) return null
  if (isShortFor(name, owner)) return null
  const [only, ...others] = named
  const its =
    only === undefined || others.length > 0
      ? `« ${name} » en est un autre`
      : `celui de « ${ownerOf(only, geography) ?? name} » est ${only}`
  return `Le SIREN ${siren} est celui de « ${owner} » ; ${its} : corrigez le SIREN de cette ligne, ou son nom.`
}

function unclear(siren: string, geography: Geography): string {
  const owner = ownerOf(siren, geography)
  const whose = owner === null ? '' : `, celui de « ${owner} »`
  return `Plusieurs lignes portent le SIREN ${siren}${whose}, et le nom de celle-ci ne dit pas que c'est elle : corrigez son SIREN ou son nom, ou supprimez-la.`
}

/** Of rows with one SIREN, those that may be another EPCI: their name is neither its own nor like it. */
function unrecognised(siren: string, rows: readonly NamedRow[], geography: Geography): readonly NamedRow[] {
  const owner = ownerOf(siren, geography)
  const named = rows.flatMap(({ name }) => name ?? [])
  const own = (name: string) =>
    (owner !== null && isLike(name, owner)) ||
    isOneOf(sirensNamed(name, geography), lineOf(siren, geography), geography)
  if (named.some(own)) return rows.filter(({ name }) => name !== null && !own(name))
  const alike = named.every((one) => named.every((other) => isLike(one, other)))
  return alike ? [] : rows
}

/** The EPCI that bear a name; none: nobody knows it. */
function sirensNamed(name: string, geography: Geography): readonly string[] {
  const found = geography.epciNamed(name)
  if (found.kind === 'unknown' || found.kind === 'doubtful') return []
  return found.kind === 'found' ? [found.siren] : found.sirens
}

/** Whether one of these EPCI, or what it became, is of this line. */
function isOneOf(sirens: readonly string[], line: readonly string[], geography: Geography): boolean {
  return sirens.some((one) => lineOf(one, geography).some((today) => line.includes(today)))
}

/** The last name of an EPCI of today or before; null: the SIREN is nobody's. */
function ownerOf(siren: string, geography: Geography): string | null {
  return geography.epci(siren)?.name ?? geography.formerEpci(siren)?.name ?? null
}

/** An EPCI and those into which it went: a name may be brought up to date before its SIREN is, or after. */
function lineOf(siren: string, geography: Geography): readonly string[] {
  const former = geography.formerEpci(siren)
  if (former === null) return [siren]
  return [siren, ...successorsOf(former.communes, geography).map((one) => one.siren)]
}

/** « Landerneau » for « Pays de Landerneau-Daoulas »: some of its words, or its initials. */
function isShortFor(name: string, whole: string): boolean {
  const [short, all] = [words(name), words(whole)]
  if (short.core.length > 0 && short.core.every((word) => all.core.includes(word))) return true
  return short.glued !== '' && (short.glued === initials(all.core) || short.glued === initials(all.whole))
}

function initials(list: readonly string[]): string {
  return list.map((word) => word.charAt(0)).join('')
}

/** How much alike the words of two names must be (0–1); a word mistyped counts for most of one. */
const LIKE = 0.6
const MISTYPED = 0.8

function isLike(one: string, other: string): boolean {
  if (isShortFor(one, other) || isShortFor(other, one)) return true
  return wordsLikeness(words(one).core, words(other).core, MISTYPED) >= LIKE
}
