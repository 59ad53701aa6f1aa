/** A page that the header or the foot of every page leads to. */
export type Place = {
  readonly href: string
  readonly label: string
}

/** The pages that each answer one question over all EPCI. */
export const QUESTION_PAGES: readonly Place[] = [
  { href: '/a-risque', label: 'Qui est à risque avant sa journée ?' },
  { href: '/diagnostics-manquants', label: 'Quels diagnostics manquent, et qui appeler ?' },
  { href: '/a-faire', label: 'Quelles fiches remplir ensuite ?' },
  { href: '/changements', label: 'Qu’est-ce qui a changé ?' },
  { href: '/charge', label: 'Combien de jours, quand, pour qui ?' },
  { href: '/typologie', label: 'Quels types de territoires ?' },
  { href: '/choix', label: 'Le retenu suit-il le recommandé ?' },
]

/** The header of who signed in, in order. */
export const NAVIGATION: readonly Place[] = [
  { href: '/', label: 'Mes EPCI' },
  { href: '/epcis', label: 'Tous les EPCI' },
  { href: '/carte', label: 'Carte' },
  { href: '/changements', label: 'Changements' },
  { href: '/typologie', label: 'Typologie' },
  { href: '/planning', label: 'Planning' },
  { href: '/calendriers', label: 'Calendriers' },
]

/** Stands in a page for what config/accessibility.yaml declares, which whoever sends the page writes there. */
const STATE = '\u{f8ff}'

/** A page with what is declared of its accessibility, as the law has it; null: nothing is declared. */
export function withDeclared(page: string, state: string | null): string {
  return page.replaceAll(STATE, state === null ? '' : `\u00a0: ${state}`)
}

/** The foot of every page, whoever looks. */
export const FOOT: readonly Place[] = [
  { href: '/accessibilite', label: `Accessibilité${STATE}` },
  { href: '/mentions-legales', label: 'Mentions légales' },
  { href: '/donnees-personnelles', label: 'Données personnelles' },
  { href: '/securite', label: 'Sécurité' },
  { href: '/docs', label: 'Interface pour les programmes' },
  { href: '/health/ready', label: 'État du service' },
]
