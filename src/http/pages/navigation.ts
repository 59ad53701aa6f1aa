/** A page that the header or the foot of every page leads to. */
export type Place = {
  readonly href: string
  readonly label: string
}

/** The header of who signed in, in order. */
export const NAVIGATION: readonly Place[] = [
  { href: '/', label: 'Tableau de bord' },
  { href: '/carte', label: 'Carte' },
  { href: '/planning', label: 'Planning' },
  { href: '/calendriers', label: 'Calendriers' },
]

/** The foot of every page, whoever looks. */
export const FOOT: readonly Place[] = [
  { href: '/accessibilite', label: 'Accessibilité : non conforme' },
  { href: '/mentions-legales', label: 'Mentions légales' },
  { href: '/donnees-personnelles', label: 'Données personnelles' },
  { href: '/securite', label: 'Sécurité' },
  { href: '/docs', label: 'Interface pour les programmes' },
  { href: '/health/ready', label: 'État du service' },
]
