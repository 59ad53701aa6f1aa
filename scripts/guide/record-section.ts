import { loadGeography } from '../../src/config/geography.ts'
import type { Rules } from '../../src/config/rules-file.ts'
import { compileActorRules } from '../../src/domain/completeness/assess-actor.ts'
import type { FieldName } from '../../src/domain/fields.ts'
import { BLOCKS } from '../../src/domain/rules/indicators.ts'
import { counted, frenchList } from '../../src/domain/typography.ts'
import { operation, shown, sumOf, table } from './arithmetic.ts'
import { RECORD } from './example.ts'

/** The day on which the invented record is judged. */
const DAY = '2026-03-01'

/** One record: what counts, for how much, and the sum done. */
export function recordSection({ completeness: rules, indicators }: Rules): string[] {
  const judge = compileActorRules(rules, loadGeography(), DAY, 'publication')
  const { missing, filled, completeness } = judge(RECORD)
  const weights = new Map(rules.fields.map(({ field, label, weight }) => [field, { label, weight }]))
  const counting = rules.fields.filter(
    ({ field, level }) => (rules.profiles.publication.levels[field] ?? level) !== 'optional',
  )
  const answered = rules.oneNeed.filter(({ fields }) => fields.some((field) => filled.includes(field)))
  const shareOf = (field: FieldName) => answered.find(({ fields }) => fields.includes(field))?.others ?? 1
  const weigh = (fields: readonly FieldName[]) =>
    counting
      .filter(({ field }) => fields.includes(field))
      .map(({ field, weight }) => (filled.includes(field) ? weight : weight * shareOf(field)))
  const [full, empty] = [weigh(filled), weigh(missing)]
  const total = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0)
  const { current, watch, verify } = rules.freshness
  return [
    '## Une fiche : sa complétude',
    '',
    `Chaque champ du standard national a un poids. Complétude = poids des champs remplis / poids des champs qui comptent, de 0 à 100. Un champ facultatif ne compte pas ; un champ qui ne s'applique pas à ce lieu sort des deux sommes ; une valeur fausse au point de bloquer compte comme vide. Un moyen de contact suffit : dès que l'un est là, ceux qui manquent ne gardent que ${shown(100 * (rules.oneNeed[0]?.others ?? 1))} % de leur poids.`,
    '',
    `Exemple : une fiche dont ${counted(filled.length, 'champ est rempli', 'champs sont remplis')}, jugée pour la publication.`,
    '',
    ...table(
      ['Champ', 'Poids', 'Fiche d’exemple'],
      counting.map(({ field }) => [
        weights.get(field)?.label ?? field,
        shown(weights.get(field)?.weight ?? 0),
        filled.includes(field) ? 'rempli' : 'vide',
      ]),
    ),
    '',
    `Rempli : ${operation(sumOf(full), total(full))}. Vide : ${operation(sumOf(empty), total(empty))}. Complétude : ${operation(`100 × ${shown(total(full))} / (${shown(total(full))} + ${shown(total(empty))})`, completeness)}.`,
    '',
    `Une fiche est **pré-remplie** à partir de ${shown(rules.prefilled.completeness)} (au moment du pré-remplissage, où moins de champs sont attendus) si ses champs requis sont remplis et si rien ne bloque ; elle est **publiable** quand, pour la publication, ses champs requis sont remplis et que rien ne bloque, quelle que soit sa complétude. **Fraîcheur** : « À jour » à moins de ${current} mois du dernier changement, « À surveiller » à moins de ${watch}, « À vérifier » à moins de ${verify}, « À actualiser » au-delà, « Inconnue » si rien ne le dit.`,
    '',
    `**Par bloc** (${frenchList(BLOCKS.map((key) => indicators.blocks[key].label))}), c'est la même division, limitée aux champs du bloc et faite sur toutes les fiches de l'EPCI ; « cases » compte tous les champs du bloc, même facultatifs. Ici, ${counted(filled.length, 'case')} sur 32.`,
    '',
  ]
}
