import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { typeset } from '../../domain/typography.ts'
import { qrMarks } from '../../papers/qr.ts'

/** An address for the camera of a telephone: printed, or shown on a screen. */
export function qrCode(address: string, label: string): SafeHtml {
  const { side, marks } = qrMarks(address)
  return html`<svg class="qr" viewBox="0 0 ${side} ${side}" role="img" aria-label="${typeset(label)}">
    <path fill="#fff" d="M0 0h${side}v${side}h-${side}z" />
    <path fill="#000" d="${marks}" />
  </svg>`
}
