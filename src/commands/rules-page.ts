import { commandLine } from '../domain/command-line.ts'
import { FACTORS, REFERENTIALS } from '../domain/diagnostic.ts'
import { capital, counted, frenchNumber, typeset } from '../domain/typography.ts'
import { PROFILES, type RuleOfField, type RulesDocument } from './rules-document.ts'
import {
  checkWords,
  criterionWords,
  fieldRemarks,
  indicatorWords,
  inEachMoment,
  LEVEL_WORDS,
  PROFILE_WORDS,
  SEVERITY_WORDS,
  sentenceWords,
  requirementWords,
  workloadWords,
} from './rules-words.ts'

/** Every rule as a page in Markdown, in French: the same for the same rules, byte for byte. */
export function rulesPage(document: RulesDocument): string {
  const blocks = [
    ...opening(document),
    ...fieldTable(document),
    ...readingSection(document),
    '## Les contrôles, champ par champ',
    ...document.fields.flatMap(fieldSection),
    ...maturitySection(document),
    ...referentialSection(document),
  ]
  return `${blocks.join('\n\n')}\n`
}

function opening({ fields, freshness, prefilled, placeholders, noneAnswers }: RulesDocument): string[] {
  const codes = fields.reduce((sum, { findings }) => sum + findings.length, 0)
  const [nothing, signs, starts] = [
    placeholders.values.map(code).join(', '),
    code(placeholders.madeOf),
    placeholders.startsWith.map(code).join(', '),
  ]
  return [
    '# Les règles de Portrea',
    '<!-- Written by `npm run schema` from the files of config/: mend those, not this page. -->',
    ...[
      `${counted(fields.length, 'champ')} du standard national, ${counted(codes, 'code')}. Un code ne change jamais de nom ; les phrases, les poids et les seuils se règlent dans \`config/\`.`,
      "**Complétude** d'une fiche : poids des champs remplis / poids des champs qui comptent (requis et attendus ; les facultatifs ne comptent pas). Ce qui est *à corriger* ne compte pas comme rempli ; ce qui est *à vérifier* ou *à normaliser* compte. Un champ qui ne s'applique pas sort des deux sommes.",
      `**Pré-remplie** : complétude de ${prefilled.completeness} % au moins au moment du pré-remplissage, et rien à corriger.`,
      `**Fraîcheur** : à jour moins de ${freshness.current} mois, à surveiller moins de ${freshness.watch}, à vérifier moins de ${freshness.verify}, à actualiser au-delà ; inconnue si rien ne la dit.`,
      "**« Vérifié exact »** : un code recopié dans cette colonne n'est plus jamais dit de cette fiche.",
      `**À normaliser** : juste sur le fond ; la proposition peut être reprise telle quelle, ce que fait \`${commandLine('assess', 'FICHIER', '--fix', 'COPIE.csv')}\`.`,
    ].map(typeset),
    `**Ne dit rien**${typeset(' :')} ${nothing}, les textes faits seulement de ${signs} et ceux qui commencent par ${starts} : le champ est vide.`,
    `**Est une réponse** là où un champ peut n'avoir rien : ${noneAnswers.map(code).join(', ')}.`,
  ]
}

function fieldTable({ fields }: RulesDocument): string[] {
  const head = ['Champ', 'Poids', ...PROFILES.map((profile) => PROFILE_WORDS[profile])]
  const rows = fields.map(({ field, weight, levels }) => [
    `[\`${field}\`](#${field})`,
    frenchNumber(weight),
    ...PROFILES.map((profile) => LEVEL_WORDS[levels[profile]]),
  ])
  return ['## Les champs et leur poids', table(head, rows)]
}

function readingSection({ readOtherwise }: RulesDocument): string[] {
  const rows = readOtherwise.map(({ reason, severity, message }) => [
    `\`….${reason}\``,
    SEVERITY_WORDS[severity],
    cell(sentenceWords(message, 'le champ')),
  ])
  return [
    '## Ce qui est lu avant tout contrôle',
    typeset(
      "Une valeur est lue une fois, dans un fichier comme dans la base, sans ce que personne n'a voulu y écrire ; les contrôles, la commune, l'EPCI et les doublons lisent tous cette valeur. Là où la cellule en diffère, c'est dit du champ (`code_postal.invisible`, par exemple), avec ce qui est lu comme proposition, sauf si un autre constat le propose déjà.",
    ),
    table(['Code', 'Gravité', 'Ce qui est dit'], rows),
  ]
}

