/** Longer is no name. */
const LONGEST = 200
/** Controls, and what nobody sees: marks that turn around what follows them, joiners, half a sign. */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu

/** A name that people wrote, as pages, cells and messages may show it: one line, in the direction of the text around it, of 200 signs at most. */
export function shownName(text: string): string {
  const signs = [
    ...text
      .replaceAll(/[\s\p{Cc}]+/gu, ' ')
      .replaceAll(UNSEEN, '')
      .trim(),
  ]
  return signs.length <= LONGEST ? signs.join('') : `${signs.slice(0, LONGEST - 1).join('')}…`
}
