import { FACTORS, REFERENTIALS } from '../domain/diagnostic.ts'
import { frenchNumber, typeset } from '../domain/typography.ts'
import type { RuleOfField, RulesDocument } from './rules-document.ts'
import {
  checkWords,
  criterionWords,
  fieldRemarks,
  indicatorWords,
  inEachMoment,
  LEVEL_WORDS,
  SEVERITY_WORDS,
  sentenceWords,
  requirementWords,
  workloadWords,
} from './rules-words.ts'
import { conditionWords, figureWords } from './typology-words.ts'

/** Every rule as a person reads it in a terminal, in French. */
export function rulesLines(document: RulesDocument): string[] {
  const { freshness, prefilled } = document
  return [
    `Règles ${document.rules}`,
    '',
    'Une fiche : complétude = poids des champs remplis / poids des champs qui comptent (requis et attendus).',
    'Ce qui est à corriger ne compte pas comme rempli ; ce qui est à vérifier ou à normaliser compte.',
    `Pré-remplie : complétude de ${prefilled.completeness} % au moins au moment du pré-remplissage, et rien à corriger.`,
    `Fraîcheur : à jour moins de ${freshness.current} mois, à surveiller moins de ${freshness.watch}, à vérifier moins de ${freshness.verify}, à actualiser au-delà.`,
    '',
    'Lu avant tout contrôle, dans chaque champ :',
    ...document.readOtherwise.map(
      ({ reason, severity, message }) =>
        `    [….${reason}] ${SEVERITY_WORDS[severity]} : ${sentenceWords(message, 'le champ')}`,
    ),
    ...document.fields.flatMap(fieldLines),
    ...maturityLines(document),
    '',
    ...referentialLines(document),
    '',
    ...typeLines(document),
  ].map(typeset)
}

function typeLines({ maturity, typology: { types, need, coverage } }: RulesDocument): string[] {
  return [
    `Type de territoire : le plus haut degré, celui d’un type étant celui de sa condition la moins remplie ; rien sous ${frenchNumber(100 * coverage)} % connu.`,
    ...types.flatMap(({ key, label, definition, conditions }) => [
      `  ${label} (${key}) — ${definition}`,
      ...conditions.map((one) => `    · ${one.label} : ${conditionWords(one, maturity)}`),
    ]),
    '  Besoin, de 0 à 100 :',
    ...need.figures.map(
      (one) => `    · ${one.label} (${one.key}), poids ${frenchNumber(one.weight)} : ${figureWords(one)}`,
    ),
  ]
}

function fieldLines(rule: RuleOfField): string[] {
  const counts = `poids ${frenchNumber(rule.weight)}, ${inEachMoment(rule.levels, LEVEL_WORDS)}`
  const checks = rule.checks.map(checkWords)
  return [
    `${rule.field} — ${rule.label} : ${counts}`,
    ...[...checks, ...fieldRemarks(rule)].map((line) => `  · ${line}`),
    ...rule.findings.flatMap(({ code, severities, message }) => [
      `  [${code}] ${inEachMoment(severities, SEVERITY_WORDS)}`,
      `      ${sentenceWords(message, rule.label)}`,
    ]),
    '',
  ]
}

function maturityLines({ maturity: { factors, levels } }: RulesDocument): string[] {
  return [
    'Maturité d’un EPCI : chaque facteur est la moyenne pondérée de ses indicateurs connus, de 0 à 100.',
    `Niveaux : absent, émergent dès ${levels.emergent}, structuré dès ${levels.structured}, mûr dès ${levels.mature}.`,
    ...FACTORS.flatMap((key) => [
      `  ${factors[key].label}`,
      ...factors[key].indicators.map(
        (one) =>
          `    · ${one.label} (${one.key}), poids ${frenchNumber(one.weight)} : ${indicatorWords(one)}`,
      ),
    ]),
  ]
}

function referentialLines({
  maturity,
  referentials: { referentials, confidence, general },
  prefill: { expected },
}: RulesDocument): string[] {
  return [
    'Référentiel recommandé : le plus haut des totaux poids × adéquation ; ce qui n’est pas connu compte pour moitié, indicateur par indicateur.',
    `Confiance élevée : rien d’inconnu n’y changerait rien, et ${confidence.high} points d’écart ; faible : moins de ${confidence.low} points, ou moins de ${frenchNumber(100 * confidence.coverage)} % du poids connu.`,
    `Sans objectif connu et sous ${frenchNumber(100 * general.coverage)} % du poids connu : généraliste.`,
    ...REFERENTIALS.flatMap((key) => [
      `  ${referentials[key].label} — ${referentials[key].aim}`,
      ...referentials[key].criteria.map(
        (one) => `    · ${one.key}, poids ${frenchNumber(one.weight)} : ${criterionWords(one, maturity)}`,
      ),
      ...referentials[key].requires.map((one) => `    · préalable : ${requirementWords(one)}`),
      `    ${workloadWords(referentials[key])}`,
    ]),
    `Fiches attendues : votre cible, sinon ce que citent les listes lues, sinon ${frenchNumber(expected.per10000)} pour 10\u202f000 habitants, ou la médiane des EPCI dont le pré-remplissage est fini s’ils sont ${expected.medianFrom} au moins.`,
  ]
}
