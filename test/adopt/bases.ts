/** A column as somebody made it; `choices` of a select. What NocoDB computes by itself names what it comes from. */
export type OwnColumn = {
  readonly title: string
  readonly uidt?: string
  readonly choices?: readonly string[]
  /** The column `of` of the table that the link `through` leads to. */
  readonly lookup?: { readonly through: string; readonly of: string }
  readonly rollup?: { readonly through: string; readonly of: string; readonly by: string }
  readonly formula?: string
  /** A link to rows of the table `to`, which lists the rows of this one as `list`; `rows`: those of each row, from 1. */
  readonly link?: {
    readonly to: string
    readonly list: string
    readonly kind?: 'hm' | 'mm'
    readonly rows: readonly (readonly number[])[]
  }
}
export type OwnTable = {
  readonly title: string
  readonly columns: readonly OwnColumn[]
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** A list on this table of the rows of another: NocoDB makes the other side, which takes `back` as its title. */
  readonly lists?: readonly {
    readonly title: string
    readonly of: string
    readonly back: string
    /** `hm` (default): each row of the other stands in one list at most; `mm`: in as many as people like. */
    readonly kind?: 'hm' | 'mm'
    readonly rows: Readonly<Record<number, readonly number[]>>
  }[]
}

/** A base as somebody made it, and what is what in it: `table` or `table.column` of ours → theirs. */
export type OwnBase = {
  readonly name: string
  readonly tables: readonly OwnTable[]
  readonly truth: Readonly<Record<string, string>>
  /** Of the truth, what may rightly be asked about: the name or the values leave a doubt to a person too. */
  readonly fair: readonly string[]
}

type Place = readonly [
  commune: string,
  postal: string,
  insee: string,
  latitude: number,
  longitude: number,
  epci: string,
]

const PLACES: readonly Place[] = [
  ['Brest', '29200', '29019', 48.3904, -4.4861, 'Brest Métropole'],
  ['Quimper', '29000', '29232', 47.996, -4.0977, 'Quimper Bretagne Occidentale'],
  ['Rennes', '35000', '35238', 48.1113, -1.68, 'Rennes Métropole'],
  ['Vannes', '56000', '56260', 47.6587, -2.7599, 'Golfe du Morbihan - Vannes Agglomération'],
  ['Lorient', '56100', '56121', 47.7483, -3.3703, 'Lorient Agglomération'],
  ['Saint-Brieuc', '22000', '22278', 48.5141, -2.7654, 'Saint-Brieuc Armor Agglomération'],
  ['Lannion', '22300', '22113', 48.7323, -3.4597, 'Lannion-Trégor Communauté'],
  ['Fougères', '35300', '35115', 48.3525, -1.1992, 'Fougères Agglomération'],
]
/** SIRET and RNA that hold together, of nobody. */
const SIRETS = [
  '00000000000000',
  '10000000900017',
  '20000000800017',
  '30000000700017',
  '40000000600017',
  'W291000001',
  '50000000500016',
  '60000000400017',
]

/** What invented places have, to be written under anybody's names. */
export const LIEUX = PLACES.map(([commune, postal, insee, latitude, longitude, epci], at) => ({
  id: `lieu-${at + 1}`,
  siret: SIRETS[at]!,
  name: `${at % 2 === 0 ? 'Espace numérique' : 'Médiathèque'} de ${commune}`,
  ...{ commune, postal, insee, latitude, longitude, epci },
  street: `${at + 3} ${['rue de la Paix', 'place du Marché', 'avenue de la Gare', 'quai Sud'][at % 4]}`,
  phone: `+3329900000${at}`,
  frenchPhone: `02 99 00 00 0${at}`,
  email: `contact${at}@example.org`,
  site: `https://lieu${at}.example.org`,
  hours: 'Mo-Fr 09:00-12:00,14:00-17:00',
  frenchHours: 'du lundi au vendredi de 9h à 12h',
  kind: at % 2 === 0 ? 'EPN' : 'BIB',
  services: 'Aide aux démarches administratives|Maîtrise des outils numériques du quotidien',
  oldServices: 'Devenir autonome dans les démarches administratives;Prendre en main un ordinateur',
  fees: 'Gratuit',
  access: 'Se présenter',
  help: 'Accompagnement individuel',
  programme: at % 2 === 0 ? 'France Services' : 'Aidants Connect',
  updated: `2026-0${at + 1}-15`,
  summary: 'Un lieu pour apprendre, à son rythme.',
}))

