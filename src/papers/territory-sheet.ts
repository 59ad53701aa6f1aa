import type { PapersSettings } from '../config/papers-file.ts'
import { FACTORS } from '../domain/diagnostic.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import {
  ALERT_LABELS,
  CONFIDENCE_LABELS,
  FACTOR_LABELS,
  LEVEL_WORDS,
  REFERENTIAL_LABELS,
  STAGE_LABELS,
} from '../domain/labels.ts'
import {
  consolidationText,
  expectedText,
  leftParts,
  overText,
  prefillFigures,
} from '../domain/prefill-sentences.ts'
import type { ReferentialRules } from '../domain/rules/referentials.ts'
import { ASK_FOR_AXES } from '../domain/sentences.ts'
import { conditionsSentence } from '../domain/success-conditions.ts'
import { capital, counted, frenchDay, frenchNumber, shortDay, typeset } from '../domain/typography.ts'
import type { Days } from '../domain/workload.ts'
import { redo } from './redo.ts'
import { fewer, shortened } from './shorten.ts'
import type { Room } from './shorten.ts'

/** What the fiche takes beside the report. */
export type SheetSettings = {
  readonly referentials: ReferentialRules
  readonly roles: PapersSettings['roles']
}

/** Room for what is long, the most first. */
const SHEET_ROOMS: readonly Room[] = [
  { items: 12, signs: 700 },
  { items: 8, signs: 420 },
  { items: 6, signs: 300 },
  { items: 5, signs: 220 },
  { items: 4, signs: 170 },
  { items: 3, signs: 130 },
  { items: 2, signs: 100 },
  { items: 1, signs: 70 },
]
/** A4 pages of a fiche territoire. */
export const SHEET_PAGES = 2

/**
 * « Fiche territoire » of one EPCI: the data of config/papers/fiche.typ, which says what each is; shorter each time, so that
 * one of them holds on its pages, and made as they are asked for: nearly always the first does. No name of a person.
 */
export function* territorySheets(report: EpciReport, settings: SheetSettings): Generator<object, undefined> {
  const again = redo(report, report.rules)
  for (const room of SHEET_ROOMS) yield { ...territorySheet(report, settings, room), redo: again }
}

function territorySheet(report: EpciReport, settings: SheetSettings, room: Room): object {
  const { name, siren, workload, workingAxes } = report
  const few = (texts: readonly string[]) => fewer(texts.map(typeset), room)
  return {
    epci: { name: shortened(name, Math.min(120, room.signs)), siren, facts: factsOf(report) },
    verdict: verdict(report, settings.referentials, few),
    why: few(report.recommendation.reasons),
    sure: few(certainty(report)),
    change: few(changes(report)),
    days: [
      days('Référent·e·s', workload.referents, report.actualDays.referents, room),
      days('Chargé·e de déploiement', workload.deploymentOfficer, report.actualDays.deploymentOfficer, room),
    ],
    factors: FACTORS.map((key) => factor(key, report)),
    work: work(report, few),
    roles: settings.roles.map((role, at) => ({
      who: role.who,
      days: at === 0 ? daysText(workload.referents) : at === 1 ? daysText(workload.deploymentOfficer) : '',
      does: few(role[workload.referential]),
    })),
    steps: steps(report, room),
    conditions: report.conditions.length === 0 ? '' : conditionsSentence(report.conditions),
    axes: few(axes(workingAxes, workload.referential)),
  }
}

function factsOf({ siren, population, stage, day }: EpciReport): string {
  const people = population === null ? [] : [counted(population, 'habitant')]
  const step = stage === null ? [] : [`étape : ${STAGE_LABELS[stage].toLowerCase()}`]
  return typeset([`SIREN ${siren}`, ...people, ...step, `au ${frenchDay(day)}`].join(' · '))
}

function verdict(
  { recommendation, workload, retained, disagreement, atChoice, method }: EpciReport,
  { referentials }: ReferentialRules,
  few: (texts: readonly string[]) => string[],
): object {
  const { referential, follows } = workload
  const differs = retained !== null && retained !== recommendation.recommended
  const said = [
    `Portrea recommande « ${REFERENTIAL_LABELS[recommendation.recommended]} ».`,
    ...(disagreement?.sentences ?? []),
    ...(atChoice === null ? [] : [`Au moment du choix : ${atChoice}`]),
  ]
  return {
    label: REFERENTIAL_LABELS[referential],
    follows: follows === 'retained' ? 'retenu par le Hub' : 'recommandé',
    aim: typeset(`${capital(referentials[referential].aim)}.`),
    confidence: CONFIDENCE_LABELS[recommendation.confidence.level],
    retained: differs ? few(said).join(' ') : null,
    method: few(method),
  }
}

function certainty({ recommendation, declared }: EpciReport): string[] {
  const { confidence, sensitivity } = recommendation
  const known = `${frenchNumber(100 * confidence.coverage, 0)} % de ce que les règles regardent est connu.`
  const firm =
    confidence.guaranteed > 0
      ? 'Rien de ce qui reste inconnu ne peut, à soi seul ou ensemble, changer la recommandation.'
      : 'Ce qui reste inconnu peut encore changer la recommandation.'
  return [sensitivity.sentence, known, ...(confidence.coverage === 1 ? [] : [firm]), ...declared.sentences]
}

function changes({ recommendation }: EpciReport): string[] {
  return recommendation.sensitivity.changes.map(({ sentence }) => sentence)
}

