import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { Referential } from '../../domain/diagnostic.ts'
import { ALERT_LABELS, CONFIDENCE_LABELS, LEVEL_WORDS, REFERENTIAL_LABELS } from '../../domain/labels.ts'
import type { Level } from '../../domain/maturity.ts'
import type { PrefillStatus } from '../../domain/prefill.ts'
import type { Confidence } from '../../domain/scoring.ts'
import { frenchNumber, typeset } from '../../domain/typography.ts'

type Tone = 'good' | 'fair' | 'weak' | 'bad' | 'neutral'

const ALERT_TONES: Readonly<Record<PrefillStatus, Tone>> = {
  done: 'good',
  on_track: 'good',
  at_risk: 'weak',
  late: 'bad',
  not_started: 'fair',
  no_date: 'neutral',
  consolidating: 'neutral',
}
const CONFIDENCE_TONES: Readonly<Record<Confidence['level'], Tone>> = {
  high: 'good',
  medium: 'fair',
  low: 'weak',
}

/** A word in its colour. */
export function pill(text: string, tone: Tone | Referential): SafeHtml {
  return html`<span class="pill ${tone}">${text}</span>`
}

/** « Outil », in the colour of that référentiel; null: none. */
export function referentialPill(key: Referential | null): SafeHtml {
  return key === null ? unknown('aucun') : pill(REFERENTIAL_LABELS[key], key)
}

/** « À risque » */
export function alertPill(status: PrefillStatus | null): SafeHtml {
  return status === null ? unknown('inconnue') : pill(ALERT_LABELS[status], ALERT_TONES[status])
}

/** « Élevée » */
export function confidencePill(level: Confidence['level'], before = ''): SafeHtml {
  return pill(before + CONFIDENCE_LABELS[level], CONFIDENCE_TONES[level])
}

const LEVEL_TONES: Readonly<Record<Level, Tone>> = {
  absent: 'bad',
  emergent: 'weak',
  structured: 'fair',
  mature: 'good',
}

/** The colour of a level of maturity. */
export function levelTone(level: Level | null): Tone {
  return level === null ? 'neutral' : LEVEL_TONES[level]
}

/** « niveau émergent »; nothing where it is not known. */
export function levelPill(level: Level | null): SafeHtml | null {
  return level === null ? null : pill(`niveau ${LEVEL_WORDS[level]}`, LEVEL_TONES[level])
}

/** What is not known, in a word: never a zero, never a sign to guess. */
export function unknown(word = 'inconnu'): SafeHtml {
  return html`<span class="unknown">${word}</span>`
}

/** « 58,2 %»; null: unknown. */
export function percentText(value: number | null, digits = 0): SafeHtml {
  return value === null ? unknown() : html`${frenchNumber(value, digits)} %`
}

/** A bar of 0–100; null: an empty one that says so. `span` is where the value may still go. */
export function bar(
  value: number | null,
  {
    kind = '',
    label,
    span,
  }: { readonly kind?: string; readonly label: string; readonly span?: readonly [number, number] },
): SafeHtml {
  if (value === null)
    return html`<svg class="bar" role="img"><title>${typeset(`${label} : inconnu`)}</title></svg>`
  const text = typeset(`${label} : ${frenchNumber(value, 0)} sur 100`)
  const from = span === undefined ? 0 : span[0]
  const spanRect =
    span === undefined
      ? null
      : html`<rect class="span" x="${from}%" width="${span[1] - from}%" height="100%" />`
  const end =
    span === undefined
      ? null
      : html`<rect class="mark" x="${Math.max(0, value - 0.5)}%" width="3" height="100%" />`
  const solid = span === undefined ? value : Math.min(value, from)
  return html`<svg class="bar ${kind}" role="img">
    <title>${text}</title>
    ${spanRect}
    <rect width="${solid}%" height="100%" />
    ${end}
  </svg>`
}