const columns = (titles: string): OwnColumn[] => titles.split(' ').map((title) => ({ title }))

/** The national standard (1.0.2), as it is imported from a file. */
const standard: OwnBase = {
  name: 'le standard national',
  tables: [
    {
      title: 'lieux_mediation_numerique',
      columns: [
        ...columns('id pivot nom commune code_postal code_insee adresse complement_adresse'),
        { title: 'latitude', uidt: 'Decimal' },
        { title: 'longitude', uidt: 'Decimal' },
        ...columns('typologie telephone courriels site_web horaires'),
        { title: 'presentation_resume', uidt: 'LongText' },
        { title: 'presentation_detail', uidt: 'LongText' },
        ...columns('source itinerance structure_parente'),
        { title: 'date_maj', uidt: 'Date' },
        ...columns('services publics_specifiquement_adresses prise_en_charge_specifique frais_a_charge'),
        ...columns(
          'dispositif_programmes_nationaux formations_labels autres_formations_labels modalites_acces',
        ),
        ...columns('modalites_accompagnement fiche_acces_libre prise_rdv'),
        { title: 'cle_ban' },
      ],
      rows: LIEUX.map((one) => ({
        ...{ id: one.id, pivot: one.siret, nom: one.name, commune: one.commune, code_postal: one.postal },
        ...{ code_insee: one.insee, adresse: one.street, latitude: one.latitude, longitude: one.longitude },
        ...{ typologie: one.kind, telephone: one.phone, courriels: one.email, site_web: one.site },
        ...{ horaires: one.hours, presentation_resume: one.summary, source: 'Hub', itinerance: 'Fixe' },
        ...{ date_maj: one.updated, services: one.services, frais_a_charge: one.fees },
        ...{ dispositif_programmes_nationaux: one.programme, modalites_acces: one.access },
        ...{ modalites_accompagnement: one.help, cle_ban: `${one.insee}_0001_00003` },
      })),
    },
  ],
  truth: {
    actors: 'lieux_mediation_numerique',
    ...same('id pivot nom commune code_postal code_insee adresse complement_adresse latitude longitude'),
    ...same('typologie telephone courriels site_web horaires presentation_resume presentation_detail source'),
    ...same('itinerance structure_parente date_maj services publics_specifiquement_adresses'),
    ...same('prise_en_charge_specifique frais_a_charge dispositif_programmes_nationaux formations_labels'),
    ...same('autres_formations_labels modalites_acces modalites_accompagnement fiche_acces_libre prise_rdv'),
  },
  fair: [],
}

/** The older standard (0.1), with the values of then. */
const older: OwnBase = {
  name: "l'ancien standard",
  tables: [
    {
      title: 'Structures',
      columns: [
        ...columns(
          'id pivot nom commune code_postal code_insee adresse complement_adresse latitude longitude',
        ),
        ...columns('cle_ban typologie telephone courriel site_web horaires presentation_resume'),
        ...columns('presentation_detail source structure_parente date_maj services publics_accueillis'),
        ...columns(
          'conditions_acces labels_nationaux labels_autres modalites_accompagnement accessibilite prise_rdv',
        ),
      ],
      rows: LIEUX.map((one) => ({
        ...{
          id: one.id,
          pivot: '00000000000000',
          nom: one.name,
          commune: one.commune,
          code_postal: one.postal,
        },
        ...{
          code_insee: one.insee,
          adresse: one.street,
          latitude: String(one.latitude),
          longitude: String(one.longitude),
        },
        ...{
          typologie: one.kind,
          telephone: one.phone,
          courriel: one.email,
          site_web: one.site,
          horaires: one.hours,
        },
        ...{
          source: 'Hubik',
          date_maj: one.updated,
          services: one.oldServices,
          publics_accueillis: 'Adultes;Familles/enfants',
        },
        ...{
          conditions_acces: 'Gratuit : Je peux accéder gratuitement au lieu et à ses services',
          labels_nationaux: 'France Services;APTIC',
        },
        ...{
          modalites_accompagnement: "Avec de l'aide : je suis accompagné seul dans l'usage du numérique",
          cle_ban: 'x',
        },
        accessibilite: 'https://acceslibre.beta.gouv.fr/app/29/a/erp/1/',
        prise_rdv: 'https://www.rdv-solidarites.fr/',
      })),
    },
  ],
  truth: {
    actors: 'Structures',
    ...same(
      'id pivot nom commune code_postal code_insee adresse complement_adresse latitude longitude typologie',
    ),
    ...same(
      'telephone site_web horaires presentation_resume presentation_detail source structure_parente date_maj',
    ),
    ...same('services modalites_accompagnement prise_rdv'),
    'actors.courriels': 'courriel',
    'actors.publics_specifiquement_adresses': 'publics_accueillis',
    'actors.frais_a_charge': 'conditions_acces',
    'actors.dispositif_programmes_nationaux': 'labels_nationaux',
    'actors.autres_formations_labels': 'labels_autres',
    'actors.fiche_acces_libre': 'accessibilite',
  },
  fair: [
    'actors.pivot',
    'actors.modalites_accompagnement',
    'actors.frais_a_charge',
    'actors.publics_specifiquement_adresses',
  ],
}

