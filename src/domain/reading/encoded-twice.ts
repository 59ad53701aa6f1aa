/** The signs that Windows-1252 has between 0x80 and 0x9f; five places are empty. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
/** Latin-1 from 0xa0 on, which Windows-1252 shares. */
const LATIN = Array.from({ length: 96 }, (_, at) => String.fromCharCode(0xa0 + at)).join('')
const MACINTOSH =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ'
/** Code page 850, of the consoles of Windows; what nobody's text holds stands as U+0000. */
const CONSOLE =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'

/**
 * What UTF-8 looks like where it was read in another encoding: the first sign of a letter, and those that may follow it.
 * Only the first bytes of what French is written with are looked for (0xc2 0xc3 0xc5, and 0xe2 0xef 0xf0 for signs of
 * punctuation, lost letters and pictures): « É» » at the end of a quotation is no damaged letter.
 */
const DAMAGES = [`${WINDOWS}${LATIN}`, MACINTOSH, CONSOLE].map((table) => {
  const bytes = new Map([...table].map((sign, at) => [sign, 0x80 + at]))
  if (table.startsWith(WINDOWS))
    for (let code = 0x80; code < 0xa0; code++) bytes.set(String.fromCharCode(code), code)
  const signs = (from: number, to: number): string =>
    [...bytes]
      .filter(([, byte]) => byte >= from && byte <= to)
      .map(([sign]) => sign)
      .join('')
  const rest = `[${signs(0x80, 0xbf)}]`
  const first = (...those: number[]): string => `[${those.map((byte) => signs(byte, byte)).join('')}]`
  const damaged = [
    `${first(0xc2, 0xc3, 0xc5)}${rest}`,
    `${first(0xe2)}${first(0x80, 0x81, 0x82, 0x84)}${rest}`,
    `${first(0xef)}(?:${first(0xbb)}${first(0xbf)}|${first(0xbf)}${first(0xbd)})`,
    `${first(0xf0)}${first(0x9f)}${rest}{2}`,
  ]
  return { bytes, damaged: new RegExp(damaged.join('|'), 'gu') }
})

/** Signs of which one at least stands in a damaged text, to look for them in the brackets of a regular expression. */
export const DAMAGED = '\\u0080-\\u009fÂÃÅ€√¬≈Ä┬├┼Çïð'

/**
 * The text as it was before its UTF-8 was read in another encoding (« Ã© », « √© », « ├® » for é), once or several
 * times, and before Windows-1252 was read as Latin-1; the same text where nothing is damaged. Letter by letter: a text of
 * which only a part is damaged is mended too.
 */
export function withoutDamage(text: string): string {
  let whole = text
  for (let before: string | null = null; whole !== before;) {
    before = whole
    whole = DAMAGES.reduce((mended, { bytes, damaged }) => {
      return mended.replace(
        damaged,
        (letter) => decoded([...letter].map((sign) => bytes.get(sign) ?? 0)) ?? letter,
      )
    }, withNoBreakSpaces(whole))
  }
  return whole.replace(CONTROLS, (sign) => WINDOWS[sign.charCodeAt(0) - 0x80] ?? sign)
}

const CONTROLS = /[\u0080-\u009f]/gu

/**
 * The second half of à is a no-break space, which many tools make a plain one, or take away at the end. Where a letter
 * follows, the space was there as well: no French word has an à before a letter.
 */
function withNoBreakSpaces(text: string): string {
  if (!text.includes('Ã')) return text
  return text
    .replace(/(?<!\p{Lu})Ã (?=[\p{L}\d«(])/gu, 'Ã\u00a0 ')
    .replace(/(?<!\p{Lu})Ã(?: (?![\p{L}\d«(])|$)/gu, 'Ã\u00a0')
}

/** Bytes as UTF-8; null where they are none. */
function decoded(bytes: readonly number[]): string | null {
  try {
    return UTF8.decode(Uint8Array.from(bytes))
  } catch {
    return null // signs that only look like it
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
