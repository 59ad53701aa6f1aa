import { QUESTIONS } from '../domain/answer-changes.ts'
import { REFERENTIALS } from '../domain/diagnostic.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { CONFIDENCE_LABELS, REFERENTIAL_LABELS } from '../domain/labels.ts'
import { overallMaturity } from '../domain/maturity.ts'
import type { TypologyRules } from '../domain/rules/typology.ts'
import { TELLABLE_COVERAGE } from '../domain/scoring.ts'
import { frenchNumber, typeset } from '../domain/typography.ts'

/** What the map may show, as the address names it. */
export const MEASURES = [
  'referentiel',
  'completude',
  'preremplissage',
  'maturite',
  'type',
  'fragilite',
] as const
export type MeasureKey = (typeof MEASURES)[number]

/** The paint of an EPCI of which it is not known, and of one that is known to be of no kind. */
const UNKNOWN = 'u'
const NO_KIND = 'n'

/** One class of a map: the class of the style sheet that paints it (`c…` of a kind, `g…` of one that is hardly sure, `s…` of a step), and its words. */
export type MapClass = { readonly key: string; readonly paint: string; readonly label: string }

/** One way to look at the map. */
export type Measure = {
  readonly title: string
  /** What it is, in one sentence. */
  readonly about: string
  /** In the order of the legend, unknown last; no two are painted alike. */
  readonly classes: readonly MapClass[]
  /** The key of the class of an EPCI, and what is said of it. */
  readonly of: (report: EpciReport) => { readonly key: string; readonly text: string }
}

/** Titles by which the ways to look are chosen. */
export const MEASURE_TITLES: Readonly<Record<MeasureKey, string>> = {
  referentiel: 'Référentiel',
  completude: 'Complétude',
  preremplissage: 'Pré-remplissage',
  maturite: 'Maturité',
  type: 'Type de territoire',
  fragilite: 'Fragilité numérique',
}

/** The way to look that an address asks for. */
export function measureOf(key: MeasureKey, { typology }: { readonly typology: TypologyRules }): Measure {
  switch (key) {
    case 'referentiel':
      return referentials()
    case 'type':
      return types(typology)
    case 'completude':
      return steps(
        key,
        'Part remplie des champs des fiches, en moyenne.',
        PERCENT,
        ({ completeness }) => completeness,
      )
    case 'preremplissage':
      return steps(
        key,
        'Fiches pré-remplies, sur celles attendues.',
        PERCENT,
        ({ prefill }) => prefill.progress,
      )
    case 'maturite':
      return steps(
        key,
        'Moyenne des quatre facteurs, sur 100 ; inconnue si moins de la moitié en est connue.',
        POINTS,
        maturityOf,
      )
    case 'fragilite':
      return steps(key, 'Indice de fragilité numérique, de 1 à 10.', TEN, fragilityOf)
  }
}

const unknownClass = (label: string): MapClass => ({ key: UNKNOWN, paint: UNKNOWN, label })

function referentials(): Measure {
  return {
    title: MEASURE_TITLES.referentiel,
    about:
      'Le référentiel retenu ; à défaut, le recommandé, sur fond clair si la confiance est faible. Sans aucune réponse à un diagnostic, il ne se dit pas.',
    classes: [
      ...REFERENTIALS.map((key, at) => ({ key, paint: `c${at}`, label: REFERENTIAL_LABELS[key] })),
      ...REFERENTIALS.map((key, at) => ({
        ...{ key: `${key} low`, paint: `g${at}` },
        label: `${REFERENTIAL_LABELS[key]}, confiance faible`,
      })),
      unknownClass('sans diagnostic'),
    ],
    of({ workload: { referential }, retained, recommendation, situation }) {
      if (retained === null && !isAnswered(situation)) return { key: UNKNOWN, text: 'sans diagnostic' }
      const confidence = CONFIDENCE_LABELS[recommendation.confidence.level].toLowerCase()
      const how = retained === null ? `recommandé, confiance ${confidence}` : 'retenu'
      const isGuess = retained === null && recommendation.confidence.level === 'low'
      return {
        key: isGuess ? `${referential} low` : referential,
        text: `${REFERENTIAL_LABELS[referential]} (${how})`,
      }
    },
  }
}

/** Whether somebody answered a question of the diagnostic: « référents » may be counted without one. */
function isAnswered({ answers, listed }: EpciReport['situation']): boolean {
  const isCounted = (listed.referents ?? 0) > 0
  return QUESTIONS.some((key) => answers[key] !== null && !(key === 'referents' && isCounted))
}

function types({ types: all, unknown }: TypologyRules): Measure {
  return {
    title: MEASURE_TITLES.type,
    about: 'Ce à quoi le territoire ressemble (config/typology.yaml) : besoin, maturité, réseau.',
    classes: [
      ...all.map(({ key, label }, at) => ({ key: `type ${key}`, paint: `c${at}`, label })),
      { key: NO_KIND, paint: NO_KIND, label: NO_TYPE },
      unknownClass(unknown.label),
    ],
    of({ typology: { type, label } }) {
      if (type === null) return { key: NO_KIND, text: NO_TYPE }
      // A type that the rules no longer have is one until the next synchronisation: its words, not its paint.
      const isOfRules = all.some(({ key }) => key === type)
      return { key: isOfRules ? `type ${type}` : UNKNOWN, text: label ?? unknown.label }
    },
  }
}

const NO_TYPE = 'aucun type proche'

type Scale = { readonly bounds: readonly number[]; readonly unit: string; readonly digits: number }
const PERCENT: Scale = { bounds: [0, 20, 40, 60, 80, 100], unit: ' %', digits: 0 }
const POINTS: Scale = { bounds: [0, 20, 40, 60, 80, 100], unit: '', digits: 0 }
const TEN: Scale = { bounds: [1, 3, 5, 6, 7, 10], unit: '', digits: 1 }

/** Steps from light to dark: a grey print orders them the same. */
function steps(
  key: MeasureKey,
  about: string,
  { bounds, unit, digits }: Scale,
  value: (report: EpciReport) => number | null,
): Measure {
  const last = bounds.length - 2
  const classes = bounds.slice(0, -1).map((from, at) => ({
    ...{ key: `s${at}`, paint: `s${at}` },
    label: typeset(`${from} à ${at === last ? '' : 'moins de '}${bounds[at + 1]}${unit}`),
  }))
  return {
    title: MEASURE_TITLES[key],
    about,
    classes: [...classes, unknownClass('inconnu')],
    of(report) {
      const known = value(report)
      if (known === null) return { key: UNKNOWN, text: 'inconnu' }
      const at = bounds.findLastIndex((from) => known >= from)
      return {
        key: `s${Math.min(last, Math.max(0, at))}`,
        // 99,7 % is not yet all.
        text: typeset(`${frenchNumber(digits === 0 ? Math.floor(known) : known, digits)}${unit}`),
      }
    },
  }
}

function maturityOf({ recommendation: { factors }, typology }: EpciReport): number | null {
  return typology.coverage < TELLABLE_COVERAGE ? null : overallMaturity(factors).half
}

function fragilityOf({ typology }: EpciReport): number | null {
  return typology.need.figures.find(({ key }) => key === 'fragility')?.value ?? null
}