/** Made by hand in French: names with spaces, typed selects, tables of people and of days, and columns of their own. */
const byHand: OwnBase = {
  name: 'une base faite à la main',
  tables: [
    {
      title: "Lieux d'accueil",
      columns: [
        { title: 'Nom de la structure' },
        { title: 'N° SIRET' },
        { title: 'Type de structure', uidt: 'SingleSelect', choices: ['EPN', 'BIB', 'Autre chose'] },
        { title: 'Adresse postale', uidt: 'LongText' },
        { title: 'CP' },
        { title: 'Ville' },
        { title: 'Tél.', uidt: 'PhoneNumber' },
        { title: 'Adresse mail', uidt: 'Email' },
        { title: 'Site internet', uidt: 'URL' },
        { title: "Horaires d'ouverture", uidt: 'LongText' },
        {
          title: 'Services proposés',
          uidt: 'MultiSelect',
          choices: [
            'Aide aux démarches administratives',
            'Maîtrise des outils numériques du quotidien',
            'Café',
          ],
        },
        { title: 'Tarif', uidt: 'SingleSelect', choices: ['Gratuit', 'Payant'] },
        { title: 'Description', uidt: 'LongText' },
        {
          title: "État d'avancement",
          uidt: 'SingleSelect',
          choices: ['À contacter', 'Contacté', 'Abandonné'],
        },
        { title: 'Suivi par' },
        { title: 'Date du dernier contact', uidt: 'Date' },
        { title: 'Notes internes', uidt: 'LongText' },
        { title: 'Anomalies', uidt: 'LongText' },
        { title: 'Complétude (%)', uidt: 'SingleLineText' },
        { title: 'Photo', uidt: 'Attachment' },
      ],
      rows: LIEUX.map((one, at) => ({
        ...{ 'Nom de la structure': one.name, 'N° SIRET': one.siret, 'Type de structure': one.kind },
        ...{ 'Adresse postale': one.street, CP: one.postal, Ville: one.commune, 'Tél.': one.frenchPhone },
        ...{ 'Adresse mail': one.email, 'Site internet': one.site, "Horaires d'ouverture": one.frenchHours },
        ...{
          'Services proposés': 'Aide aux démarches administratives,Café',
          Tarif: one.fees,
          Description: one.summary,
        },
        ...{ "État d'avancement": at % 3 === 0 ? 'Abandonné' : 'Contacté', 'Suivi par': 'A. Martin' },
        ...{
          'Date du dernier contact': one.updated,
          'Notes internes': 'à revoir',
          Anomalies: 'Sonner chez le gardien',
        },
        'Complétude (%)': 'bonne',
      })),
    },
    {
      title: 'Intercommunalités',
      columns: [
        { title: 'Libellé' },
        { title: 'Code SIREN' },
        { title: 'Habitants', uidt: 'Number' },
        { title: 'Référent du Hub' },
      ],
      rows: [
        {
          Libellé: 'Brest Métropole',
          'Code SIREN': '242900314',
          Habitants: 213403,
          'Référent du Hub': 'B. Durand',
        },
        { Libellé: 'Rennes Métropole', 'Code SIREN': '243500139', Habitants: 470000 },
        { Libellé: 'Quimper Bretagne Occidentale', 'Code SIREN': '200068120', Habitants: 100000 },
        { Libellé: 'Lorient Agglomération', 'Code SIREN': '200042174', Habitants: 206000 },
      ],
      lists: [
        {
          title: 'Lieux',
          of: "Lieux d'accueil",
          back: 'Territoire',
          rows: { 1: [1], 2: [3], 3: [2], 4: [5] },
        },
      ],
    },
    {
      title: 'Binômes',
      columns: [
        { title: 'Prénom et nom' },
        { title: 'Employeur' },
        { title: 'Email pro', uidt: 'Email' },
        { title: 'Portable', uidt: 'PhoneNumber' },
      ],
      rows: LIEUX.slice(0, 5).map(({ email }, at) => ({
        'Prénom et nom': `Personne ${at}`,
        Employeur: 'Commune',
        'Email pro': email,
        Portable: `06000000${at}0`,
      })),
    },
    {
      title: 'Rencontres',
      columns: [
        { title: 'Titre' },
        { title: 'Jour', uidt: 'Date' },
        { title: 'Salle' },
        { title: "Nombre d'inscrits", uidt: 'Number' },
        { title: 'Nombre de présents', uidt: 'Number' },
      ],
      rows: [1, 2, 3, 4].map((day) => ({
        Titre: `Journée ${day}`,
        Jour: `2026-05-0${day}`,
        Salle: 'Mairie',
        "Nombre d'inscrits": 20,
        'Nombre de présents': 12,
      })),
    },
    {
      title: 'Matériel',
      columns: [{ title: 'Désignation' }, { title: 'Quantité', uidt: 'Number' }, { title: 'Emplacement' }],
      rows: [{ Désignation: 'Ordinateur portable', Quantité: 12, Emplacement: 'Armoire' }],
    },
  ],
  truth: {
    actors: "Lieux d'accueil",
    'actors.nom': 'Nom de la structure',
    'actors.pivot': 'N° SIRET',
    'actors.typologie': 'Type de structure',
    'actors.adresse': 'Adresse postale',
    'actors.code_postal': 'CP',
    'actors.commune': 'Ville',
    'actors.telephone': 'Tél.',
    'actors.courriels': 'Adresse mail',
    'actors.site_web': 'Site internet',
    'actors.horaires': "Horaires d'ouverture",
    'actors.services': 'Services proposés',
    'actors.frais_a_charge': 'Tarif',
    'actors.presentation_detail': 'Description',
    'actors.step': "État d'avancement",
    'actors.referent': 'Suivi par',
    'actors.lastContact': 'Date du dernier contact',
    'actors.epci': 'Territoire',
    epcis: 'Intercommunalités',
    'epcis.name': 'Libellé',
    'epcis.siren': 'Code SIREN',
    'epcis.population': 'Habitants',
    'epcis.deploymentOfficer': 'Référent du Hub',
    'epcis.actors': 'Lieux',
    referents: 'Binômes',
    'referents.name': 'Prénom et nom',
    'referents.organisation': 'Employeur',
    'referents.email': 'Email pro',
    'referents.phone': 'Portable',
    days: 'Rencontres',
    'days.name': 'Titre',
    'days.date': 'Jour',
    'days.place': 'Salle',
    'days.expected': "Nombre d'inscrits",
    'days.present': 'Nombre de présents',
  },
  fair: ['actors.services', 'actors.typologie', 'actors.frais_a_charge', 'epcis.deploymentOfficer'],
}

