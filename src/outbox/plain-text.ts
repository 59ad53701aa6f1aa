/** Nobody sees it, and no program takes what stands on both sides of it for one address. */
const WORD_JOINER = '\u2060'
/** Longer is no name, and no sentence. */
const LONGEST = { name: 120, sentence: 600 } as const
/** What names and sentences are made of; a colon and a semicolon where French has them, with a space. */
const OTHER = /[^\p{L}\p{M}\p{N} \u00a0\u202f'’.,()/&«»°%?:;–-]|:(?!\s)|(?<=\S);/gu

/**
 * What people wrote, as it may stand in a channel: it mentions nobody, links nowhere (a bare address neither) and
 * formats nothing. What names of territories are made of is kept, « S.I.V.O.M. du Pays d'Arz » and « Cœur & Vie » whole.
 */
export function plainText(text: string, what: keyof typeof LONGEST): string {
  const signs = [
    ...text
      .replaceAll(OTHER, ' ')
      .replaceAll(/ {2,}/gu, ' ')
      .replace(/^[\s-]+/u, '') // a dash there would begin a list
      .trim(),
  ]
  const longest = LONGEST[what]
  const short = signs.length <= longest ? signs : [...signs.slice(0, longest - 1), '…']
  return short.join('').replaceAll(/(?<=\S)\.|(?<=\S)\/(?=\/)/gu, (sign) => WORD_JOINER + sign)
}
