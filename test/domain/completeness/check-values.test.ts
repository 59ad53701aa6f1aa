import { describe, expect, it } from 'vitest'
import { readDay } from '../../../src/domain/completeness/check-date.ts'
import { distance } from '../../../src/domain/completeness/distance.ts'
import { TODAY } from './records.ts'
import { said, sentence } from './said.ts'

describe('a name', () => {
  it.each([
    ['France services Callac', 'ok'],
    ['CCAS', 'ok'],
    ['MAIRIE', 'ok'],
    ['MAIRIES', 'capitals → Mairies'],
    ['CCAS 22', 'ok'],
    ['LE LIEU', 'capitals → Le Lieu'],
    ['A B', 'ok'],
    ['42', 'ok'],
    ['É', 'ok'],
    ['ÉCOLE ANNEXÉe', 'ok'],
    ['ÉCOLE ANNEXÉÉ', 'capitals → École Annexéé'],
    ['MAIRIE D ARGENT', "capitals → Mairie d'ARGENT"],
    ['MAIRIE L’ARGENT', "capitals → Mairie L'ARGENT"],
    ['MAIRIE D BOURG', 'capitals → Mairie D Bourg'],
    ['BAD ARGENT', 'ok'],
    ['MAIRIE DE ST JEAN', 'capitals → Mairie de Saint Jean'],
    ['MAIRIE DE STE ANNE', 'capitals → Mairie de Sainte Anne'],
    ['DE LA MAIRIE A LA POSTE', 'capitals → De la Mairie à la Poste'],
    ['CCAS ET EPN DE CALLAC', 'capitals → CCAS et EPN de CALLAC'],
    ['MEDIATHEQUE ET ECOLE', 'capitals → Médiathèque et École'],
    ['CCAS EPN', 'ok'],
    ['CC DU PAYS DE DOL', 'capitals → CC du Pays de Dol'],
    ['CC MFR', 'ok'],
    ['MAIRIE ADIL OGEC', 'capitals → Mairie ADIL OGEC'],
    ['LA VILLE', 'capitals → La Ville'],
    ['ÎLE VILLE', 'capitals → Île Ville'],
    ['MAIRIE DE SAINT LUC', 'capitals → Mairie de Saint Luc'],
    ['MAIRIE DE SAINTE ZITE ET ZITE', 'capitals → Mairie de Sainte ZITE et ZITE'],
    ['VILLE COTÉ', 'capitals → Ville Coté'],
    ['MAIRIE DE SAINT GRAVÉ', 'capitals → Mairie de Saint Gravé'],
    ['EPN D', 'ok'],
    ['ESPACE A', 'capitals → Espace A'],
    ['BATIMENT C ET D', 'capitals → Bâtiment C et D'],
    ['AFPA ACCES A L’ EMPLOI', "capitals → AFPA Accès à l'Emploi"],
    ['SI ON S’ECOUTE', 'capitals → Si On s’ECOUTE'],
    ['COMMUNE DE AURAY', "capitals → Commune d'AURAY"],
    ['COMMUNE DE YFFINIAC', "capitals → Commune d'YFFINIAC"],
    ['COMMUNE DE YERRES', 'capitals → Commune de YERRES'],
    ['MAIRIE DE ONZE VILLAGES', 'capitals → Mairie de ONZE Villages'],
    ['COMMUNE DE HENNEBONT', 'ok'],
    ['MAISON DE HABITANTS', "capitals → Maison d'Habitants"],
    ['ASSOCIATION DE HANDICAPES', 'capitals → Association de Handicapés'],
    ['CC DU HAUT LEON', 'capitals → CC du Haut Léon'],
    ['CENTRE D HISTOIRE', "capitals → Centre d'Histoire"],
    ['MAISON DE QUARTIER LE SEMAPHORE', 'capitals → Maison de Quartier Le SEMAPHORE'],
    ['ESPACE LES VOISINS', 'capitals → Espace Les Voisins'],
    ['MAISON POUR LES JEUNES', 'capitals → Maison pour les Jeunes'],
    ["DEPARTEMENT DES COTES D'ARMOR", "capitals → Département des Côtes d'Armor"],
    ['MAIRIE '.repeat(60).trim(), 'ok'],
    ['MAIRIE2 ANNEXE', 'capitals → Mairie2 Annexe'],
  ])('« %s » is %s', (value, expected) => {
    expect(said('nom', value)).toBe(expected)
  })

  it.each([
    ['MAIRIE DE LE MENE', { code_insee: '22046' }, 'capitals → Mairie du Mené'],
    [
      'MAIRIE DE SAINT JACQUES DE LA LANDE',
      { code_insee: '35281' },
      'capitals → Mairie de Saint-Jacques-de-la-Lande',
    ],
    ['MAIRIE DE BRESTOIS', { code_insee: '29019' }, 'capitals → Mairie de BRESTOIS'],
    ['LA MAIRIE DU BREST', { code_insee: '29019' }, 'capitals → La Mairie du Brest'],
    ['MAIRIE DE SAINT JACQUES DE LA LANDE', {}, 'capitals → Mairie de Saint Jacques de la LANDE'],
    ['MAIRIE OE SAINT-BRIEUC', { code_insee: '22278' }, 'capitals → Mairie OE Saint-Brieuc'],
    ['CŒUR DE SAINT BRIEUC', { code_insee: '22278' }, 'capitals → Cœur de Saint Brieuc'],
    ['POINT INFO DE Y', { code_insee: '80829' }, 'capitals → Point Info de Y'],
  ])('« %s » with %j is %s', (value, others, expected) => {
    expect(said('nom', value, others)).toBe(expected)
  })
})

