import { REFERENTIALS } from '../domain/diagnostic.ts'
import { REFERENTIAL_LABELS } from '../domain/labels.ts'
import type { Learning, WeightShift } from '../domain/learning.ts'
import { counted, frenchNumber, typeset } from '../domain/typography.ts'

/** What the choices of people say of the rules, as a person reads it in a terminal; the YAML is to be copied as it is. */
export function learningLines({ choices, table, agreed, atLeast, verdict, proposal }: Learning): string[] {
  if (choices === 0) return [typeset("Aucun référentiel n'est encore retenu : il n'y a rien à comparer.")]
  const head = REFERENTIALS.map((key) => REFERENTIAL_LABELS[key].padStart(12)).join('')
  const told = [
    `Recommandé (en lignes) face à « Référentiel retenu » (en colonnes), ${counted(choices, 'choix', 'choix')} :`,
    '',
    `  ${''.padEnd(12)}${head}`,
    ...REFERENTIALS.map((key) => {
      const cells = REFERENTIALS.map((retained) => String(table[key][retained]).padStart(12)).join('')
      return `  ${REFERENTIAL_LABELS[key].padEnd(12)}${cells}`
    }),
    '',
    `Accord : ${frenchNumber(agreed.count)} sur ${frenchNumber(agreed.of)}${agreed.little ? ' (peu de choix, à lire avec prudence)' : ''}.`,
  ].map(typeset)
  return [...told, ...verdictLines({ choices, atLeast, verdict, proposal }), typeset("Rien n'est appliqué.")]
}

function verdictLines({
  choices,
  atLeast,
  verdict,
  proposal,
}: Pick<Learning, 'choices' | 'atLeast' | 'verdict' | 'proposal'>): string[] {
  if (verdict === 'too_early')
    return [
      typeset(
        `Trop tôt pour proposer d'autres poids : il faut ${atLeast} choix, il en manque ${frenchNumber(atLeast - choices)}.`,
      ),
    ]
  if (proposal === null)
    return [
      typeset(
        "Les poids actuels conviennent : d'autres ne s'accorderaient pas mieux avec des choix qu'ils n'ont pas vus.",
      ),
    ]
  const { agreedNow, agreedThen, unseenThen, weights } = proposal
  return [
    typeset(
      `Proposition, dans config/referentials.yaml : l'accord passerait de ${frenchNumber(agreedNow)} à ${frenchNumber(agreedThen)} sur ${frenchNumber(choices)} (à ${frenchNumber(unseenThen)} sur des choix qui n'ont pas servi à la calculer). Avant de décider : rules --impact.`,
    ),
    '',
    ...weightsDifference(weights),
    '',
  ]
}

/** The weights that change, as a difference of config/referentials.yaml. */
export function weightsDifference(weights: readonly WeightShift[]): string[] {
  return [...Map.groupBy(weights, ({ referential }) => referential)].flatMap(([referential, own]) => [
    `   ${referential}:`,
    '     criteria:',
    ...own.flatMap(({ criterion, before, after }) => [
      `       - key: ${criterion}`,
      `-        weight: ${before}`,
      `+        weight: ${after}`,
    ]),
  ])
}
