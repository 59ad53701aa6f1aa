import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { Rules } from '../../config/rules-file.ts'
import { retainedPreconditions } from '../../domain/preconditions.ts'
import { mayWrite } from '../../domain/member.ts'
import { REFERENTIALS } from '../../domain/diagnostic.ts'
import { shortFingerprint } from '../../domain/hash.ts'
import type { EpciReport } from '../../domain/epci-report.ts'
import { REFERENTIAL_LABELS, STAGE_LABELS } from '../../domain/labels.ts'
import {
  blockSentences,
  countSentences,
  needSentences,
  placeSentences,
  similarSentence,
} from '../../domain/place-sentences.ts'
import { overallCoverage } from '../../domain/maturity.ts'
import { counted, frenchDay, frenchList, frenchNumber, typeset } from '../../domain/typography.ts'
import type { Days } from '../../domain/workload.ts'
import type { Waiting } from '../../domain/import/waiting.ts'
import type { DayOfHistory } from '../../store/history.ts'
import type { EpciContext } from '../../engine/epci-context.ts'
import { card, list, pair, titled } from './epci-card.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'
import { ASK_FOR_AXES } from '../../domain/sentences.ts'
import { conditionsCard } from './conditions-card.ts'
import { bar, confidencePill, referentialPill, unknown } from './pills.ts'
import { maturityCard } from './maturity-card.ts'
import { prefillCard } from './prefill-card.ts'
import { foldingTable } from './table.ts'
import type { Column, TableCell } from './table.ts'
import { typologyCard } from './typology-card.ts'

/** What the sheet of one EPCI shows. */
export type SheetView = {
  readonly visitor: Visitor
  readonly report: EpciReport & EpciContext
  readonly rules: Rules
  /** The last days, oldest first. */
  readonly days: readonly DayOfHistory[]
  /** Of the records to do next, by Id, as far as they are known; the reader is a member of the base. */
  readonly names: ReadonlyMap<number, string>
  /** What sources propose, and nobody decided on yet. */
  readonly proposed: readonly Waiting[]
  readonly tab: SheetTab
  /** Whether it has forms without an account. */
  readonly hasForms: boolean
}

/** What of it is shown: what its reader needs, or how the figures were made. */
export type SheetTab = 'sheet' | 'technical'

/** How many questions are put forward. */
const QUESTIONS_SHOWN = 3