describe('text', () => {
  it.each([
    ['Un lieu', 'ok'],
    [' Un lieu', 'spaces → Un lieu'],
    ['Un lieu ', 'spaces → Un lieu'],
    ['Un  lieu', 'spaces → Un lieu'],
    ['Un\tlieu', 'spaces → Un lieu'],
    ['Un\u00a0lieu', 'invisible → Un lieu'],
    ['Un\r\nlieu', 'spaces → Un lieu'],
    ['CHÂTEAU DE L’ÃGE', 'capitals → Château de l’Ãge'],
    ['Prix : 3 €', 'ok'],
    ['MÃ©diathÃ¨que', 'encoding → Médiathèque'],
    ['L’Ã‰cole', 'encoding → L’École'],
    ['Lâ€™Ã‰cole', 'encoding → L’École'],
    ['Bibliothèque Â« X Â»', 'encoding → Bibliothèque « X »'],
    ['BibliothÃ¨que Â« X Â»', 'encoding → Bibliothèque « X »'],
    ['CÅ“ur Ã  cÅ“ur', 'encoding → Cœur à cœur'],
    ['ðŸ˜€ Ã©', 'encoding → 😀 é'],
    ['Ã© 😀', 'encoding → é 😀'],
    ['Ã© Ω', 'encoding → é Ω'],
    ['MÃ©diathÃ¨que  &amp; Cie', 'markup → Médiathèque & Cie'],
    ['M�diathèque', 'lost_letters'],
    ['Jeux &amp; Cie', 'markup → Jeux & Cie'],
    ['Jeux &AMP; Cie', 'markup → Jeux & Cie'],
    ['Jeux & Cie', 'ok'],
    ['Jeux &inconnue; Cie', 'ok'],
    ['Jeux &xx; Cie', 'ok'],
    ['L&#39;eau', "markup → L'eau"],
    ['L&rsquo;eau &laquo;&nbsp;vive&nbsp;&raquo;', 'markup → L’eau « vive »'],
    ['<b>Jeux</b>', 'markup → Jeux'],
    ['Jeux<br/>du soir', 'markup → Jeux du soir'],
    ['Jeux<P class="x">du soir</P>', 'markup → Jeux du soir'],
    ['Jeux <3', 'ok'],
    ['Jeux <banane>', 'ok'],
    [
      '&eacute;&egrave;&ecirc;&agrave;&acirc;&ccedil;&ocirc;&icirc;&ugrave;&quot;&apos;&lt;&gt; a',
      'markup → éèêàâçôîù"\'<> a',
    ],
    ['<p></p>', 'ok'],
  ])('of one line: « %s » is %s', (value, expected) => {
    expect(said('nom', value)).toBe(expected)
  })

  it.each([
    ['Un  lieu\n\net un autre ', 'ok'],
    ['Ouvert Ã  tous\n\nle matin', 'encoding → Ouvert à tous\n\nle matin'],
    ['<p>Ouvert</p>\n<p>à tous</p>', 'markup → Ouvert \n à tous'],
    ['Ouvert � tous', 'lost_letters'],
  ])('in paragraphs: « %s » is %s', (value, expected) => {
    expect(said('presentation_detail', value)).toBe(expected)
  })

  it('that has to fit is cut where a sentence ends, if it ends in time', () => {
    const long = (text: string) => `${text} ${'mot '.repeat(80)}`
    expect(said('presentation_resume', 'a'.repeat(280))).toBe('ok')
    expect(said('presentation_resume', 'a'.repeat(281))).toBe('too_long')
    expect(sentence('presentation_resume', 'a'.repeat(281))).toContain('281 signes, pour 280 au plus')
    for (const end of ['.', '!', '?', '…'])
      expect(said('presentation_resume', long(`${'a'.repeat(100)}${end}`))).toBe(
        `too_long → ${'a'.repeat(100)}${end}`,
      )
    expect(said('presentation_resume', long(`${'a'.repeat(100)},`))).toBe('too_long')
    expect(said('presentation_resume', long(`${'a'.repeat(90)}.b`))).toBe('too_long')
    expect(said('presentation_resume', long(`${'a'.repeat(91)}.`))).toBe('too_long')
    expect(said('presentation_resume', long(`${'a'.repeat(93)}.`))).toBe(`too_long → ${'a'.repeat(93)}.`)
    expect(said('presentation_resume', long(`${'a'.repeat(100)}. ${'b'.repeat(50)}.`))).toBe(
      `too_long → ${'a'.repeat(100)}. ${'b'.repeat(50)}.`,
    )
    const whole = `${'a'.repeat(279)}.`
    expect(said('presentation_resume', `${whole} b`)).toBe(`too_long → ${whole}`)
    expect(said('presentation_resume', `${'a'.repeat(280)}. b`)).toBe('too_long')
  })
})

