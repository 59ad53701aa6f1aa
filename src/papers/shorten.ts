/** Cuts a text at a word so that it holds no more than `most` signs, and says so by « … ». */
export function shortened(text: string, most: number): string {
  const whole = text.replaceAll(/[ \t\r\n]+/gu, ' ').trim() // a no-break space stays one
  const signs = [...whole]
  if (signs.length <= most) return whole
  const cut = signs.slice(0, most).join('')
  const space = cut.lastIndexOf(' ')
  return `${(space > most / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.]+$/u, '')}…`
}

/** The first of them, each shortened, and how many more there are; none where there are none. */
export function fewer(
  texts: readonly string[],
  { items, signs }: Room,
  words: (left: number) => string = others,
): string[] {
  const shown = texts.slice(0, items).map((one) => shortened(one, signs))
  const left = texts.length - shown.length
  return left === 0 ? shown : [...shown, words(left)]
}

/** How many lines of a list, and signs of a line, a paper has room for. */
export type Room = { readonly items: number; readonly signs: number }

function others(left: number): string {
  return left === 1 ? 'et 1 autre' : `et ${left} autres`
}