/** « Fiche territoire »: what a person brings to a meeting, on a screen or on A4; on a second tab, how its figures were made. */
export function epciSheet(view: SheetView): SafeHtml {
  const { visitor, report, tab, hasForms } = view
  const { name, siren, population, day, stage } = report
  const people = population === null ? '' : ` · ${counted(population, 'habitant')}`
  const step = stage === null ? '' : ` · étape : ${STAGE_LABELS[stage].toLowerCase()}`
  const facts = typeset(`SIREN ${siren}${people}${step} · au ${frenchDay(day)}`)
  const main = html`<p class="screen small"><a href="/epcis">← Tous les EPCI</a></p>
    <h1>${name}</h1>
    <p class="soft">${facts}</p>
    ${actions(visitor, siren, hasForms)} ${tabs(siren, tab)}
    ${tab === 'sheet' ? readerCards(view) : technicalCards(view)}
    <footer class="note">
      ${typeset(`Calculé par Portrea d'après la base NocoDB ; règles ${shortFingerprint(report.rules)}.`)}
    </footer>`
  return layout({ title: `Fiche territoire\u00a0: ${name}`, visitor, kind: 'sheet', main })
}

function actions({ role }: Visitor, siren: string, hasForms: boolean): SafeHtml {
  const edits = mayWrite(role)
  const again = edits
    ? html`<form method="post" action="/epcis/${siren}/recalculer">
        <button class="quiet">Recalculer</button>
      </form>`
    : null
  return html`<div class="links screen">
    ${again} <button class="quiet" data-print>Imprimer</button>
    <a class="button quiet" href="/epcis/${siren}/fiche.pdf">PDF</a>
    <a class="button quiet" href="/epcis/${siren}/et-si">${typeset('Et si ?')}</a>
    <a class="button quiet" href="/epcis/${siren}/journees">Journées et documents</a>
    ${edits && hasForms ? html`<a class="button quiet" href="/epcis/${siren}/formulaires">Formulaires</a>` : null}
    <a class="button quiet" href="/calendriers?epci=${siren}">Calendrier</a>
    <a class="button quiet" href="/changements?epci=${siren}">Ce qui a changé</a>
  </div>`
}

function tabs(siren: string, tab: SheetTab): SafeHtml {
  const one = (href: string, label: string, current: boolean) =>
    html`<li><a href="${href}" ${current ? html` aria-current="page"` : null}>${label}</a></li>`
  return html`<nav class="screen" aria-label="Parties de la fiche">
    <ul class="tabs">
      ${one(`/epcis/${siren}`, 'Fiche', tab === 'sheet')}
      ${one(`/epcis/${siren}/calcul`, 'Détail du calcul', tab === 'technical')}
    </ul>
  </nav>`
}

/** What its reader needs. */
function readerCards({ report, rules, days, names, proposed }: SheetView): SafeHtml {
  return html`<div>
    ${verdictCard(report)} ${daysCard(report)} ${maturityCard(report, rules.maturity)}
    ${prefillCard(report, days, names)} ${sourcesCard(proposed)} ${placeCard(report, rules)}
    ${methodCard(report)} ${axesCard(report)} ${conditionsCard(report.conditions)}
  </div>`
}

/** How the figures were made: points, ranges, degrees, what to ask next, the rules. */
function technicalCards({ report, rules }: SheetView): SafeHtml {
  const { day, rules: fingerprint } = report
  return html`<div>
    ${pointsCard(report)} ${typologyCard(report, rules.typology)} ${furtherCard(report)}
    ${card('Refaire ces chiffres', [
      list([
        `Chiffres du ${frenchDay(day)}, faits avec les règles ${fingerprint}.`,
        'La commande « explain » les refait, et la commande « rules » dit chaque règle et chaque poids.',
      ]),
    ])}
  </div>`
}

/** What each source would add, once a person says so in « Propositions »; null: nothing waits. */
function sourcesCard(proposed: readonly Waiting[]): SafeHtml | null {
  if (proposed.length === 0) return null
  const sources = Map.groupBy(proposed, ({ source }) => source)
  const lines = [...sources].map(
    ([source, all]) => `${source} : ${frenchList(all.map(({ kind, count }) => waitingText(kind, count)))}`,
  )
  return card('Ce que les sources proposent', [list(lines.map(typeset))])
}

function waitingText(kind: Waiting['kind'], count: number): string {
  const words = {
    new: ['lieu que la base n’a pas', 'lieux que la base n’a pas'],
    completion: ['donnée à compléter', 'données à compléter'],
    conflict: ['donnée dite autrement', 'données dites autrement'],
    unsure: ['lieu à rapprocher', 'lieux à rapprocher'],
    merge: ['doublon à fusionner', 'doublons à fusionner'],
    gone: ['fiche qu’elle ne cite plus', 'fiches qu’elle ne cite plus'],
  } as const
  const [one, more] = words[kind]
  return counted(count, one, more)
}

function placeCard(report: SheetView['report'], { indicators, completeness }: Rules): SafeHtml {
  return card('Le territoire', [
    list(placeSentences(report, report, completeness.fields)),
    pair(
      titled('Les quatre besoins', needSentences(report, indicators)),
      titled('Remplissage des fiches', blockSentences(report, indicators)),
    ),
    titled('Ce que comptent les parts', countSentences(report)),
  ])
}

function verdictCard({
  recommendation,
  retained,
  atChoice,
  disagreement,
  declared,
}: SheetView['report']): SafeHtml {
  const { recommended, confidence, reasons, sensitivity, counterfactual, counterfactualAim } = recommendation
  const choice =
    retained === null
      ? null
      : html`<span>${typeset('Référentiel retenu :')} ${referentialPill(retained)}</span>`
  const asked = disagreement === null ? [] : retainedPreconditions(retained, recommendation.preconditions)
  const toDo = asked.map(({ sentence }) => sentence)
  const changes = [counterfactual, counterfactualAim].flatMap((one) => one?.sentence ?? [])
  return card('Le référentiel', [
    html`<p class="verdict">
      <span>${typeset('Recommandé :')} ${referentialPill(recommended)}</span>
      <span>${confidencePill(confidence.level, 'Confiance\u00a0: ')}</span>${choice}
    </p>`,
    list([...(atChoice === null ? [] : [atChoice]), ...toDo, ...(disagreement?.sentences ?? [])]),
    list(reasons),
    list(declared.sentences),
    titled('Ce qui le changerait', [...new Set([sensitivity.sentence, ...changes])]),
  ])
}

/** The points of the three, and how far what is unknown may move them. */
function pointsCard({ recommendation }: SheetView['report']): SafeHtml {
  const { scores, intervals, contributions } = recommendation
  const rows = REFERENTIALS.map((key): TableCell[] => {
    const [low, high] = intervals[key]
    const label = REFERENTIAL_LABELS[key]
    const known = contributions.every((one) => one.referential !== key || one.knownShare === 1)
    const open = high - low < 0.05 ? settled(known) : `de ${frenchNumber(low)} à ${frenchNumber(high)}`
    const mark = bar(scores[key], { kind: key, label, span: [low, high] })
    return [label, mark, frenchNumber(scores[key]), html`<span class="soft">${open}</span>`]
  })
  return card('Les points', [foldingTable('Points des trois référentiels', SCORE_COLUMNS, rows)])
}

const SCORE_COLUMNS: readonly Column[] = [
  { label: '' },
  { label: 'Points, de 0 à 100' },
  { label: 'Score', kind: 'number' },
  { label: 'Selon ce qui reste inconnu', kind: 'number' },
]

const DAYS_COLUMNS: readonly Column[] = [
  { label: '' },
  { label: 'Estimation', kind: 'number' },
  { label: 'Selon ce qui reste inconnu', kind: 'number' },
  { label: 'Bornes', kind: 'number' },
  { label: 'Selon' },
  { label: 'Réel', kind: 'number' },
]

function daysCard({
  workload,
  actualDays,
  recommendation: { nearTie, factors },
}: SheetView['report']): SafeHtml {
  const allKnown = overallCoverage(factors) === 1
  const rows = [
    daysRow('Référent·e·s', workload.referents, actualDays.referents, allKnown),
    daysRow('Chargé·e de déploiement', workload.deploymentOfficer, actualDays.deploymentOfficer, allKnown),
  ]
  const follows = workload.follows === 'retained' ? 'retenu' : 'recommandé'
  return card(`La charge, en jours, sous « ${REFERENTIAL_LABELS[workload.referential]} » (${follows})`, [
    foldingTable('Jours par rôle', DAYS_COLUMNS, rows),
    list(nearTie === null ? [] : [nearTie.sentence]),
  ])
}

function daysRow(
  who: string,
  { estimate, range: [least, most], low, high, basis, default: missing }: Days,
  spent: number | null,
  allKnown: boolean,
): TableCell[] {
  const open =
    least === most ? settled(allKnown && !missing) : `${frenchNumber(least)} à ${frenchNumber(most)}`
  return [
    who,
    html`<b>${frenchNumber(estimate)}</b>`,
    open,
    html`<span class="soft">${frenchNumber(low)} à ${frenchNumber(high)}</span>`,
    basis,
    spent === null ? unknown('non dit') : frenchNumber(spent),
  ]
}

/** Where what is unknown moves nothing that is shown. */
function settled(allKnown: boolean): string {
  return allKnown ? 'tout est connu' : 'sans effet sur le chiffre'
}

function methodCard({ workload, method }: SheetView['report']): SafeHtml {
  return card(`Méthode d'accompagnement de « ${REFERENTIAL_LABELS[workload.referential]} »`, [list(method)])
}

/** « axes de travail à trouver localement »: written there, and asked for where the référentiel is « Généraliste ». */
function axesCard({ workingAxes, workload }: SheetView['report']): SafeHtml | null {
  const lines = (workingAxes ?? '').split('\n').filter((line) => line.trim() !== '')
  if (lines.length > 0) return card('Axes de travail', [list(lines)])
  return workload.referential === 'generaliste' ? card('Axes de travail', [list([ASK_FOR_AXES])]) : null
}

function furtherCard({ recommendation, similar, changes }: SheetView['report']): SafeHtml | null {
  const asked = recommendation.nextQuestions
    .filter(({ gain, leadsTo }) => gain > 0 || leadsTo.length > 0)
    .slice(0, QUESTIONS_SHOWN)
    .map(({ sentence }) => sentence)
  const parts = [
    titled('À demander ensuite', asked),
    titled('Ce qui a changé depuis la dernière fois', changes?.sentences ?? []),
    titled('Territoires les plus semblables', similar.map(similarSentence)),
  ]
  return parts.every((part) => part === null) ? null : card('Pour aller plus loin', parts)
}
