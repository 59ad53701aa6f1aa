import { type Check, type CheckKind, found, NOTHING } from './check.ts'

/** One line of text: no stray spaces, no accents damaged by a change of encoding, no HTML. */
export const text: CheckKind = {
  reasons: () => ({ spaces: [], encoding: [], lost_letters: [], markup: [] }),
  remember: false,
  make: () => reader((value) => value.replace(/\s+/gu, ' ').trim()),
}

/** Text in paragraphs: the same, but its spaces and line breaks are its author's. */
export const prose: CheckKind = {
  reasons: () => ({ encoding: [], lost_letters: [], markup: [] }),
  remember: false,
  make: () => reader((value) => value),
}

function reader(tidy: (value: string) => string): Check {
  return (value) => {
    if (!isOdd(value)) return NOTHING
    if (value.includes(REPLACEMENT)) return found('lost_letters')
    const decoded = DAMAGED.test(value) ? redecoded(value) : value
    const plain = withoutMarkup(decoded)
    const suggestion = tidy(plain === decoded ? decoded : plain.trim())
    if (suggestion === value || suggestion === '') return NOTHING
    return found(decoded !== value ? 'encoding' : plain !== decoded ? 'markup' : 'spaces', suggestion)
  }
}

/** A text as it reads: signs that nobody sees, accents damaged by a change of encoding and HTML taken away. */
export function plainText(value: string): string {
  const seen = value.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/gu, '')
  return withoutMarkup(DAMAGED.test(seen) ? redecoded(seen) : seen)
}

const SPACE = 0x20
/** What a faultless text seldom holds: & < no-break space, Â Ã (often half of a damaged letter), € (likewise), � */
const ODD = new Set([0x26, 0x3c, 0xa0, 0xc2, 0xc3, 0x20ac, 0xfffd])

/** Whether a value deserves the closer look; most do not. */
function isOdd(value: string): boolean {
  let before = SPACE
  for (let at = 0; at < value.length; at++) {
    const sign = value.charCodeAt(at)
    if (sign <= SPACE ? before === SPACE || sign !== SPACE : (sign < 0x41 || sign > 0x7a) && ODD.has(sign))
      return true
    before = sign
  }
  return before === SPACE
}

const REPLACEMENT = '\ufffd'
/** UTF-8 read as Windows-1252: « Ã© » for é, « Â » and a no-break space, « â€™ » for ’. */
const DAMAGED = /Ã[ \u0080-\u00bf\u0152-\u2122]|Â[\u00a0-\u00bf]|â€/u
/** The signs that Windows-1252 has between 0x80 and 0x9f; five places are empty. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** The text as it was before UTF-8 was read as Windows-1252; unchanged where it cannot be that. */
function redecoded(value: string): string {
  const bytes: number[] = []
  // The second half of à is a no-break space, which many tools make a plain one.
  for (const sign of value.replaceAll('Ã ', 'Ã\u00a0')) {
    const windows = WINDOWS.indexOf(sign)
    const byte = windows >= 0 ? 0x80 + windows : sign.charCodeAt(0)
    if (byte > 0xff || sign.length > 1) return value
    bytes.push(byte)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
  } catch {
    return value // damaged in some other way
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: ' ',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  agrave: 'à',
  acirc: 'â',
  ccedil: 'ç',
  ocirc: 'ô',
  icirc: 'î',
  ugrave: 'ù',
  rsquo: '’',
  laquo: '«',
  raquo: '»',
}

/** `&amp;` and `<br>`, which a web page left behind. */
function withoutMarkup(value: string): string {
  return value
    .replace(/<\/?(?:p|br|b|i|u|a|em|strong|span|div|ul|ol|li|h[1-6]|font)\b[^<>]*>/giu, ' ')
    .replace(/&(?:#(\d{2,5})|([a-z]{2,6}));/giu, (entity: string, code?: string, name?: string) =>
      code === undefined
        ? (ENTITIES[(name ?? '').toLowerCase()] ?? entity)
        : String.fromCodePoint(Number(code)),
    )
}