function days(who: string, role: Days, spent: number | null, { signs }: Room): object {
  const [least, most] = role.range
  const range =
    least === most
      ? 'inchangée par l’inconnu'
      : `de ${frenchNumber(least)} à ${frenchNumber(most)} selon l’inconnu`
  const actual = spent === null ? '' : ` ; ${counted(spent, 'jour')} déjà passés`
  return {
    who,
    estimate: frenchNumber(role.estimate),
    range: typeset(range),
    basis: typeset(
      `${shortened(role.basis, signs)} ; bornes du référentiel : ${frenchNumber(role.low)} à ${frenchNumber(role.high)}${actual}`,
    ),
  }
}

function daysText({ estimate, range: [least, most] }: Days): string {
  const fork = least === most ? '' : ` (${frenchNumber(least)} à ${frenchNumber(most)})`
  return `${counted(estimate, 'jour')}${fork}`
}

function factor(key: (typeof FACTORS)[number], { recommendation }: EpciReport): object {
  const { score, level, coverage } = recommendation.factors[key]
  const label = typeset(FACTOR_LABELS[key])
  const known = coverage === 1 ? 'tout est connu' : `${frenchNumber(100 * coverage, 0)} % connus`
  const said = typeset(`${level === null ? '' : `niveau ${LEVEL_WORDS[level]}, `}${known}`)
  const shown = score === null ? null : frenchNumber(score, 0)
  const figure = shown === null ? 'inconnu' : `${shown} sur 100`
  return { label, score, shown, said, description: typeset(`${label} : ${figure}, ${said}.`) }
}

function work(report: EpciReport, few: (texts: readonly string[]) => string[]): object {
  const { prefill } = report
  const { consolidation, status, progress, collaborativeDay, lastCollaborativeDay, present } = prefill
  const over = overText(prefill)
  const left = leftParts(prefill)
  const journee =
    collaborativeDay !== null
      ? `Journée collaborative le ${frenchDay(collaborativeDay)}.`
      : lastCollaborativeDay !== null
        ? `Dernière journée collaborative le ${frenchDay(lastCollaborativeDay)}, aucune autre prévue.`
        : 'Aucune journée collaborative prévue.'
  const sentences = [
    journee,
    `${present === 0 ? 'Aucun acteur' : counted(present, 'acteur')} dans la base, ${expectedText(prefill)}.`,
    `${prefill.prefilled === 0 ? capital(prefillFigures({ ...prefill, status: null })) : prefillFigures({ ...prefill, status: null })}${left.length === 0 ? '' : ` ; encore ${left.join(' et ')}`}.`,
    ...(consolidation === null ? [] : [`${capital(consolidationText(consolidation))}.`]),
    ...(over === '' ? [] : [`« Terminé » : ${over}.`]),
  ]
  const shown = progress === null ? 'inconnu' : `${frenchNumber(progress, 0)} %`
  return {
    title: consolidation === null ? 'Le pré-remplissage' : 'La consolidation',
    status: status === null ? 'Non suivi' : ALERT_LABELS[status],
    progress,
    description: typeset(`Pré-remplissage : ${shown}.`),
    sentences: few(sentences),
  }
}

type Step = { readonly due: string | null; readonly what: string; readonly detail: string }

/** What is to be done, the soonest first; what has no day comes last. */
function steps(report: EpciReport, { items, signs }: Room): object[] {
  const all = stepsOf(report).sort((one, other) => (one.due ?? '9').localeCompare(other.due ?? '9'))
  const shown = all.slice(0, items).map(({ due, what, detail }) => ({
    when: due === null ? null : `${due < report.day ? 'dès le' : 'avant le'} ${shortDay(due)}`,
    what: shortened(typeset(what), signs),
    detail: shortened(typeset(detail), signs),
  }))
  const left = all.length - shown.length
  if (left === 0) return shown
  return [
    ...shown,
    { when: '', what: left === 1 ? 'et 1 autre étape' : `et ${left} autres étapes`, detail: '' },
  ]
}

function stepsOf({ prefill, conditions, recommendation }: EpciReport): Step[] {
  const left = leftParts(prefill)
  const [question] = recommendation.nextQuestions.filter(
    ({ gain, leadsTo }) => gain > 0 || leadsTo.length > 0,
  )
  return [
    ...conditions
      .filter(({ status }) => status === 'to_do')
      .map(({ label, observed }) => ({
        due: observed?.due ?? null,
        what: label,
        detail: observed?.evidence ?? '',
      })),
    ...(left.length === 0
      ? []
      : [
          {
            due: prefill.collaborativeDay,
            what: `${prefill.consolidation === null ? 'Pré-remplir' : 'Consolider'} les fiches : ${left.join(' et ')}`,
            detail: '',
          },
        ]),
    ...(prefill.collaborativeDay === null && prefill.consolidation === null
      ? [{ due: null, what: 'Fixer la date de la journée collaborative', detail: '' }]
      : []),
    ...(question === undefined ? [] : [{ due: null, what: question.sentence, detail: '' }]),
  ]
}

function axes(written: string | null, referential: EpciReport['workload']['referential']): string[] {
  const lines = (written ?? '').split('\n').filter((line) => line.trim() !== '')
  if (lines.length > 0) return lines
  return referential === 'generaliste' ? [ASK_FOR_AXES] : []
}
