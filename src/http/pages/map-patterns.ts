import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'

/** How many kinds a map tells apart: as many pairs of a hatching and a colour as there are. */
export const KINDS = 64

/** A colour and a dark one of its own, for the hatching. */
const COLOURS = [
  ['#cbb6f2', '#43217f'],
  ['#a5e3d3', '#075a4b'],
  ['#f7bfe0', '#85185a'],
  ['#ffe08a', '#6b4b00'],
  ['#fbc9a7', '#8a3c02'],
  ['#bcd3f2', '#153a77'],
  ['#c9e6b8', '#215c23'],
  ['#d9dbe0', '#1d2433'],
] as const

type Hatching = { readonly size: number; readonly path: string; readonly width: number }

/** None, strokes, dots… Of the second eight on they are wider apart and turned, and the first has rings. */
const HATCHINGS: readonly Hatching[] = [
  { size: 8, path: '', width: 0 },
  { size: 8, path: 'M-2 2l4-4M0 8l8-8M6 10l4-4', width: 1.6 },
  { size: 9, path: 'M2.5 4.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0', width: 2 },
  { size: 8, path: 'M0 4h8', width: 1.6 },
  { size: 8, path: 'M-2 6l4 4M0 0l8 8M6-2l4 4', width: 1.6 },
  { size: 8, path: 'M4 0v8', width: 1.6 },
  { size: 8, path: 'M4 0v8M0 4h8', width: 1.2 },
  { size: 14, path: 'M6 7a1 1 0 1 0 2 0a1 1 0 1 0-2 0', width: 2.4 },
]
const RINGS: Hatching = { size: 12, path: 'M3 6a3 3 0 1 0 6 0a3 3 0 1 0-6 0', width: 1 }

/** A colour and a hatching for each of these paints that is a kind; what is not known is white, crossed by grey lines. */
export function patterns(paints: readonly string[]): SafeHtml {
  const kinds = paints.flatMap((paint) => (/^c\d+$/u.test(paint) ? Number(paint.slice(1)) : []))
  const guesses = paints.flatMap((paint) => (/^g\d+$/u.test(paint) ? Number(paint.slice(1)) : []))
  return html`<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false">
    <defs>
      ${kinds.map(kind)} ${guesses.map(guess)}
      <pattern id="n" width="16" height="16" patternUnits="userSpaceOnUse">
        <rect class="blank" width="16" height="16" />
        <circle cx="8" cy="8" r="1.5" fill="#6b7280" />
      </pattern>
      <pattern id="u" width="12" height="12" patternUnits="userSpaceOnUse">
        <rect class="blank" width="12" height="12" />
        <path d="M0 12L12 0M0 0l12 12" stroke="#b4bac5" stroke-width="1" />
      </pattern>
    </defs>
  </svg>`
}

/** How many kinds may be hardly sure: the référentiels. */
export const GUESSES = 3

/** On white, wide apart: what is hardly sure stays light in grey too. */
const GUESS_PATHS = [
  'M3 0v6M10 7v6',
  'M-4 4l8-8M0 14l14-14M10 18l8-8',
  'M4 7a3 3 0 1 0 6 0a3 3 0 1 0-6 0',
] as const

/** A kind that is hardly sure: the ink of its colour on white. */
function guess(at: number): SafeHtml {
  // White by night too: the inks are dark.
  const [, ink] = COLOURS[at % COLOURS.length]!
  return html`<pattern id="g${at}" width="14" height="14" patternUnits="userSpaceOnUse">
    <rect width="14" height="14" fill="#fff" />
    <path d="${GUESS_PATHS[at % GUESS_PATHS.length]}" fill="none" stroke="${ink}" stroke-width="1.4" />
  </pattern>`
}

/** The first eight have a colour each; each eight after them pair the hatchings with the next colours. */
function kind(at: number): SafeHtml {
  const round = Math.floor(at / COLOURS.length)
  const place = at % HATCHINGS.length
  const [ground, ink] = COLOURS[(place + round) % COLOURS.length]!
  const { size, path, width } = round > 0 && place === 0 ? RINGS : HATCHINGS[place]!
  const turned = round === 0 ? null : html` patternTransform="rotate(${round * 20}) scale(${1 + round / 4})"`
  return html`<pattern id="c${at}" width="${size}" height="${size}" patternUnits="userSpaceOnUse" ${turned}>
    <rect width="${size}" height="${size}" fill="${ground}" />
    ${path === '' ? null : html`<path d="${path}" fill="none" stroke="${ink}" stroke-width="${width}" />`}
  </pattern>`
}
