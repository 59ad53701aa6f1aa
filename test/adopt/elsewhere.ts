import type { LIEUX } from './bases.ts'

type Lieu = (typeof LIEUX)[number]

/** Names of columns that real lists of places bear, as published by their authors, with what each holds. */
export type Elsewhere = {
  readonly name: string
  readonly table: string
  /** Title → what it holds, and the column of ours that it is (null: none). */
  readonly columns: Readonly<
    Record<string, readonly [value: (lieu: Lieu, at: number) => unknown, key: string | null]>
  >
}

const words = () => 'Ateliers de découverte, sur inscription'
const yes = () => 'oui'

/** From the mappings that the national cartography made by hand of each list. */
export const ELSEWHERE: readonly Elsewhere[] = [
  {
    name: 'Angers',
    table: 'Lieux numériques',
    columns: {
      TYPO_UID: [(one) => one.id, 'id'],
      USER_NOM: [(one) => one.name, 'nom'],
      code_postal: [(one) => one.postal, 'code_postal'],
      commune: [(one) => one.commune, 'commune'],
      USER_ADRES: [(one) => one.street, 'adresse'],
      LAT: [(one) => String(one.latitude), 'latitude'],
      LNG: [(one) => String(one.longitude), 'longitude'],
      TELEPHONE: [(one) => one.frenchPhone, 'telephone'],
      MAIL: [(one) => one.email, 'courriels'],
      SITE_INTER: [(one) => one.site, 'site_web'],
      DATE_MAJ: [(one) => one.updated, 'date_maj'],
      PUBLIC_: [() => 'Adultes', 'publics_specifiquement_adresses'],
      HORAIRE: [(one) => one.frenchHours, 'horaires'],
      ACCES_ORDI: [yes, null],
      QUALIF1: [words, null],
      PRET_MAT: [yes, null],
    },
  },
  {
    name: 'Épernay',
    table: 'Recensement des structures',
    columns: {
      GlobalID: [(one) => one.id, 'id'],
      'Nom de votre structure': [(one) => one.name, 'nom'],
      commune: [(one) => one.commune, 'commune'],
      'Adresse de la structure': [(one) => one.street, 'adresse'],
      'Numéro de téléphone de la structure': [(one) => one.frenchPhone, 'telephone'],
      'Adresse mail de la structure': [(one) => one.email, 'courriels'],
      'Site Web de la structure': [(one) => one.site, 'site_web'],
      x: [(one) => String(one.longitude), 'longitude'],
      y: [(one) => String(one.latitude), 'latitude'],
      EditDate: [(one) => one.updated, 'date_maj'],
      'Possédez-vous des labels nationaux ou régionaux ?': [
        () => 'France_Services',
        'dispositif_programmes_nationaux',
      ],
      'Quel(s) type(s) de public accompagnez-vous  ?': [
        () => 'Tout_public',
        'publics_specifiquement_adresses',
      ],
      "Quelles sont vos conditions d'accès ?": [() => 'Gratuit', 'frais_a_charge'],
      "Horaires d'ouverture__1": [(one) => one.frenchHours, 'horaires'],
      'Typologie de la structure': [() => 'Associations', 'typologie'],
      "Quel(s) type(s) d'acteur êtes-vous ?": [words, null],
    },
  },
  {
    name: 'Hub-Lo',
    table: 'structures',
    columns: {
      gid: [(one) => one.id, 'id'],
      c_nom: [(one) => one.name, 'nom'],
      c_postcode: [(one) => one.postal, 'code_postal'],
      c_city: [(one) => one.commune, 'commune'],
      c_adresse: [(one) => one.street, 'adresse'],
      c_lat_coor1: [(one) => String(one.latitude), 'latitude'],
      c_long_coor1: [(one) => String(one.longitude), 'longitude'],
      c_telephone: [(one) => one.frenchPhone, 'telephone'],
      c_courriel: [(one) => one.email, 'courriels'],
      c_site_web: [(one) => one.site, 'site_web'],
      c__edit_datemaj: [(one) => one.updated, 'date_maj'],
      c_horaire_ouverture: [(one) => one.frenchHours, 'horaires'],
      c_varchar_public_cible: [() => 'tout public', 'publics_specifiquement_adresses'],
      c_acces_pmr: [yes, null],
      c_formation_detail: [words, null],
      c_fablab: [yes, null],
    },
  },
  {
    name: 'Haute-Vienne',
    table: 'Cartographie',
    columns: {
      'properties.objectid': [(_, at) => String(at + 1), 'id'],
      'properties.nom_org': [(one) => one.name, 'nom'],
      'properties.commune': [(one) => one.commune, 'commune'],
      'properties.adresse': [(one) => one.street, 'adresse'],
      'properties.tel_fixe': [(one) => one.frenchPhone, 'telephone'],
      'properties.mail': [(one) => one.email, 'courriels'],
      'properties.site': [(one) => one.site, 'site_web'],
      'geometry.coordinates.1': [(one) => String(one.latitude), 'latitude'],
      'geometry.coordinates.0': [(one) => String(one.longitude), 'longitude'],
      'properties.commentaires': [words, 'presentation_detail'],
      'properties.label': [(_, at) => ['Association', 'CCAS', 'Mairie'][at % 3], 'typologie'],
      'properties.public': [() => 'Jeunes', 'publics_specifiquement_adresses'],
      'properties.service': [() => 'Accès à Internet', 'services'],
      'properties.horaires': [(one) => one.frenchHours, 'horaires'],
      'properties.assistance': [yes, null],
      'properties.cheque': [yes, null],
    },
  },
  {
    name: 'Pyrénées-Atlantiques',
    table: 'Inclusion numérique',
    columns: {
      Nomdelastructure: [(one) => one.name, 'nom'],
      Ville: [(one) => one.commune, 'commune'],
      Codepostal: [(one) => one.postal, 'code_postal'],
      Adressenumeronomdelavoie: [(one) => one.street, 'adresse'],
      latitude: [(one) => String(one.latitude), 'latitude'],
      longitude: [(one) => String(one.longitude), 'longitude'],
      Telephone: [(one) => one.frenchPhone, 'telephone'],
      Adressemail: [(one) => one.email, 'courriels'],
      SiteWeb: [(one) => one.site, 'site_web'],
      Lestarifsdemastructure: [() => 'gratuit', 'frais_a_charge'],
      Typedepublics: [() => 'tous les publics', 'publics_specifiquement_adresses'],
      Leshorairesdemastructure: [(one) => one.frenchHours, 'horaires'],
      Demarchesadministratives: [() => 'souvent', null],
      Accompagnementdeprofessionnels: [() => 'de temps en temps', null],
    },
  },
  {
    name: 'Mulhouse',
    table: 'lieux inclusion',
    columns: {
      nom_structure: [(one) => one.name, 'nom'],
      commune: [(one) => one.commune, 'commune'],
      code_postal: [(one) => one.postal, 'code_postal'],
      adresse_code_insee: [(one) => one.insee, 'code_insee'],
      compl_adresse: [() => 'Bâtiment B', 'complement_adresse'],
      adresse: [(one) => one.street, 'adresse'],
      geom: [(one) => `${one.latitude},${one.longitude}`, null],
      telephone: [(one) => one.frenchPhone, 'telephone'],
      adresse_mail: [(one) => one.email, 'courriels'],
      site_web: [(one) => one.site, 'site_web'],
      date: [(one) => one.updated, 'date_maj'],
      jours_horaires_ouverture: [(one) => one.frenchHours, 'horaires'],
      type_public: [() => 'Adultes', 'publics_specifiquement_adresses'],
      tarif_acces_equipement: [() => 'Payant', 'frais_a_charge'],
      formations_ateliers: [yes, null],
    },
  },
  {
    name: 'Hub Bretagne, avant',
    table: 'structures',
    columns: {
      id: [(_, at) => String(at + 1), 'id'],
      nom: [(one) => one.name, 'nom'],
      siret: [(one) => one.siret, 'pivot'],
      code_insee: [(one) => one.insee, 'code_insee'],
      commune: [(one) => one.commune, 'commune'],
      adresse: [(one) => one.street, 'adresse'],
      contact_telephone: [(one) => one.frenchPhone, 'telephone'],
      contact_web: [(one) => one.site, 'site_web'],
      updated: [(one) => one.updated, 'date_maj'],
      'location.x': [(one) => String(one.longitude), 'longitude'],
      'location.y': [(one) => String(one.latitude), 'latitude'],
      'labels.0.label': [(one) => one.programme, 'dispositif_programmes_nationaux'],
      'labels.1.label': [() => 'Grande Ecole du Numérique', null],
      type: [() => 'ASSOCIATION', 'typologie'],
      'services.etre_aidee.0.tarif': [() => 'gratuit', 'frais_a_charge'],
      'services.etre_aidee.0.contact_telephone': [(one) => one.frenchPhone, null],
      'services.etre_aidee.0.contact_email': [(one) => one.email, 'courriels'],
      'services.etre_aidee.0.modalites_acces': [words, null],
      'services.etre_aidee.0.format': [() => 'Les deux', 'modalites_accompagnement'],
    },
  },
]