/** The former columns of Hub Bretagne, the EPCI as plain text beside the place. */
const plainEpci: OwnBase = {
  name: "l'EPCI en toutes lettres",
  tables: [
    {
      title: 'Acteurs',
      columns: [
        ...columns('nom siret contact_telephone contact_web contact_email updated'),
        { title: 'location.x', uidt: 'Decimal' },
        { title: 'location.y', uidt: 'Decimal' },
        ...columns('location.address location.postcode location.city location.citycode labels[].label'),
        { title: 'EPCI' },
        { title: 'horaires' },
        { title: 'Statut', uidt: 'Checkbox' },
      ],
      rows: LIEUX.map((one, at) => ({
        ...{ nom: one.name, siret: one.siret, contact_telephone: one.frenchPhone, contact_web: one.site },
        ...{
          contact_email: one.email,
          updated: `${one.updated}T08:12:00Z`,
          'location.x': one.longitude,
          'location.y': one.latitude,
        },
        ...{ 'location.address': one.street, 'location.postcode': one.postal, 'location.city': one.commune },
        ...{
          'location.citycode': at === 4 ? null : one.insee,
          'labels[].label': one.programme,
          horaires: one.hours,
        },
        EPCI: at === 0 ? 'Rennes Métropole' : at === 5 ? 'Pays du Centre' : at === 6 ? '200065928' : one.epci,
        Statut: at % 2 === 0,
      })),
    },
  ],
  truth: {
    actors: 'Acteurs',
    'actors.nom': 'nom',
    'actors.pivot': 'siret',
    'actors.telephone': 'contact_telephone',
    'actors.site_web': 'contact_web',
    'actors.courriels': 'contact_email',
    'actors.date_maj': 'updated',
    'actors.longitude': 'location.x',
    'actors.latitude': 'location.y',
    'actors.adresse': 'location.address',
    'actors.code_postal': 'location.postcode',
    'actors.commune': 'location.city',
    'actors.code_insee': 'location.citycode',
    'actors.dispositif_programmes_nationaux': 'labels[].label',
    'actors.horaires': 'horaires',
  },
  fair: [],
}

