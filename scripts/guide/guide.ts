import type { Rules } from '../../src/config/rules-file.ts'
import type { Sources } from '../../src/config/sources.ts'
import { NEEDS } from '../../src/domain/rules/indicators.ts'
import type { BrakeRules } from '../../src/domain/rules/brake.ts'
import type { IndicatorRules } from '../../src/domain/rules/indicators.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { typeset } from '../../src/domain/typography.ts'
import { shown, table } from './arithmetic.ts'
import { brakeSection } from './brake-section.ts'
import { choiceSection } from './choice-section.ts'
import { duplicatesSection } from './duplicates-section.ts'
import { EXAMPLE } from './example.ts'
import { maturitySection } from './maturity-section.ts'
import { recordSection } from './record-section.ts'
import { sourcesSection } from './sources-section.ts'
import { typologySection } from './typology-section.ts'
import { workloadSection } from './workload-section.ts'

/** config/LISEZ-MOI.md: every weight and threshold in French, with an example that a reader can do again by hand. */
export function guide(rules: Rules, brake: BrakeRules, sources: Sources): string {
  const report = recommend(EXAMPLE, rules)
  const lines = [
    '# Comment Portrea compte',
    '',
    '<!-- Written by `npm run schema` from the files of config/: mend those, not this page. -->',
    '',
    "Cette page dit d'où vient chaque chiffre, avec un territoire et une fiche inventés dont tous les calculs peuvent être refaits à la main. Elle est écrite d'après les fichiers de ce dossier : après un changement de poids ou de seuil, `npm run schema` la réécrit. Les facteurs, les objectifs, les méthodes et les bornes de jours viennent du document du Hub ; les autres nombres sont des valeurs de départ, à discuter.",
    '',
    ...recordSection(rules),
    ...duplicatesSection(rules),
    ...maturitySection(rules.maturity, report.factors),
    ...choiceSection(rules, report),
    ...workloadSection(rules.referentials, report),
    ...typologySection(rules, report.factors),
    ...besideSection(rules.indicators),
    ...brakeSection(brake),
    ...sourcesSection(sources),
  ]
  return `${lines.map(typeset).join('\n').trimEnd()}\n`
}

/** What is shown beside, and moves no score. */
function besideSection({
  needs,
  similarity,
  calibration,
  diversity,
  shares,
  learning,
}: IndicatorRules): string[] {
  const list = (values: readonly string[]) => (values.length === 0 ? '–' : values.join(', '))
  const percent = (share: number) => `${shown(100 * share)} %`
  return [
    '## Ce qui éclaire sans compter',
    '',
    '**Les quatre besoins** de Portrea. Une fiche répond à un besoin si elle nomme un de ces services ; une typologie ou un dispositif national le dit aussi, quand c’est sa raison d’être. « Personne » ne se dit que si toutes les fiches nomment leurs services ; sinon, on ne sait pas.',
    '',
    ...table(
      ['Besoin', 'Services', 'Types', 'Dispositifs'],
      NEEDS.map((key) => {
        const { label, services, kinds, programmes } = needs[key]
        return [label, list(services), list(kinds), list(programmes)]
      }),
    ),
    '',
    `**Les EPCI semblables** : 1 − la moyenne des écarts sur chaque facteur (écart / 100) et sur la population (l'écart le plus grand qui compte est ${shown(similarity.fold)} fois), sur ce qui est connu des deux ; il faut ${similarity.shared} points communs.`,
    '',
    `**Les parts et leurs comptes** : chaque part dit ce qu'elle compte (« 2 sur 3 »), est marquée sous ${shares.few} fiches, et a son intervalle à 95 % (Wilson) en JSON (\`shares\`). Où plusieurs sources sont nommées, les chiffres de chacune sont à côté du total. La diversité des types (Gini–Simpson, × n / (n − 1)) n'est dite qu'à partir de ${diversity.records} fiches, dont ${percent(diversity.named)} disent un type.`,
    '',
    `**Des règles essayées d'abord** : \`rules --impact FICHIER|DOSSIER\` met une règle proposée à la place de la vôtre le temps d'un calcul, sur la dernière synchronisation (\`--demo\` : celle de la démo) ou sur des situations en fichiers (\`--on\`, comme pour \`recommend\`, avec \`retained\`). Ce que des règles de fiches changeraient ne se voit qu'avec la base.`,
    '',
    `**Ce que disent les choix** : \`rules --learn\` croise le recommandé et le retenu. Dès ${learning.atLeast} choix, ${shown(learning.step)} points passent d'un critère à un autre du même référentiel tant qu'un choix de plus est retrouvé ; ces poids ne sont proposés que si, tirés d'une partie des choix (${learning.folds} parts), ils s'accordent mieux avec les autres. Rien n'est appliqué.`,
    '',
    `**Le calage des jours** : là où les jours réels sont notés, l'écart médian entre réel et estimé est montré par référentiel. À partir de ${calibration.atLeast} EPCI où elle est connue, un autre plafond est proposé pour ce qui fait varier les jours (« full ») : la valeur que ${percent(calibration.full)} des EPCI ne dépassent pas. Les bornes sont celles du Hub, elles ne bougent pas. Rien n'est appliqué.`,
    '',
    "**Fiches pour 10 000 habitants** : à côté de la médiane des EPCI connus. **L'indice de fragilité numérique** d'un fichier donné par `PORTREA_FRAGILITY_FILE` n'est montré que pour le contexte : il n'entre dans aucun score (importé par `import --needs`, il sert au type de territoire).",
    '',
  ]
}
