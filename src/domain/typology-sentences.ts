import type { Need } from './need.ts'
import { UNKNOWN_TYPE } from './rules/typology.ts'
import type { TypologyRules } from './rules/typology.ts'
import { frenchList, frenchNumber, typeset } from './typography.ts'
import type { Degree, Typology } from './typology.ts'

/** Which type an EPCI is, what it means, what else it resembles, and what its need rests on; in French. */
export function typologySentences(found: Typology, rules: TypologyRules): string[] {
  return [...headline(found, rules), needSentence(found.need, rules)].map(typeset)
}

/** « 0,72 sur 1 (de 0,5 à 0,9 selon ce qui reste inconnu) » */
export function degreeText({ degree, range: [low, high] }: Degree): string {
  const [from, to] = [frenchNumber(low, 2), frenchNumber(high, 2)]
  const open = from === to ? '' : ` (de ${from} à ${to} selon ce qui reste inconnu)`
  return typeset(`${frenchNumber(degree, 2)} sur 1${open}`)
}

function headline(found: Typology, rules: TypologyRules): string[] {
  const { type, coverage, degrees, nearest } = found
  const near = degrees.find((one) => one.type === nearest)
  if (near === undefined) return []
  if (type === UNKNOWN_TYPE) return [unknownSentence(coverage, near, rules)]
  if (type === null && near.degree === 0) return ['Aucun type ne lui ressemble.']
  if (type === null)
    return [
      `Aucun type ne lui ressemble assez : le plus proche est « ${near.label} », au degré ${degreeText(near)}.`,
    ]
  const others = degrees
    .filter((one) => one !== near && one.degree >= rules.least && one.conditions.every(({ known }) => known))
    .toSorted((one, other) => other.degree - one.degree)
    .map((one) => `« ${one.label} » (${frenchNumber(one.degree, 2)})`)
  return [
    `Définition de « ${near.label} » : ${lowered(rules.types.find(({ key }) => key === type)?.definition ?? '')}`,
    `Degré d'appartenance : ${degreeText(near)}.`,
    ...leastMet(near),
    ...(others.length === 0 ? [] : [`Il tient aussi de ${frenchList(others)}.`]),
  ]
}

/** A definition is not a claim: what of it is not wholly so here is said. */
function leastMet({ degree, conditions }: Typology['degrees'][number]): string[] {
  if (degree === 1) return []
  const least = conditions.filter((one) => one.degree === degree).map((one) => `« ${one.label} »`)
  const met = frenchNumber(degree, 2)
  return [
    least.length < 2
      ? `Sa condition la moins remplie : ${least.join('')} (${met}).`
      : `Ses conditions les moins remplies : ${frenchList(least)} (${met}).`,
  ]
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function unknownSentence(
  coverage: number,
  { label, conditions }: Typology['degrees'][number],
  { coverage: enough, unknown }: TypologyRules,
): string {
  const percent = (part: number) => `${frenchNumber(100 * part, 0)} %`
  if (coverage < enough)
    return `${unknown.label} : on connaît ${percent(coverage)} des quatre facteurs de maturité ; pour nommer un type, il en faut ${percent(enough)}.`
  const open = conditions.filter(({ known }) => !known).map((one) => `« ${one.label} »`)
  return `${unknown.label} : le type le plus proche serait « ${label} », mais trop peu est connu pour en vérifier ${open.length < 2 ? 'la condition' : 'les conditions'} ${frenchList(open)}.`
}

function needSentence({ half, coverage, figures }: Need, { coverage: enough }: TypologyRules): string {
  const known = figures.flatMap(({ label, value, source, year }) => {
    if (value === null) return []
    const origin = [source, year].filter((one) => one !== null).join(', ')
    return [`${label} ${frenchNumber(value, 2)}${origin === '' ? '' : ` (${origin})`}`]
  })
  const missing = figures.filter(({ value }) => value === null).map(({ label }) => label)
  const lacking = missing.length === 0 ? '' : ` ; inconnu : ${missing.join(', ')}`
  if (known.length === 0) return `Besoin : inconnu (${missing.join(', ')}).`
  const measure = coverage < enough ? 'trop peu connu' : `${frenchNumber(half, 0)} sur 100`
  return `Besoin : ${measure} — ${known.join(', ')}${lacking}.`
}
