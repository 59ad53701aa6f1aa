import { conditionWords, figureWords } from '../../src/commands/typology-words.ts'
import type { Maturity } from '../../src/domain/maturity.ts'
import type { TypologyRules } from '../../src/domain/rules/typology.ts'
import { degreeText, typologySentences } from '../../src/domain/typology-sentences.ts'
import { typology } from '../../src/domain/typology.ts'
import type { TypologyContext } from '../../src/domain/typology.ts'
import { EXAMPLE } from './example.ts'
import { shown, table } from './arithmetic.ts'

/** The need of the example: its population is known, and an index that a person wrote. */
const FACTS = { fragility: 6, population: 30_000, imported: [] }

/** The types of territories: their definitions, what each asks for, and the degrees of the example. */
export function typologySection(rules: TypologyContext, factors: Maturity): string[] {
  const { typology: own, maturity } = rules
  const found = typology(EXAMPLE, factors, FACTS, rules)
  return [
    '## Le type de territoire',
    '',
    "Des types nommés, pour cibler la stratégie a priori ; ils ne changent ni la recommandation ni la charge. Les limites sont douces : chaque condition est remplie de 0 à 1, et **le degré d'appartenance à un type est celui de sa condition la moins remplie**. Le plus haut degré nomme le type (à égalité, celui qui demande le plus, puis l'ordre du fichier). Ce qui n'est pas connu compte pour moitié de son étendue et ouvre l'intervalle du degré.",
    '',
    ...table(
      ['Type', 'Ce que c’est', 'Conditions'],
      own.types.map(({ label, definition, conditions }) => [
        `« ${label} »`,
        definition,
        conditions.map((one) => `**${one.label}** : ${conditionWords(one, maturity)}`).join(' ; '),
      ]),
    ),
    '',
    `**« ${own.unknown.label} »** : ${own.unknown.definition} Aucun type n'est donné par supposition : il faut connaître ${percent(own.coverage)} des quatre facteurs, et de ce que regarde chaque condition du type. Si aucun degré n'atteint ${shown(own.least)}, la colonne reste vide.`,
    '',
    ...needLines(own),
    '',
    `Exemple (fragilité ${shown(FACTS.fragility)}, ${shown(FACTS.population)} habitants) : ${found.label === null ? 'aucun type' : `« ${found.label} »`}. ${typologySentences(found, own).slice(-1).join(' ')}`,
    '',
    ...found.degrees.map(({ label, conditions, ...degree }) => {
      const least = conditions.map((one) => `${one.label} ${shown(one.degree)}`).join(' ; ')
      return `- « ${label} » : ${degreeText(degree)} — ${least}`
    }),
    '',
  ]
}

function needLines({ need: { figures } }: TypologyRules): string[] {
  return [
    "**Le besoin**, de 0 à 100, est la moyenne, selon leur poids, de ces chiffres. « Fragilité (1–10) » est à vous : Portrea ne l'écrit jamais. Là où elle est vide, et pour tout autre chiffre, c'est un fichier qui parle : `npm run -s portrea -- import FICHIER --needs --source \"La Mednum\" --year 2023`, une ligne par EPCI, une colonne de SIREN, une colonne par chiffre. Un chiffre qu'aucune ligne ci-dessous ne nomme est gardé et affiché avec sa source, sans compter.",
    '',
    ...table(
      ['Chiffre', 'Poids', 'De 0 à 100', 'Ce qu’il peut être', 'Colonnes d’un fichier importé'],
      figures.map((one) => [
        one.label,
        shown(one.weight),
        figureWords(one),
        one.within === undefined ? '–' : `de ${shown(one.within[0])} à ${shown(one.within[1])}`,
        one.columns.length === 0 ? '–' : one.columns.map((name) => `\`${name}\``).join(', '),
      ]),
    ),
  ]
}

function percent(share: number): string {
  return `${shown(100 * share)} %`
}