describe('a date', () => {
  it.each([
    ['2024-04-02', 'ok'],
    ['2024-12-31', 'ok'],
    ['2024-02-29', 'ok'],
    [TODAY, 'ok'],
    ['2026-03-16', 'future'],
    ['9999-01-01', 'future'],
    ['2023-02-29', 'invalid'],
    ['2024-13-01', 'invalid'],
    ['2024-00-10', 'invalid'],
    ['2024-04-31', 'invalid'],
    ['0000-01-01', 'invalid'],
    ['0000-00-00', 'missing'],
    ['2024-4-2', 'notation → 2024-04-02'],
    ['2024/04/02', 'notation → 2024-04-02'],
    ['2024.04.02', 'notation → 2024-04-02'],
    ['2024-04-02T10:00:00Z', 'notation → 2024-04-02'],
    ['2024-04-02 10:00', 'notation → 2024-04-02'],
    ['2024-04-02x', 'invalid'],
    ['x2024-04-02', 'invalid'],
    ['2024-04-021', 'invalid'],
    [' 2024-04-02 ', 'notation → 2024-04-02'],
    ['02/04/2024', 'notation → 2024-04-02'],
    ['2-4-2024', 'notation → 2024-04-02'],
    ['02.04.2024', 'notation → 2024-04-02'],
    ['02 04 2024', 'notation → 2024-04-02'],
    ['02/04/2024 10:00', 'notation → 2024-04-02'],
    ['02/04/2024T10:00', 'notation → 2024-04-02'],
    ['x02/04/2024', 'invalid'],
    ['02/04/2024x', 'invalid'],
    ['1'.repeat(300), 'invalid'],
    ['02/04/20245', 'invalid'],
    ['02/04/24', 'invalid'],
    ['31/02/2024', 'invalid'],
    ['2 avril 2024', 'notation → 2024-04-02'],
    ['1er avril 2024', 'notation → 2024-04-01'],
    ['mardi 2 avr. 2024', 'notation → 2024-04-02'],
    ['2 janvier 2024', 'notation → 2024-01-02'],
    ['2 févr 2024', 'notation → 2024-02-02'],
    ['2 mars 2024', 'notation → 2024-03-02'],
    ['2 mai 2024', 'notation → 2024-05-02'],
    ['2 juin 2024', 'notation → 2024-06-02'],
    ['2 juillet 2024', 'notation → 2024-07-02'],
    ['2 AOÛT 2024', 'notation → 2024-08-02'],
    ['2 sept. 2024', 'notation → 2024-09-02'],
    ['2 octobre 2024', 'notation → 2024-10-02'],
    ['2 nov 2024', 'notation → 2024-11-02'],
    ['2 décembre 2024', 'notation → 2024-12-02'],
    ['2 brumaire 2024', 'invalid'],
    ['le bon 2 avril 2024', 'invalid'],
    ['2 avril 2024 au soir', 'invalid'],
    ['2 avril 20245', 'invalid'],
    ['avril 2024', 'invalid'],
    ['45384', 'serial → 2024-04-02'],
    ['45384,5', 'serial → 2024-04-02'],
    ['22000', 'invalid'],
    ['99999', 'invalid'],
    ['2024-04-02 ; 2025-05-02', 'several'],
    ['02/04/2024 et 02/05/2025', 'several'],
    ['2024-04-02/2025-05-02', 'several'],
    ['2024-04-02 2025-05-02', 'several'],
    ['06/08/0002', 'too_old'],
    ['1989-12-31', 'too_old'],
    ['1 janvier 1985', 'too_old'],
    ['1990-01-01', 'ok'],
    ['2024-04-02T21:59:00Z', 'notation → 2024-04-02'],
    ['2024-04-02T22:30:00Z', 'notation → 2024-04-03'],
    ['2024-01-02T22:30:00.000Z', 'notation → 2024-01-02'],
    ['2024-12-31T23:30:00+00:00', 'notation → 2025-01-01'],
    ['2024-04-02 23:30:00 UTC', 'notation → 2024-04-03'],
    ['2024-04-02T23:30:00', 'notation → 2024-04-02'],
    ['2024-04-03T00:30:00+02:00', 'notation → 2024-04-03'],
    ['2024-04-02T20:30:00-03:30', 'notation → 2024-04-03'],
    ['02/04/2024 à 10h30', 'notation → 2024-04-02'],
    ['le 2 avril 2024', 'notation → 2024-04-02'],
    ['1970-01-01', 'missing'],
    ['1970-01-01T00:00:00.000Z', 'missing'],
    ['1969-12-31T23:00:00Z', 'missing'],
    ['01/01/1970', 'missing'],
    ['1er janvier 1970', 'missing'],
    ['30/12/1899', 'missing'],
    ['31/12/1899', 'missing'],
    ['1900-01-00', 'missing'],
    ['00/01/1900', 'missing'],
    ['01/01/0001', 'missing'],
    ['1900-01-01', 'missing'],
  ])('« %s » is %s', (value, expected) => {
    expect(said('date_maj', value)).toBe(expected)
  })

  it('is read the same by who only wants the day', () => {
    expect([readDay('2024-02-30'), readDay('30 02 2024'), readDay('2124-01-28')]).toEqual([
      null,
      null,
      '2124-01-28',
    ])
    expect(readDay('3024-01-28')).toBe('3024-01-28')
    expect(readDay('0001-01-01')).toBe('0001-01-01')
  })
})

