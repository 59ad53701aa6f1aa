import type { Shift } from '../domain/changes.ts'
import { REFERENTIALS } from '../domain/diagnostic.ts'
import { CONFIDENCE_LABELS, REFERENTIAL_LABELS } from '../domain/labels.ts'
import type { EpciImpact, Impact } from '../domain/rules-impact.ts'
import { counted, frenchList, frenchNumber, typeset } from '../domain/typography.ts'

/** The impact of proposed rules as a person reads it in a terminal. */
export function impactLines(impact: Impact, beside: readonly string[]): string[] {
  const { epcis, changed } = impact
  const moved = changed.filter(({ recommended: { before, after } }) => before !== after)
  const first =
    changed.length === 0
      ? `${counted(epcis, 'EPCI', 'EPCI')} : rien ne changerait.`
      : `${frenchNumber(changed.length)} EPCI sur ${frenchNumber(epcis)} ${changed.length < 2 ? 'changerait' : 'changeraient'}, ${movedText(moved.length)}.`
  return [
    first,
    '',
    ...REFERENTIALS.map((key) => total(`« ${REFERENTIAL_LABELS[key]} »`, impact.recommended[key])),
    ...(['high', 'medium', 'low'] as const).map((key) =>
      total(`confiance ${CONFIDENCE_LABELS[key].toLowerCase()}`, impact.confidence[key]),
    ),
    total('jours des référent·e·s', impact.referentDays),
    total('jours de chargé·e de déploiement', impact.officerDays),
    ...(changed.length === 0
      ? []
      : ['', ...[...moved, ...changed.filter((one) => !moved.includes(one))].map(epciLine)]),
    '',
    ...(beside.length === 0
      ? []
      : [
          `${frenchList(beside)} ${beside.length < 2 ? 'change' : 'changent'} aussi : ce que cela ferait aux fiches ne se voit qu'avec la base (sync --dry-run).`,
        ]),
    "Rien n'est appliqué : les règles se changent dans config/, après en avoir décidé.",
  ].map(typeset)
}

function movedText(count: number): string {
  if (count === 0) return 'aucun de référentiel recommandé'
  return `dont ${frenchNumber(count)} de référentiel recommandé`
}

function total(what: string, { before, after }: Shift<number>): string {
  const now = before === after ? frenchNumber(before) : `${frenchNumber(before)} → ${frenchNumber(after)}`
  return `  ${what.padEnd(34)} ${now}`
}

/** « 200069409 CC X : « Outil » → « Réseau » ; confiance moyenne → faible ; référent·e·s 9 → 10,5 j » */
function epciLine({ siren, name, retained, ...one }: EpciImpact): string {
  const { recommended, confidence, referentDays, officerDays } = one
  const parts = [
    ...shiftText('', recommended, (key) => `« ${REFERENTIAL_LABELS[key]} »`),
    ...shiftText('confiance ', confidence, (key) => CONFIDENCE_LABELS[key].toLowerCase()),
    ...shiftText('jours des référent·e·s ', referentDays, (days) => frenchNumber(days)),
    ...shiftText('jours de chargé·e ', officerDays, (days) => frenchNumber(days)),
  ]
  const choice = retained === null ? '' : ` (« ${REFERENTIAL_LABELS[retained]} » retenu)`
  return `  • ${siren === null ? '' : `${siren} `}${name}${choice} : ${parts.join(' ; ')}`
}

function shiftText<Value>(
  what: string,
  { before, after }: Shift<Value>,
  said: (value: Value) => string,
): string[] {
  return before === after ? [] : [`${what}${said(before)} → ${said(after)}`]
}
