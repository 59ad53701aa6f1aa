import { column, table } from './describe.ts'
import type { UnlikeBase } from './describe.ts'
import { epcisOf, lieux, PEOPLE } from './places.ts'
import type { Lieu } from './places.ts'

const places = lieux(30)
const epcis = epcisOf(places)
const epciOf = ({ epciSiren }: Lieu) => epcis.findIndex(({ siren }) => siren === epciSiren) + 1
const agents = Array.from({ length: 20 }, (_, at) => ({ at, name: PEOPLE[at % PEOPLE.length]! }))

/** Structures that run places: what is official is with the structure, what is public with the place. */
export const gristTables: UnlikeBase = {
  name: 'des structures qui portent des lieux',
  tables: [
    table('Agents', null, agents, [
      column('Nom_Prenom', (one) => one.name),
      column('Fonction', () => 'Médiateur'),
      column('Email', ({ at }) => `agent${at}@example.net`),
      column('Telephone', ({ at }) => `06 00 00 05 ${at + 10}`),
    ]),
    table<Lieu>('Structures', null, places, [
      column('Raison_sociale', (one) => `${one.parent} ${one.at}`),
      column('SIRET', (one) => one.siret),
      column('Forme_juridique', () => 'Association'),
      column('Email_siege', (one) => `siege${one.at}@example.net`),
      column('Representant_legal', (one) => one.referent),
    ]),
    table<Lieu>('Lieux_d_accueil', 'actors', places, [
      column('Nom_du_lieu', (one) => one.name, 'nom'),
      column('Structure', (one) => `${one.parent} ${one.at}`, 'structure_parente', {
        reads: (one) => `${one.parent} ${one.at}`,
        link: { to: 'Structures', list: 'Lieux', rows: places.map(({ at }) => [at + 1]) },
      }),
      column('SIRET_structure', (one) => one.siret, 'pivot', {
        uidt: 'Lookup',
        lookup: { through: 'Structure', of: 'SIRET' },
      }),
      column('Adresse', (one) => one.street, 'adresse'),
      column('Code_postal', (one) => one.postal, 'code_postal'),
      column('Commune', (one) => one.commune, 'commune'),
      column('Code_INSEE', (one) => one.insee, 'code_insee'),
      column('Tel_accueil', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      column('Email_accueil', (one) => one.email, 'courriels', { empty: 3 }),
      column('Email_siege', (one) => `siege${one.at}@example.net`, undefined, {
        uidt: 'Lookup',
        lookup: { through: 'Structure', of: 'Email_siege' },
      }),
      column('Site_web', (one) => one.site, 'site_web', { empty: 3 }),
      column('Horaires_ouverture', (one) => one.hours, 'horaires', { empty: 3 }),
      column('Tarification', (one) => one.fee, 'frais_a_charge'),
      column('Publics_cibles', (one) => one.publics.join(', '), 'publics_specifiquement_adresses'),
      column('Date_derniere_maj', (one) => one.updated, 'date_maj', { uidt: 'Date' }),
    ]),
  ],
}

/** A Hub that followed its EPCI in NocoDB already: places, EPCI, days. */
export const hubTables: UnlikeBase = {
  name: 'une base de suivi',
  tables: [
    table('Suivi EPCI', 'epcis', epcis, [
      column('Nom EPCI', (one) => one.name, 'name'),
      column('SIREN EPCI', (one) => one.siren, 'siren'),
      column('Pop. municipale', (one) => one.population, 'population', { uidt: 'Number' }),
      column('Suivi par', ({ at }) => PEOPLE[at % 3], 'deploymentOfficer'),
      column('État d’avancement', (one) => one.stage, 'stage', {
        uidt: 'SingleSelect',
        choices: ['Pressenti', "D'accord", 'Lancé'],
      }),
      column('Commentaires', () => 'x'),
    ]),
    table<Lieu>('Acteurs de l’inclusion', 'actors', places, [
      column('Nom de l’acteur', (one) => one.name, 'nom'),
      column('EPCI', (one) => one.epci, 'epci', {
        link: { to: 'Suivi EPCI', list: 'Acteurs', rows: places.map((one) => [epciOf(one)]) },
      }),
      column('Type d’acteur', (one) => one.kind, 'typologie'),
      column('Adresse', (one) => one.street, 'adresse'),
      column('Code postal', (one) => one.postal, 'code_postal'),
      column('Commune', (one) => one.commune, 'commune'),
      column('Téléphone', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      column('Mail', (one) => one.email, 'courriels', { empty: 3 }),
      column('État de la fiche', (one) => one.step, 'step', {
        uidt: 'SingleSelect',
        choices: ['À contacter', 'Contacté', 'À compléter', 'Validée'],
      }),
      column('Référente', (one) => one.referent, 'referent'),
      column('Date du dernier contact', (one) => one.contacted, 'lastContact', { uidt: 'Date' }),
    ]),
    table(
      'Journées collaboratives',
      'days',
      [1, 2, 3, 4, 5, 6],
      [
        column('Journée', (day) => `Journée ${day}`, 'name'),
        column('Date de la journée', (day) => `2026-06-0${day}`, 'date', { uidt: 'Date' }),
        column('Salle', () => 'Maison des associations', 'place'),
        column('Nb d’inscrits', () => 30, 'expected', { uidt: 'Number' }),
        column('Nb de présents', () => 22, 'present', { uidt: 'Number' }),
        column('Bilan', () => 'bien'),
      ],
    ),
  ],
}