function fieldSection(rule: RuleOfField): string[] {
  const remarks = [...rule.checks.map(checkWords), ...fieldRemarks(rule)]
  const rows = rule.findings.map(({ code: name, severities, message }) => [
    `\`${name}\``,
    typeset(inEachMoment(severities, SEVERITY_WORDS)),
    cell(sentenceWords(message, rule.label)),
  ])
  return [
    `### ${rule.field}`,
    typeset(
      `${capital(rule.label)} : poids ${frenchNumber(rule.weight)}, ${inEachMoment(rule.levels, LEVEL_WORDS)}.`,
    ),
    ...(remarks.length === 0 ? [] : [remarks.map((one) => `- ${typeset(one)}`).join('\n')]),
    ...(rows.length === 0 ? [] : [table(['Code', 'Gravité', 'Ce qui est dit'], rows)]),
    ...acceptedBlock(rule),
  ]
}

function acceptedBlock({ accepted }: RuleOfField): string[] {
  if (accepted === null) return []
  const rows = Object.entries(accepted).map(([value, others]) => [
    cell(value),
    others.length === 0 ? '' : cell(others.join(' · ')),
  ])
  return [
    `<details><summary>${counted(rows.length, 'valeur')} du standard, et les autres écritures reconnues</summary>`,
    table(['Valeur', 'Reconnue aussi sous'], rows),
    '</details>',
  ]
}

function maturitySection({
  maturity: { factors, levels, coverage, contradictions },
}: RulesDocument): string[] {
  return [
    typeset("## La maturité d'un EPCI"),
    typeset(
      `Chaque facteur est la moyenne pondérée de ses indicateurs connus, de 0 à 100, ou inconnu (jamais 0). Aucun niveau n'est dit sous ${frenchNumber(100 * coverage, 0)} % de poids connu. Niveaux : absente, émergente dès ${levels.emergent}, structurée dès ${levels.structured}, mature dès ${levels.mature}.`,
    ),
    table(
      ['Facteur', 'Indicateur', 'Clé', 'Poids', 'De 0 à 100'],
      FACTORS.flatMap((key) =>
        factors[key].indicators.map((one) => [
          cell(typeset(factors[key].label)),
          cell(typeset(one.label)),
          `\`${one.key}\``,
          frenchNumber(one.weight),
          cell(typeset(indicatorWords(one))),
        ]),
      ),
    ),
    ...(contradictions.length === 0
      ? []
      : [
          'Réponses qui se contredisent, et qui gardent la confiance à « Moyenne » au plus :',
          contradictions.map(({ key, says }) => typeset(`- \`${key}\` : ${says}`)).join('\n'),
        ]),
  ]
}

function referentialSection({
  maturity,
  referentials: { referentials, confidence, general },
  prefill: { expected },
}: RulesDocument): string[] {
  return [
    '## Le référentiel recommandé et la charge',
    ...[
      `Points d'un critère : poids × adéquation (0 à 1) ; ce qui n'est pas connu compte pour moitié, indicateur par indicateur. Recommandé : le total le plus haut, sans le critère de l'objectif tant qu'il n'est pas connu. Objectif laissé ouvert, ou inconnu sous ${frenchNumber(100 * general.coverage)} % du poids connu : généraliste.`,
      `Confiance élevée : rien d'encore inconnu ne changerait le résultat, ${confidence.high} points d'écart au moins, l'objectif connu et dans ce sens, les préalables remplis, aucune réponse contredite ; faible : moins de ${confidence.low} points d'écart, ou moins de ${frenchNumber(100 * confidence.coverage)} % du poids connu ; moyenne sinon.`,
    ].map(typeset),
    ...REFERENTIALS.flatMap((key) => [
      `### ${referentials[key].label}`,
      typeset(`${capital(referentials[key].aim)}. ${capital(workloadWords(referentials[key]))}.`),
      ...referentials[key].requires.map((one) => typeset(`Préalable : ${requirementWords(one)}.`)),
      table(
        ['Critère', 'Poids', 'Adéquation'],
        referentials[key].criteria.map((one) => [
          `\`${one.key}\``,
          frenchNumber(one.weight),
          cell(typeset(criterionWords(one, maturity))),
        ]),
      ),
    ]),
    typeset(
      `Fiches attendues, faute de cible déclarée : ce que citent les listes lues, de chaque type la plus longue (un minimum tant que l'un de ces types n'est dans aucune : ${expected.kinds.join(', ')}), sinon ${frenchNumber(expected.per10000)} pour 10\u202f000 habitants, ou la médiane des EPCI dont le pré-remplissage est fini s'ils sont ${expected.medianFrom} au moins.`,
    ),
  ]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Text that stands in a table: no bar, no line break, no tag. */
function cell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replace(/\s*\n\s*/gu, ' ')
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``
}
