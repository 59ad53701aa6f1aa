import { encode } from 'uqr'

/** White modules around a code, by the standard. */
const QUIET = 4

/** A text as a QR code: a picture in SVG, black on white, one unit a module. Throws where the text is too long for any (2,953 bytes). */
export function qrPicture(text: string): string {
  const { side, marks } = qrMarks(text)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side}" height="${side}"><path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/><path d="${marks}"/></svg>`
}

/** The same as what a picture is made of: `side` in modules, its white margin included; `marks` the path of the dark ones. */
export function qrMarks(text: string): { readonly side: number; readonly marks: string } {
  const { data, size } = encode(text, { ecc: 'L', border: 0 })
  const marks = data.flatMap((row, y) =>
    runs(row).map(([x, length]) => `M${x + QUIET} ${y + QUIET}h${length}v1h-${length}z`),
  )
  return { side: size + 2 * QUIET, marks: marks.join('') }
}

/** Where each run of dark modules begins, and how long it is. */
function runs(row: readonly boolean[]): [number, number][] {
  const found: [number, number][] = []
  for (const [x, dark] of row.entries()) {
    const last = found.at(-1)
    if (!dark) continue
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1
    else found.push([x, 1])
  }
  return found
}