describe('a list of values', () => {
  const OLD = 'Aide aux démarches administratives'
  it.each([
    ['services', OLD, 'ok'],
    ['services', `${OLD}|Utilisation sécurisée du numérique`, 'ok'],
    [
      'services',
      `${OLD} | Utilisation sécurisée du numérique`,
      `separator → ${OLD}|Utilisation sécurisée du numérique`,
    ],
    [
      'services',
      `${OLD};Utilisation sécurisée du numérique`,
      `separator → ${OLD}|Utilisation sécurisée du numérique`,
    ],
    [
      'services',
      `${OLD},Utilisation sécurisée du numérique`,
      `separator → ${OLD}|Utilisation sécurisée du numérique`,
    ],
    [
      'services',
      `${OLD}\nUtilisation sécurisée du numérique`,
      `separator → ${OLD}|Utilisation sécurisée du numérique`,
    ],
    ['services', `${OLD}|`, `separator → ${OLD}`],
    ['services', `${OLD}|${OLD}`, `repeated → ${OLD}`],
    ['services', `AIDE AUX DÉMARCHES ADMINISTRATIVES`, `spelling → ${OLD}`],
    ['services', `Démarches administratives|${OLD}`, `spelling → ${OLD}`],
    ['services', `${OLD} : je suis aidé`, `spelling → ${OLD}`],
    ['services', `Inconnu au bataillon : je suis aidé`, 'unknown'],
    ['services', 'Aide aux démarche administrative', `near → ${OLD}`],
    ['services', `${OLD}|Vélo`, `partly_unknown → ${OLD}`],
    ['services', 'Vélo|Moto', 'unknown'],
    ['typologie', '["BIB","ASSO"]', 'separator → BIB|ASSO'],
    ['typologie', '[ "BIB" , "ASSO" ]', 'separator → BIB|ASSO'],
    ['typologie', "['BIB', 'ASSO']", 'separator → BIB|ASSO'],
    ['typologie', '{BIB,ASSO}', 'separator → BIB|ASSO'],
    ['typologie', '{"Préfecture, Sous-Préfecture",BIB}', 'spelling → PREF|BIB'],
    ['typologie', '"BIB|ASSO"', 'separator → BIB|ASSO'],
    ['typologie', '""BIB|ASSO""', 'separator → BIB|ASSO'],
    ['typologie', '"[\\"BIB\\",\\"ASSO\\"]"', 'separator → BIB|ASSO'],
    ['typologie', '["[\\"BIB\\"]"]', 'separator → BIB'],
    ['typologie', '["BIB"]', 'separator → BIB'],
    ['typologie', '["BIB|ASSO"]', 'separator → BIB|ASSO'],
    ['typologie', '["BIB","Salon"]', 'partly_unknown → BIB'],
    ['typologie', '[1,2]', 'unknown'],
    ['typologie', '[]', 'unknown'],
    [
      'modalites_acces',
      '{Se présenter,"Ce lieu n\'accueille pas de public"}',
      "separator → Se présenter|Ce lieu n'accueille pas de public",
    ],
    ['services', `x${'y'.repeat(6000)}`, 'unknown'],
    ['services', '|', 'missing'],
    ['services', ' | ; x', 'unknown'],
    ['formations_labels', 'Arnia/MedNum BFC (Bourgogne-Franche-Comté)', 'ok'],
    ['prise_en_charge_specifique', 'Langue des signes, LSF', 'spelling → Surdité'],
    ['typologie', 'Préfecture, Sous-Préfecture', 'spelling → PREF'],
    ['typologie', 'Préfecture, Sous-Préfecture; BIB', 'spelling → PREF|BIB'],
    ['typologie', 'BIB, ASSO', 'separator → BIB|ASSO'],
    ['typologie', 'bib', 'spelling → BIB'],
    ['typologie', 'bi', 'unknown'],
    ['typologie', 'Epicerie solidair', 'near → ES'],
    ['typologie', 'Service ou club de préventio', 'near → PREVENTION'],
    ['itinerance', 'Fixx', 'unknown'],
    ['itinerance', 'Itinérantt|Fixe', 'near → Itinérant|Fixe'],
    ['frais_a_charge', 'Gratui', 'near → Gratuit'],
    ['frais_a_charge', 'Payan', 'unknown'],
    ['publics_specifiquement_adresses', 'Femme', 'unknown'],
  ] as const)('%s « %s » is %s', (field, value, expected) => {
    expect(said(field, value, { presentation_resume: 'Chaque semaine.' })).toBe(expected)
  })

  it('names what is not known, all of it', () => {
    expect(sentence('services', `Vélo|${OLD}|Moto`)).toContain('Vélo, Moto')
    expect(sentence('services', 'Aide aux démarche administrative')).toContain(
      'Aide aux démarche administrative',
    )
    expect(sentence('services', ' ; ; ')).toBe('')
  })
})

