/** Nobody sees it, and no program takes what stands on both sides of it for one address. */
const WORD_JOINER = '\u2060'
/** Longer is no name. */
const LONGEST = 120

/**
 * A name that people wrote, as it may stand in a channel: it mentions nobody, links nowhere (a bare address neither) and
 * formats nothing. What names of territories are made of is kept, « S.I.V.O.M. du Pays d'Arz » and « Cœur & Vie » whole.
 */
export function plainName(name: string): string {
  const signs = [
    ...name
      .replaceAll(/[^\p{L}\p{M}\p{N} '’.,()/&«»°–-]/gu, ' ')
      .replaceAll(/\s+/gu, ' ')
      .replace(/^[ -]+/u, '') // a dash there would begin a list
      .trim(),
  ]
  const short = signs.length <= LONGEST ? signs : [...signs.slice(0, LONGEST - 1), '…']
  return short.join('').replaceAll(/(?<=\S)\.|(?<=\S)\/(?=\/)/gu, (sign) => WORD_JOINER + sign)
}