/** Names that mislead: what they hold is something else. */
const misleading: OwnBase = {
  name: 'des noms trompeurs',
  tables: [
    {
      title: 'Annuaire',
      columns: [
        { title: 'Titre' },
        { title: 'Adresse' },
        { title: 'Voie' },
        { title: 'Code' },
        { title: 'Code postal' },
        { title: 'Téléphone' },
        { title: 'Téléphone 2' },
        { title: 'Identification' },
        { title: 'Services', uidt: 'Checkbox' },
        { title: 'Modifié', uidt: 'DateTime' },
        { title: 'Intercommunalité' },
      ],
      rows: LIEUX.map((one) => ({
        ...{
          Titre: one.name,
          Adresse: one.email,
          Voie: one.street,
          Code: one.insee,
          'Code postal': one.postal,
        },
        ...{
          Téléphone: one.frenchPhone,
          'Téléphone 2': one.frenchPhone,
          Identification: one.siret,
          Services: true,
        },
        ...{ Modifié: `${one.updated} 10:00:00`, Intercommunalité: one.epci },
      })),
    },
  ],
  truth: {
    actors: 'Annuaire',
    'actors.nom': 'Titre',
    'actors.courriels': 'Adresse',
    'actors.adresse': 'Voie',
    'actors.code_insee': 'Code',
    'actors.code_postal': 'Code postal',
    'actors.telephone': 'Téléphone',
    'actors.pivot': 'Identification',
    'actors.date_maj': 'Modifié',
  },
  fair: [
    'actors',
    'actors.courriels',
    'actors.code_insee',
    'actors.telephone',
    'actors.pivot',
    'actors.date_maj',
  ],
}

/** Places, staff, inscriptions, and « EPCI » that lists communes: a SIREN stands in several rows. */
export const PEOPLE_BESIDE: OwnBase = {
  name: 'des personnes à côté des lieux',
  tables: [
    {
      title: 'Lieux',
      columns: columns(
        'Nom SIRET Adresse CP Ville Téléphone Courriel Site Horaires Latitude Longitude',
      ).concat([{ title: "Nom de l'EPCI" }, { title: 'Notes' }]),
      rows: LIEUX.map((one) => ({
        ...{ Nom: one.name, SIRET: one.siret, Adresse: one.street, CP: one.postal, Ville: one.commune },
        ...{ Téléphone: one.frenchPhone, Courriel: one.email, Site: one.site, Horaires: one.hours },
        ...{ Latitude: one.latitude, Longitude: one.longitude, "Nom de l'EPCI": one.epci, Notes: 'x' },
      })),
    },
    {
      title: 'Équipe',
      columns: columns('Nom Organisme E-mail Téléphone'),
      rows: LIEUX.map((one, at) => ({
        ...{ Nom: `Ada Lovelace${at}`, Organisme: 'Mairie' },
        ...{ 'E-mail': `ada${at}@example.org`, Téléphone: one.frenchPhone },
      })),
    },
    {
      title: 'Inscriptions',
      columns: columns('Nom Structure Fonction Courriel Présent'),
      rows: LIEUX.map((_, at) => ({
        ...{ Nom: 'Grace Hopper', Structure: 'CCAS', Fonction: 'Agente' },
        ...{ Courriel: `grace${at}@example.org`, Présent: 'oui' },
      })),
    },
    {
      title: 'EPCI',
      columns: columns('Nom SIREN Commune'),
      rows: LIEUX.map((one, at) => ({
        ...{ Nom: one.epci, SIREN: ['242900314', '243500139'][at % 2], Commune: one.commune },
      })),
    },
  ],
  truth: {},
  fair: [],
}

export const BASES = { standard, older, byHand, plainEpci, misleading } as const

function same(keys: string): Record<string, string> {
  return Object.fromEntries(keys.split(' ').map((key) => [`actors.${key}`, key]))
}
