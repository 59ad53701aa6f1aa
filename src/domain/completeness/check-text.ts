import { withoutDamage } from '../reading/encoded-twice.ts'
import { withoutUnseen } from '../reading/unseen-signs.ts'
import { type Check, type CheckKind, found, NOTHING } from './check.ts'

/** One line of text: no stray spaces, no lost letters, no HTML. */
export const text: CheckKind = {
  reasons: () => ({ spaces: [], lost_letters: [], markup: [] }),
  remember: false,
  make: () => reader((value) => value.replace(/\s+/gu, ' ').trim()),
}

/** Text in paragraphs: the same, but its spaces and line breaks are its author's. */
export const prose: CheckKind = {
  reasons: () => ({ lost_letters: [], markup: [] }),
  remember: false,
  make: () => reader((value) => value),
}

function reader(tidy: (value: string) => string): Check {
  return (value) => {
    if (!isOdd(value)) return NOTHING
    if (value.includes(REPLACEMENT)) return found('lost_letters')
    const plain = withoutMarkup(value)
    const suggestion = tidy(plain === value ? value : plain.trim())
    if (suggestion === value || suggestion === '') return NOTHING
    return found(plain !== value ? 'markup' : 'spaces', suggestion)
  }
}

/** A text as it reads: signs that nobody sees, accents damaged by a change of encoding and HTML taken away. */
export function plainText(value: string): string {
  return withoutMarkup(withoutUnseen(withoutDamage(value)))
}

const SPACE = 0x20
/** What a faultless text seldom holds: & < � */
const ODD = new Set([0x26, 0x3c, 0xfffd])

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
