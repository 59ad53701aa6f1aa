import type { Situation } from '../../src/domain/diagnostic.ts'
import { FIGURE_BANDS } from '../../src/domain/rules/maturity.ts'
import type { IndicatorKey } from '../../src/domain/rules/maturity.ts'
import { rules } from './rules.ts'

/** Whether what a clause says is so in a situation. */
export type Holds = (one: Situation) => boolean

/** What the words of a criterion claim, each of every answer and figure that they speak of. */
const CRITERIA: Readonly<Record<string, Holds>> = {
  "l'objectif est l'interconnaissance des acteurs": aimed('mutual_knowledge'),
  "l'objectif appelle plutôt un accompagnement polyvalent": aimed('none'),
  "l'objectif n'appelle guère un accompagnement polyvalent": aimed('database', 'networking'),
  "l'objectif exprimé est plus précis que l'interconnaissance": aimed('database', 'networking'),
  "aucun objectif précis n'est encore fixé": aimed('none'),
  "l'objectif est une base de données complète et à jour": aimed('database'),
  "l'objectif va plutôt vers la base de données": aimed('database'),
  "l'objectif ne va guère vers la base de données": aimed('mutual_knowledge', 'networking', 'none'),
  "l'objectif n'est pas d'abord la base de données": aimed('mutual_knowledge', 'networking'),
  "l'objectif reste ouvert et ne désigne pas la base de données": aimed('none'),
  "l'objectif est la mise en réseau des acteurs": aimed('networking'),
  "l'objectif va plutôt vers la mise en réseau": aimed('networking'),
  "l'objectif ne va guère vers la mise en réseau": aimed('mutual_knowledge', 'database', 'none'),
  "l'objectif n'est pas d'abord la mise en réseau": aimed('database'),
  "l'objectif reste ouvert et ne désigne pas la mise en réseau": aimed('none'),
  "l'objectif déclaré est l'interconnaissance, proche de la mise en réseau sans être elle":
    aimed('mutual_knowledge'),
  'la gouvernance locale est encore peu avancée': governed([0, 0], [0, 0], [0, 0]),
  'la gouvernance locale reste en bonne partie à construire': governed([0, 1], [0, 1], [0, 1]),
  'la gouvernance locale est déjà en bonne voie': governed([2, 3], [2, 2], [2, 2]),
  'la gouvernance locale est déjà bien avancée': governed([3, 3], [2, 2], [2, 2]),
  'la gouvernance locale peut porter le pré-remplissage': governed([3, 3], [2, 2], [2, 2]),
  'la gouvernance locale peut porter une partie du pré-remplissage': governed([2, 3], [1, 2], [1, 2]),
  'la gouvernance locale ne peut encore guère porter le pré-remplissage': governed([0, 1], [0, 0], [0, 0]),
  'la gouvernance locale est trop peu avancée pour porter le pré-remplissage': governed(
    [0, 0],
    [0, 0],
    [0, 0],
  ),
  'la mise en réseau des acteurs est encore peu avancée': networked([0, 0], 0, 1 / 3),
  'la mise en réseau des acteurs reste en bonne partie à construire': networked([0, 1], 0, 0.5),
  'la mise en réseau des acteurs est déjà en bonne voie': networked([2, 3], 0.5, 1),
  'la mise en réseau des acteurs est déjà bien avancée': networked([3, 3], 2 / 3, 1),
  "l'engagement politique reste à obtenir": ({ answers }) => answers.commitment === 'none',
  "l'engagement politique n'est qu'exprimé": ({ answers }) => answers.commitment === 'voiced',
  "l'engagement politique a déjà fait l'objet d'une délibération": ({ answers }) =>
    answers.commitment === 'deliberated',
  "l'engagement politique est déjà financé": ({ answers }) => answers.commitment === 'funded',
  'les fiches sont très incomplètes et rarement à jour': records(0, 1 / 3),
  'les fiches restent en bonne partie à compléter et à actualiser': records(0, 0.5),
  'la complétude et la fraîcheur des fiches dépassent déjà la moitié': records(0.5, 1),
  'la complétude et la fraîcheur des fiches dépassent déjà les deux tiers': records(2 / 3, 1),
  "l'état des fiches permet de consacrer les journées à autre chose qu'au remplissage": records(2 / 3, 1),
  "l'état des fiches laisse du temps pour autre chose que le remplissage": records(0.5, 1),
  'les fiches demandent encore du remplissage': records(0, 0.5),
  'les fiches demandent encore beaucoup de remplissage': records(0, 1 / 3),
  "l'outil, son usage et sa maîtrise sont à développer": tooled(['none'], ['none'], ['none']),
  "l'outil, son usage et sa maîtrise restent en bonne partie à développer": tooled(
    ['none', 'spreadsheet'],
    ['none', 'occasional'],
    ['none', 'beginner'],
  ),
  "l'outil, son usage et sa maîtrise sont en bonne partie acquis": tooled(
    ['shared_above', 'local'],
    ['regular'],
    ['autonomous'],
  ),
  'un outil est déjà en place, en usage et maîtrisé': tooled(
    ['shared_above', 'local'],
    ['regular'],
    ['autonomous'],
  ),
  "un réseau constitué permet de s'appuyer sur ses membres": ({ answers }) =>
    answers.network === 'constituted',
  "un réseau existe, sur lequel s'appuyer": ({ answers }) =>
    ['constituted', 'facilitated'].includes(answers.network ?? ''),
  "le réseau n'est encore qu'informel": ({ answers }) => answers.network === 'informal',
  "aucun réseau ne permet encore de s'appuyer sur ses membres": ({ answers }) => answers.network === 'none',
  'le réseau, déjà animé, reste surtout à entretenir': ({ answers }) => answers.network === 'facilitated',
  "il n'y a pas encore de réseau à réactiver": ({ answers }) => answers.network === 'none',
  'les acteurs sont peu contactés et participent peu': active(0, 1 / 3),
  'les acteurs pourraient être plus contactés et participer davantage': active(0, 0.5),
  'les contacts et la participation dépassent déjà la moitié': active(0.5, 1),
  'les contacts et la participation dépassent déjà les deux tiers': active(2 / 3, 1),
}

