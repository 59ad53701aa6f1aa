import { readFileSync } from 'node:fs'
import { PortreaError } from '../errors.ts'

/** The text of a file; `marked`: whether a copy in UTF-8 is to bear a byte order mark. */
export type FileText = { readonly text: string; readonly marked: boolean; readonly notes: readonly string[] }

/** Reads a file in whatever code its letters are; INPUT_INVALID where it cannot be read as text. */
export function readFileText(path: string): FileText {
  const bytes = readBytes(path)
  refuseUtf16(bytes, path)
  const file = decode(bytes)
  if (file.text.trim() !== '') return file
  throw new PortreaError(
    'INPUT_INVALID',
    `${path} est vide ; donnez un CSV avec sa ligne de titres, ou un tableau JSON.`,
  )
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw notRead(path, cause)
  }
}

/** Why a file that a person named cannot be read. */
export function notRead(path: string, cause: unknown): PortreaError {
  const why =
    (cause as NodeJS.ErrnoException).code === 'ENOENT'
      ? 'n’existe pas ; vérifiez le chemin'
      : 'ne peut pas être lu'
  return new PortreaError('INPUT_INVALID', `${path} ${why}.`, { cause })
}

/** UTF-16 is what spreadsheets call « texte Unicode »: of the two bytes of each sign of a table, one is 0. */
function refuseUtf16(bytes: Buffer, path: string): void {
  const start = bytes.subarray(0, 1024)
  if (!start.includes(0) && !/^(?:\u00ff\u00fe|\u00fe\u00ff)/u.test(start.toString('latin1'))) return
  throw new PortreaError(
    'INPUT_INVALID',
    `${path} est en UTF-16, ou n’est pas du texte ; enregistrez-le de nouveau en « CSV UTF-8 ».`,
  )
}

/** UTF-8, or the code page of Windows, of DOS or of old Macintoshes under which the letters make French words. */
function decode(bytes: Buffer): FileText {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { text: text.replace(/^\uFEFF/u, ''), marked: text.startsWith('\uFEFF'), notes: [] }
  } catch {
    // Not UTF-8: what spreadsheets of Western Europe write instead.
    const { read, note } = likeliestCodePage(bytes)
    return { text: read(bytes), marked: true, notes: [note] }
  }
}

/** The code page under which the letters of this beginning of a file make French words; each byte is one sign of it. */
export function likeliestCodePage(sample: Buffer): {
  readonly read: (bytes: Buffer) => string
  /** What people are told of it. */
  readonly note: string
} {
  const [best] = CODE_PAGES.map(({ name, read }) => ({
    name,
    read,
    french: frenchness(read(sample.subarray(0, SAMPLE))),
  })).toSorted((one, other) => other.french - one.french)
  const { name, read } = best as (typeof CODE_PAGES)[number]
  const note = `Le fichier n’est pas en UTF-8 : il a été lu en ${name}. Mieux vaut l’enregistrer en UTF-8.`
  return { read, note }
}

/** So many bytes tell the code page. */
const SAMPLE = 1_000_000

/** The upper half of code page 850 (that of DOS in Western Europe; 437 has the same small letters of French). */
const DOS =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'

/** The likeliest first: it is taken where nothing tells them apart. */
const CODE_PAGES: readonly { readonly name: string; readonly read: (bytes: Buffer) => string }[] = [
  { name: 'Windows-1252 (Latin-1)', read: (bytes) => new TextDecoder('windows-1252').decode(bytes) },
  {
    name: 'DOS (page de code 850)',
    read: (bytes) =>
      bytes.toString('latin1').replace(/[\u0080-\u00ff]/gu, (sign) => DOS[sign.charCodeAt(0) - 0x80] ?? sign),
  },
  { name: 'Macintosh (Mac Roman)', read: (bytes) => new TextDecoder('macintosh').decode(bytes) },
]

/** How much the letters beyond ASCII stand where French words have them: each in its place counts 1, any other −1. */
function frenchness(text: string): number {
  let sum = 0
  for (const { 0: sign, index } of text.matchAll(/\P{ASCII}/gu)) {
    const [before, after] = [text.charAt(index - 1), text.charAt(index + 1)]
    if ('éèêëàâîïôùûüçœ'.includes(sign))
      sum += /[a-zéèêëàâîïôùûüçœ]/iu.test(before + after) || sign === 'à' ? 1 : 0
    else if ('ÉÈÊËÀÂÎÏÔÙÛÜÇŒ'.includes(sign)) sum += /\p{Ll}/u.test(before) ? -1 : 1
    else if ('’‘“”–—…€«»°·²\u00a0'.includes(sign))
      sum += /\p{L}/u.test(before) && /\p{Ll}/u.test(after) && sign !== '’' ? -1 : 0
    else sum -= 1
  }
  return sum
}