describe('answers that contradict one another', () => {
  it.each([
    ['modalites_acces', 'Téléphoner', {}, 'no_phone'],
    ['modalites_acces', 'téléphoner', {}, 'spelling → Téléphoner + no_phone'],
    ['modalites_acces', 'Téléphoner', { telephone: '+33296604787' }, 'ok'],
    ['modalites_acces', 'Téléphoner', { telephone: 'à compléter' }, 'no_phone'],
    ['modalites_acces', 'Contacter par mail', {}, 'no_email'],
    ['modalites_acces', 'Envoyer un mail avec une fiche de prescription', {}, 'no_email'],
    ['modalites_acces', 'Contacter par mail', { courriels: 'a@exemple.bzh' }, 'ok'],
    ['modalites_acces', 'Prendre un RDV en ligne|Téléphoner', {}, 'no_phone + no_booking'],
    ['modalites_acces', "Ce lieu n'accueille pas de public", {}, 'ok'],
    ['modalites_acces', "Ce lieu n'accueille pas de public", { horaires: 'NC' }, 'ok'],
    [
      'modalites_acces',
      "Ce lieu n'accueille pas de public",
      { horaires: 'Mo 09:00-12:00' },
      'no_public_hours',
    ],
    ['modalites_acces', "Ce lieu n'accueille pas de public|Se présenter", {}, 'no_public'],
    ['modalites_acces', 'Se présenter', { horaires: 'Mo 09:00-12:00' }, 'ok'],
    ['frais_a_charge', 'Gratuit|Payant', {}, 'free_and_paid'],
    ['frais_a_charge', 'Payant', {}, 'ok'],
    ['frais_a_charge', 'Gratuit sous condition|Payant', {}, 'ok'],
    ['itinerance', 'Fixe', { typologie: 'ENM' }, 'fixed_bus → Itinérant'],
    ['itinerance', 'Fixe', { typologie: 'BIB;enm' }, 'fixed_bus → Itinérant'],
    ['itinerance', 'Fixe', { typologie: 'BIB' }, 'ok'],
    ['itinerance', 'Fixe|Itinérant', { typologie: 'ENM', presentation_detail: 'Le mardi' }, 'ok'],
    ['itinerance', 'Itinérant', {}, 'no_perimeter'],
    ['itinerance', 'Itinérant', { presentation_resume: 'NC', complement_adresse: 'Bus' }, 'no_perimeter'],
    [
      'itinerance',
      'Itinérant',
      { presentation_detail: 'Un bus.', presentation_resume: 'Dans le CANTON.' },
      'ok',
    ],
    ['itinerance', 'Itinérant', { complement_adresse: 'Départements voisins' }, 'ok'],
    ['itinerance', 'Itinérant', { presentation_detail: 'Un bus et des sous-vêtements' }, 'no_perimeter'],
  ] as const)('%s « %s » beside %j: %s', (field, value, others, expected) => {
    expect(said(field, value, others)).toBe(expected)
  })
})

describe('the distance between two texts', () => {
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', 'abd', 1],
    ['abc', 'ab', 1],
    ['ab', 'abc', 1],
    ['abc', 'xabc', 1],
    ['abcd', 'badc', 3],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
  ])('from « %s » to « %s » is %d', (one, other, expected) => {
    expect(distance(one, other, 5)).toBe(expected)
  })

  it('is cut short above the most that is asked for', () => {
    expect(distance('kitten', 'sitting', 3)).toBe(3)
    expect(distance('kitten', 'sitting', 2)).toBe(3)
    expect(distance('abcdef', 'uvwxyz', 2)).toBe(3)
    expect(distance('a', 'abcd', 2)).toBe(3)
  })
})