/** Every clause that the rules may say of a situation, and when it is so; one without a claim is an error. */
export function claims(): ReadonlyMap<string, Holds> {
  const said = Object.values(rules.referentials.referentials).flatMap(({ criteria }) =>
    criteria.flatMap((rule) => [
      ...[rule.yes, rule.rather, rule.hardly, rule.no],
      ...('says' in rule ? Object.values(rule.says) : []),
      ...('mean' in rule && rule.unless !== undefined ? [rule.unless.says] : []),
    ]),
  )
  const ofCriteria = said.map((clause): [string, Holds] => {
    const holds = CRITERIA[clause]
    if (holds === undefined) throw new Error(`« ${clause} » claims nothing that a test knows`)
    return [clause, holds]
  })
  const ofIndicators = Object.entries(rules.maturity.says).flatMap(([key, words]) =>
    Object.entries(words).map(([value, clause]): [string, Holds] => [
      clause,
      (one) => valueIs(key as IndicatorKey, value, one),
    ]),
  )
  return new Map([...ofIndicators, ...ofCriteria])
}

/** What counts as full, of figures that are no shares. */
const FULL: Partial<Record<IndicatorKey, number>> = { meetingsPerYear: 4, completeness: 100, freshness: 100 }

/** An answer, or a figure by the band in which it lies. */
function valueIs(key: IndicatorKey, value: string, { answers, observed }: Situation): boolean {
  const known = key in answers ? answers[key as 'aim'] : observed[key as 'completeness']
  const band = FIGURE_BANDS.findIndex((one) => one === value)
  if (known === null || band === -1) return known === value
  const part = Number(known) / (FULL[key] ?? 1)
  const [least, most] = [
    [0, 1 / 3],
    [1 / 3, 0.5],
    [0.5, 2 / 3],
    [2 / 3, Infinity],
  ][band] as [number, number]
  return part >= least - 1e-9 && part <= most + 1e-9
}

function aimed(...aims: readonly string[]): Holds {
  return ({ answers }) => answers.aim !== null && aims.includes(answers.aim)
}

type Steps = readonly [least: number, most: number]

function onLadder(value: string | null, ladder: readonly string[], [least, most]: Steps): boolean {
  if (value === null) return false
  const step = ladder.indexOf(value)
  return step >= least && step <= most
}

function governed(governance: Steps, roadmap: Steps, referents: Steps): Holds {
  return ({ answers }) =>
    onLadder(answers.governance, ['none', 'planned', 'installed', 'active'], governance) &&
    onLadder(answers.roadmap, ['none', 'drafted', 'adopted'], roadmap) &&
    onLadder(answers.referents, ['none', 'one', 'pair'], referents)
}

function between(value: number | null, least: number, most: number): boolean {
  return value !== null && value >= least - 1e-9 && value <= most + 1e-9
}

function networked(network: Steps, least: number, most: number): Holds {
  return ({ answers, observed }) =>
    onLadder(answers.network, ['none', 'informal', 'constituted', 'facilitated'], network) &&
    [
      answers.meetingsPerYear === null ? null : Math.min(answers.meetingsPerYear / 4, 1),
      observed.contactedShare,
      observed.participationRate,
      observed.communesCovered,
    ].every((value) => between(value, least, most))
}

function records(least: number, most: number): Holds {
  return ({ observed }) =>
    [observed.completeness, observed.freshness].every((value) => between(value, 100 * least, 100 * most))
}

function active(least: number, most: number): Holds {
  return ({ observed }) =>
    [observed.contactedShare, observed.participationRate].every((value) => between(value, least, most))
}

function tooled(tools: readonly string[], uses: readonly string[], masteries: readonly string[]): Holds {
  return ({ answers: { tool, use, mastery } }) =>
    tools.includes(tool ?? '') && uses.includes(use ?? '') && masteries.includes(mastery ?? '')
}
