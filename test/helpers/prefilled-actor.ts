/** A record, in Brest, that profile `prefill` calls pre-filled; many of it are so many places, as a person said. */
export const PREFILLED = {
  Nom: 'Espace numérique',
  'Pas un doublon de': Array.from({ length: 99 }, (_, at) => at + 1).join(' | '),
  'SIRET ou RNA': '43493312300029',
  Commune: 'Brest',
  'Code postal': '29200',
  'Code INSEE': '29019',
  Adresse: '1 rue de Siam',
  Typologie: 'ASSO',
  Téléphone: '+33298000000',
  Courriels: 'accueil@example.org',
  'Site web': 'https://example.org',
  Horaires: 'Mo-Fr 09:00-12:00',
  Source: 'Hub',
  Services: 'Aide aux démarches administratives',
  'Présentation (détail)': 'Un lieu ouvert à toutes et à tous.',
}
