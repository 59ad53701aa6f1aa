import { describe, expect, it } from 'vitest'
import type { FieldName } from '../../../src/domain/fields.ts'
import { actorOf, keepsAll } from './records.ts'

const keeps = (
  field: FieldName,
  before: string,
  after: string,
  others: Partial<Record<FieldName, string>> = {},
) => keepsAll(actorOf({ ...others, [field]: before }), field, after)

const RENNES = { commune: 'Rennes', code_postal: '35000' }
const PLOEUC = { commune: "Plœuc-L'Hermitage", code_postal: '22150' }

describe('a fix may take the place of a value', () => {
  it.each<[FieldName, string, string, Partial<Record<FieldName, string>>?]>([
    ['nom', ' France  services Callac ', 'France services Callac'],
    ['nom', 'MÃ©diathÃ¨que', 'Médiathèque'],
    ['nom', 'Jeux &amp; Cie<br/>', 'Jeux & Cie'],
    ['nom', 'CENTRE COMMUNAL D ACTION SOCIALE', "Centre Communal d'Action Sociale"],
    ['nom', 'COMMUNE DE EVRAN', "Commune d'Évran", { commune: 'Évran' }],
    ['nom', 'CCAS ST AVE', 'CCAS Saint-Avé', { commune: 'Saint-Avé' }],
    ['commune', 'PLOUER S/ RANCE', 'Plouër-sur-Rance'],
    ['commune', 'st brieuc', 'Saint-Brieuc'],
    ['adresse', '12 rue de Rennes, 35000 Rennes, France', '12 rue de Rennes', RENNES],
    ['adresse', '1 rue A F-35000 Rennes', '1 rue A', RENNES],
    ['adresse', '1 PL LOUIS MOREL 22150 PLOEUC-LHERMITAGE', '1 PL LOUIS MOREL', PLOEUC],
    ['code_postal', '22 000', '22000'],
    ['code_postal', 'F-22000', '22000'],
    ['code_postal', '22000.0', '22000'],
    ['code_postal', '="01000"', '01000'],
    ['code_insee', '1004', '01004'],
    ['pivot', 'SIRET : 434 933 123 00029', '43493312300029'],
    ['pivot', 'w351001234', 'W351001234'],
    ['longitude', '−1,68', '-1.68'],
    ['telephone', '02 96 60 47 87', '+33296604787'],
    ['telephone', 'Tél : +33 (0)2 96 60 47 87', '+33296604787'],
    ['telephone', '590123456', '+590590123456'],
    ['telephone', '02 96 60 47 87, 02 96 60 47 87', '+33296604787'],
    ['courriels', 'mailto:a@exemple.bzh', 'a@exemple.bzh'],
    ['courriels', 'a (at) exemple.bzh ou b@exemple.bzh', 'a@exemple.bzh|b@exemple.bzh'],
    ['site_web', 'www.exemple.bzh/a ; http://exemple.fr', 'https://www.exemple.bzh/a|http://exemple.fr'],
    ['site_web', 'http://https://www.exemple.fr/', 'https://www.exemple.fr/'],
    ['date_maj', 'mardi 2 avril 2024', '2024-04-02'],
    ['date_maj', '2024-04-02T00:00:00.000Z', '2024-04-02'],
    ['services', 'CNFS', 'CNFS'],
    ['dispositif_programmes_nationaux', 'CNFS;France Services', 'Conseillers numériques|France Services'],
    ['horaires', 'du lundi au vendredi de 9h à 12h', 'Mo-Fr 09:00-12:00'],
    ['horaires', 'Mo-Fr 9:00 - 12:00 ;Sa off;', 'Mo-Fr 09:00-12:00; Sa off'],
    [
      'horaires',
      'fermé le lundi ; mardi 9h-12h uniquement sur rdv',
      'Mo off; Tu 09:00-12:00 "sur rendez-vous"',
    ],
    ['horaires', 'samedi : fermé ; dimanche 10h-midi', 'Sa off; Su 10:00-12:00'],
    ['horaires', 'de 9h à 12h tous les jours', 'Mo-Su 09:00-12:00'],
    ['horaires', '24h/24 et 7j/7', '24/7'],
    ['horaires', 'du lundi au vendredi 9h-12h, lundi 14h-17h', 'Mo-Fr 09:00-12:00, Mo 14:00-17:00'],
  ])('of %s: « %s » → « %s », which says as much', (field, before, after, others = {}) => {
    expect(keeps(field, before, after, others)).toBe(true)
  })

  it.each<[FieldName, string, string, Partial<Record<FieldName, string>>?]>([
    ['nom', 'Mairie <a href="https://exemple.bzh/page">annexe</a>', 'Mairie annexe'],
    ['nom', "DEPARTEMENT DES COTES D'ARMOR", "Département des Côtes d'Armor"],
    ['nom', 'MEDIATHEQUE LE SEMAPHORE', 'Médiathèque Le SEMAPHORE'],
    ['nom', 'CENTRE LE SEMAPHORE', 'Centre Le SEMAPHORE'],
    ['commune', 'MARSEILLE 3', 'Marseille'],
    ['commune', 'Collinée', 'Le Mené'],
    ['adresse', '12 rue de la Poterie 35200 Rennes', '12 rue de la Poterie', RENNES],
    ['adresse', '12 rue de la Poterie 35000 Rennes CEDEX 7', '12 rue de la Poterie', RENNES],
    ['adresse', '1 rue A 35000 Cesson', '1 rue A', RENNES],
    ['code_postal', '22023 CEDEX 1', '22023'],
    ['code_postal', '22000 ou 22100', '22000'],
    ['code_insee', '22102', '22046'],
    ['pivot', '434 933 123 00029 et 35600000011275', '43493312300029'],
    ['latitude', '48.51727, -2.74538', '48.51727'],
    ['telephone', '02 96 60 47 87 (accueil)', '+33296604787'],
    ['telephone', '02 96 60 47 87 / 02 96 60 47 88', '+33296604787'],
    ['telephone', '1234/0296604787', '+33296604787'],
    ['courriels', 'Accueil <a@exemple.bzh>', 'a@exemple.bzh'],
    ['courriels', 'xa@exemple.bzh', 'a@exemple.bzh'],
    ['courriels', 'a@exemple.bzh, c@exemple.bzh', 'a@exemple.bzh'],
    ['site_web', 'https://exemple.bzh, https://exemple.fr', 'https://exemple.bzh'],
    ['site_web', 'https://exemple.bzh/page', 'https://exemple.bzh'],
    ['date_maj', '2024-04-02 ; 2025-05-02', '2024-04-02'],
    ['date_maj', '2024-04-02 10:30', '2024-04-02'],
    ['frais_a_charge', 'Gratuit : 5 euros le lundi', 'Gratuit'],
    ['services', 'Vélo|Utilisation sécurisée du numérique', 'Utilisation sécurisée du numérique'],
    ['horaires', 'du lundi au vendredi 9h-12h, lundi 14h-17h', 'Mo-Fr 09:00-12:00; Mo 14:00-17:00'],
    ['horaires', 'lundi 9h-12h (semaines paires)', 'Mo 09:00-12:00'],
    ['horaires', 'lundi 9h-12h, mardi 14h-17h', 'Mo 09:00-12:00'],
    ['horaires', 'lundi 9h-12h 14h-17h', 'Mo 09:00-12:00'],
    ['horaires', 'mardi 9h-12h sur rendez-vous', 'Tu 09:00-12:00'],
    ['horaires', 'lundi 9h-12h ; fermé le mardi', 'Mo 09:00-12:00'],
    ['horaires', 'lundi 9h-12h sauf jours fériés', 'Mo 09:00-12:00'],
    ['horaires', 'le 1er lundi 9h-12h', 'Mo 09:00-12:00'],
    ['horaires', '9h-12h', 'Mo 09:00-12:30'],
    ['horaires', 'a'.repeat(3000), 'Mo 09:00-12:30'],
  ])('not of %s: « %s » → « %s » loses or guesses something', (field, before, after, others = {}) => {
    expect(keeps(field, before, after, others)).toBe(false)
  })

  it('where there was none', () => {
    expect(keepsAll(actorOf({}), 'nom', 'Mairie')).toBe(true)
  })
})
