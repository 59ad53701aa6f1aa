import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { movedSince } from '../../../domain/since.ts'
import type { Moved, Standing } from '../../../domain/since.ts'
import {
  capital,
  counted,
  countedOrNone,
  frenchDay,
  frenchNumber,
  typeset,
} from '../../../domain/typography.ts'
import { list } from '../epci-card.ts'
import type { EpciRow } from '../epci-row.ts'
import { foldingTable } from '../table.ts'
import { questionPage, sheetLink } from './scope.ts'
import type { Scope } from './scope.ts'

/** Since when what changed is told. */
export type Since = {
  /** 'YYYY-MM-DD' */
  readonly day: string
  /** What the address says and is no day that can be asked for; null: nothing. */
  readonly refused: string | null
  /** Days that are asked for most, with their words. */
  readonly usual: readonly (readonly [day: string, words: string])[]
  /** The SIREN of the only EPCI that is asked for; null: all. */
  readonly only: string | null
}

/** How many EPCI stand on the page. */
const SHOWN = 150

/** What changed since a day, of one EPCI and of all, from the history that the service keeps. */
export function changesPage(scope: Scope, since: Since, before: ReadonlyMap<string, Standing>): SafeHtml {
  const known = scope.rows.filter(({ report }) => before.has(report.siren))
  const moved = known
    .map((row) => ({ row, moved: movedSince(before.get(row.report.siren)!, row.report) }))
    .filter(({ moved: { sentences } }) => sentences.length > 0)
    .toSorted((one, other) => Number(other.moved.turned) - Number(one.moved.turned))
  const still = known.length - moved.length
  const unseen = scope.rows.length - known.length
  const rest = [
    ...(still === 0 ? [] : [`${counted(still, 'EPCI', 'EPCI')} sans changement.`]),
    ...(unseen === 0
      ? []
      : [`${counted(unseen, 'EPCI', 'EPCI')} dont rien n'était encore gardé ce jour-là.`]),
    ...(moved.length > SHOWN ? [`Les ${SHOWN} premiers sont montrés.`] : []),
  ]
  return questionPage(
    scope,
    `Ce qui a changé depuis le ${frenchDay(since.day)}`,
    [
      form(scope, since),
      since.refused === null ? null : html`<p class="notice" role="status">${typeset(since.refused)}</p>`,
      html`<p>
        ${typeset(
          summary(
            moved.map((one) => one.moved),
            known,
          ),
        )}
      </p>`,
      moved.length === 0 ? null : table(moved.slice(0, SHOWN)),
      list(rest),
    ],
    { depuis: since.day, ...(since.only === null ? {} : { epci: since.only }) },
  )
}

function form({ path, own }: Scope, { day, usual, only }: Since): SafeHtml {
  const kept = [
    ...(only === null ? [] : [html`<input type="hidden" name="epci" value="${only}" />`]),
    ...(own === false ? [html`<input type="hidden" name="tous" value="oui" />`] : []),
  ]
  const more = `${only === null ? '' : `&epci=${only}`}${own === false ? '&tous=oui' : ''}`
  return html`<form class="filters screen" method="get" action="${path}">
    ${kept}
    <label>Depuis le<input type="date" name="depuis" value="${day}" /></label><button>Afficher</button>
    <ul class="links">
      ${usual.map(([one, words]) => html`<li><a href="${path}?depuis=${one}${more}">${words}</a></li>`)}
    </ul>
  </form>`
}

function table(moved: readonly { readonly row: EpciRow; readonly moved: Moved }[]): SafeHtml {
  return foldingTable(
    'Ce qui a changé, EPCI par EPCI',
    [{ label: 'EPCI' }, { label: 'Ce qui a changé' }],
    moved.map(({ row, moved: { sentences } }) => [
      sheetLink(row),
      html`<ul class="plain">
        ${sentences.map((one) => html`<li>${one}</li>`)}
      </ul>`,
    ]),
  )
}

function summary(moved: readonly Moved[], known: readonly EpciRow[]): string {
  if (known.length === 0) return 'Rien n’était encore gardé ce jour-là : choisissez un jour plus récent.'
  if (moved.length === 0) return 'Rien n’a changé depuis.'
  const sum = (of: (one: Moved) => number) => moved.reduce((all, one) => all + of(one), 0)
  const turned = moved.filter((one) => one.turned).length
  const signed = (count: number, one: string, many: string) =>
    count === 0
      ? `autant de ${many}`
      : `${counted(Math.abs(count), one, many)} de ${count > 0 ? 'plus' : 'moins'}`
  return capital(
    `${frenchNumber(moved.length)} EPCI ${moved.length > 1 ? 'ont' : 'a'} bougé : ${countedOrNone(turned, 'aucun', 'autre référentiel recommandé', 'autres référentiels recommandés')}, ${signed(
      sum((one) => one.actors),
      'fiche présente',
      'fiches présentes',
    )}, ${signed(
      sum((one) => one.prefilled),
      'fiche pré-remplie',
      'fiches pré-remplies',
    )}.`,
  )
}
