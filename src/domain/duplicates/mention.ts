import { fold } from '../completeness/text.ts'

/**
 * Whether a text in which people name records (« Pas un doublon de ») names this one, by any of its references. They
 * may be parted by whatever sign, stand in a sentence or in a line copied from « Doublons possibles »; « structure-1 » is
 * not named by « structure-12 ».
 */
export function mentions(text: string, references: readonly (string | null)[]): boolean {
  const said = fold(text)
  return references.some((reference) => reference !== null && standsIn(said, fold(reference)))
}

function standsIn(text: string, reference: string): boolean {
  if (reference === '') return false
  for (let at = text.indexOf(reference); at >= 0; at = text.indexOf(reference, at + 1))
    if (!PART.test(text[at - 1] ?? '') && !PART.test(text[at + reference.length] ?? '')) return true
  return false
}

/** Signs that make a longer reference of what they touch. */
const PART = /[\p{L}\p{N}_\-/@]/u

/** A table of records, and what one of its rows is called among all of them. */
export type NamedTable = { readonly title: string; readonly idOf: (row: number) => number }

/** By what a text names a record of whichever table, once `namedRecords` has read it. */
export function recordReference(id: number): string {
  return `@${id}`
}

/**
 * Reads in a text the records that it names by their number and the title of their table (« fiche n° 12 de
 * « Associations » », « Associations 12 »), and puts their references in their place: a number alone then names a row of
 * the table where the text stands.
 */
export function namedRecords(tables: readonly NamedTable[]): (text: string) => string {
  // The longest first: « Lieux » is not named by « Lieux du bourg ».
  const forms = tables
    .map(({ title, idOf }) => ({ name: escaped(fold(title)), idOf }))
    .toSorted((one, other) => other.name.length - one.name.length)
    .flatMap(({ name, idOf }) => [
      { form: new RegExp(`${NUMBER}\\s?(?:${BETWEEN})?\\s?${OPEN}${name}${CLOSE}`, 'gu'), idOf },
      {
        form: new RegExp(`${OPEN}${name}${CLOSE}\\s?[:,(]?\\s?${NUMBER}(?![\\p{L}\\p{N}_\\-/@])`, 'gu'),
        idOf,
      },
    ])
  return (text) => {
    let said = fold(text)
    for (const { form, idOf } of forms)
      said = said.replace(form, (_, number: string) => recordReference(idOf(Number(number))))
    return said
  }
}

const NUMBER = String.raw`(?<![\p{L}\p{N}_\-/@])(?:fiches?\s)?(?:n\s?[°o]\s?|#)?(\d{1,9})`
const BETWEEN = String.raw`(?:d'|de|des|du|dans|\()(?:\s?l'|\s(?:la|le|les|table))*`
const OPEN = String.raw`(?<![\p{L}\p{N}_\-/@])(?:[«"“]\s?)?`
const CLOSE = String.raw`(?![\p{L}\p{N}_\-/@])(?:\s?[»"”])?\)?`

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`)
}
