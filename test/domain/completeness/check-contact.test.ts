import { describe, expect, it } from 'vitest'
import { said, sentence } from './said.ts'

describe('a telephone', () => {
  it.each([
    ['+33296604787', 'ok'],
    ['02 96 60 47 87', 'notation → +33296604787'],
    ['+33 (0)2 96 60 47 87', 'notation → +33296604787'],
    ['0033296604787', 'notation → +33296604787'],
    ['+332966047879', 'invalid'],
    ['x+33296604787', 'notation → +33296604787'],
    ['0590 12 34 56', 'notation → +590590123456'],
    ['0690 00 12 34', 'notation → +590690001234'],
    ['0594 31 02 03', 'notation → +594594310203'],
    ['0694 20 00 00', 'notation → +594694200000'],
    ['0596 60 00 00', 'notation → +596596600000'],
    ['0696 20 00 00', 'notation → +596696200000'],
    ['0262 40 00 00', 'notation → +262262400000'],
    ['0692 60 00 00', 'notation → +262692600000'],
    ['0269 61 00 00', 'notation → +262269610000'],
    ['0639 60 00 00', 'notation → +262639600000'],
    ['0508 41 00 00', 'notation → +508410000'],
    ['10 0590 12 34 56', 'remainder → +590590123456'],
    ['+687 25 00 00', 'notation → +687250000'],
    ['+689 40 50 00 00', 'notation → +68940500000'],
    ['+681 72 00 00', 'notation → +681720000'],
    ['+3221234567', 'foreign'],
    ['02 96 60 47 87 / 02 96 60 47 88', 'several → +33296604787'],
    ['02 96 60 47 87 02 96 60 47 88', 'several → +33296604787'],
    ['02 96 60 47 87 ou 02 96 60 47 88', 'several → +33296604787'],
    ['02 96 60 47 87 et 02 96 60 47 88', 'several → +33296604787'],
    ['0296604787/0296604788', 'several → +33296604787'],
    ['02.96.60.47.87;02-96-60-47-88', 'several → +33296604787'],
    ['+33296604787|+33296604788', 'several → +33296604787'],
    ['+33 2 96 60 47 87\n+33 2 96 60 47 88', 'several → +33296604787'],
    ['02 96 60 47 87, 02 96 60 47 87', 'notation → +33296604787'],
    ['02 96 60 47 87 (accueil)', 'notation → +33296604787'],
    ['02/96/60/47/87', 'notation → +33296604787'],
    ['3949', 'short'],
    ['39 49', 'short'],
    ['36.46', 'short'],
    ['115', 'short'],
    ['17', 'short'],
    ['1019', 'short'],
    ['118712', 'short'],
    ['x3949', 'invalid'],
    ['39490', 'invalid'],
    ['2949', 'invalid'],
    ['02 96 60 47', 'invalid'],
    ['02 96 6O 47 87', 'invalid → +33296604787'],
    ['02 96 60 4l 87', 'invalid → +33296604187'],
    ['02 96 60 4I 87', 'invalid → +33296604187'],
    ['02 96 6O 47', 'invalid'],
    ['02 96 6O 47 8B', 'invalid'],
    ['au guichet', 'invalid'],
    ['+332', 'invalid'],
    ['+332abcdefgh', 'invalid'],
    ['+33096604787', 'invalid'],
    ['01 05 90 12 34', 'notation → +33105901234'],
    ['02 05 94 12 34', 'notation → +33205941234'],
    ['02 05 96 12 34', 'notation → +33205961234'],
    ['02 02 62 12 34', 'notation → +33202621234'],
    ['01 06 39 12 34', 'notation → +33106391234'],
    ['02 96 60 47 87 /0296604788', 'several → +33296604787'],
    ['0296604787 / 0296604788', 'several → +33296604787'],
    ['1234/0296604787', 'remainder → +33296604787'],
    ['02 96 60 47 87 poste 12', 'remainder → +33296604787'],
    ['119', 'short'],
    ['11a', 'invalid'],
    ['1122', 'invalid'],
    ['NC', 'missing'],
  ])('« %s » is %s', (value, expected) => {
    expect(said('telephone', value)).toBe(expected)
  })
})

describe('a telephone by the place of its record', () => {
  const place = (commune: string, code_postal: string) => ({ commune, code_postal })
  const GUADELOUPE = place('Pointe-à-Pitre', '97110')
  const RENNES = place('Rennes', '35000')
  it.each([
    ['590123456', GUADELOUPE, 'notation → +590590123456'],
    ['590123456.0', GUADELOUPE, 'notation → +590590123456'],
    ['690 33 59 00', GUADELOUPE, 'notation → +590690335900'],
    ['690335900', place('Saint-Barthélemy', '97133'), 'notation → +590690335900'],
    ['594310203', place('Cayenne', '97300'), 'notation → +594594310203'],
    ['596600000', place('Fort-de-France', '97200'), 'notation → +596596600000'],
    ['696200000', place('Fort-de-France', '97200'), 'notation → +596696200000'],
    ['262401234', place('Saint-Denis', '97400'), 'notation → +262262401234'],
    ['692600000', place('Saint-Denis', '97400'), 'notation → +262692600000'],
    ['269610000', place('Mamoudzou', '97600'), 'notation → +262269610000'],
    ['639600000', place('Mamoudzou', '97600'), 'notation → +262639600000'],
    ['299000001', RENNES, 'notation → +33299000001'],
    ['299000001.0', RENNES, 'notation → +33299000001'],
    ['590123456', {}, 'notation → +590590123456'],
    // The range is that of a territory in which the record is not.
    ['590123456', RENNES, 'overseas → +590590123456'],
    ['262401234', GUADELOUPE, 'overseas → +262262401234'],
    ['0690 33 59 00', RENNES, 'notation → +590690335900'],
    // The code of the mainland before a range of overseas.
    ['+33690335900', GUADELOUPE, 'overseas → +590690335900'],
    ['+33 6 92 60 00 00', place('Saint-Denis', '97400'), 'overseas → +262692600000'],
    ['0033590123456', GUADELOUPE, 'overseas → +590590123456'],
    ['+33 (0)5 96 60 00 00', place('Fort-de-France', '97200'), 'overseas → +596596600000'],
    ['+33690335900', RENNES, 'overseas → +590690335900'],
    ['+33699335900', GUADELOUPE, 'ok'],
    ['25 00 00', place('Nouméa', '98800'), 'notation → +687250000'],
    ['40 50 00 00', place('Papeete', '98714'), 'notation → +68940500000'],
    ['41 00 00', place('Saint-Pierre', '97500'), 'notation → +508410000'],
    ['25 00 00', RENNES, 'invalid'],
  ])('« %s » with %j is %s', (value, others, expected) => {
    expect(said('telephone', value, others)).toBe(expected)
  })
})

describe('a telephone with more than a number', () => {
  it.each([
    ['3960 (service 0,06 €/min + prix appel)', 'short'],
    ['39 60 (gratuit)', 'short'],
    ['Tél : 3949', 'short'],
    ['3949 service gratuit + prix d’un appel', 'short'],
    ['3949 ou 3646', 'short'],
    ['0 892 683 208 (0,40 €/min)', 'remainder → +33892683208'],
    ['0 800 123 456 (service et appel gratuits)', 'remainder → +33800123456'],
    ['02 96 60 47 87 ext. 12', 'remainder → +33296604787'],
    ['02 96 60 47 87 (9h-12h)', 'remainder → +33296604787'],
    ['02 96 60 47 87 (lundi)', 'remainder → +33296604787'],
    ['02 96 60 47 87 ou 88', 'remainder → +33296604787'],
    ['02 96 60 47 87 / 3960', 'remainder → +33296604787'],
    ['Tél. 02 96 60 47 87', 'notation → +33296604787'],
    ['Standard : 02-96-60-47-87', 'notation → +33296604787'],
    ['02 96 60 47 87 - 02 96 60 47 88', 'several → +33296604787'],
    ['0590 12 34 56 / 0690 12 34 56', 'several → +590590123456'],
    ['299000001 / 299000002', 'several → +33299000001'],
    ['0'.repeat(100_000), 'invalid'],
    ['02 96 60 47 87 '.repeat(10_000), 'invalid'],
  ])('« %.40s » is %s', (value, expected) => {
    expect(said('telephone', value)).toBe(expected)
  })
})

describe('e-mail addresses', () => {
  it.each([
    ['accueil@exemple.bzh', 'ok'],
    ['a.b-c_d@sous.exemple-a.bzh', 'ok'],
    ["l'accueil+1@exemple.bzh", 'ok'],
    ['a@exemple.bzh|b@exemple.bzh', 'ok'],
    ['a@exemple.bzh;b@exemple.bzh', 'separator → a@exemple.bzh|b@exemple.bzh'],
    ['a@exemple.bzh , b@exemple.bzh', 'separator → a@exemple.bzh|b@exemple.bzh'],
    ['a@exemple.bzh\nb@exemple.bzh', 'separator → a@exemple.bzh|b@exemple.bzh'],
    ['a@exemple.bzh ou b@exemple.bzh', 'separator → a@exemple.bzh|b@exemple.bzh'],
    ['a@exemple.bzh et b@exemple.bzh', 'separator → a@exemple.bzh|b@exemple.bzh'],
    ['a@exemple.bzh / b@exemple.bzh', 'separator → a@exemple.bzh|b@exemple.bzh'],
    ['a@exemple.bzh - b@exemple.bzh', 'separator → a@exemple.bzh|b@exemple.bzh'],
    ['a@exemple.bzh|', 'notation → a@exemple.bzh'],
    ['mailto:a@exemple.bzh', 'notation → a@exemple.bzh'],
    ['Mail : a@exemple.bzh', 'notation → a@exemple.bzh'],
    ['courriel:a@exemple.bzh', 'notation → a@exemple.bzh'],
    ['E-mail: a@exemple.bzh', 'notation → a@exemple.bzh'],
    ['email :a@exemple.bzh', 'notation → a@exemple.bzh'],
    ['mon mail : a@exemple.bzh', 'invalid'],
    ['Accueil <a@exemple.bzh>', 'notation → a@exemple.bzh'],
    ['a (at) exemple.bzh', 'notation → a@exemple.bzh'],
    ['a[arobase]exemple.bzh', 'notation → a@exemple.bzh'],
    ['a (chez) exemple.bzh', 'notation → a@exemple.bzh'],
    ['a (  at  ) exemple.bzh', 'notation → a@exemple.bzh'],
    ['a@exemple.bzh   ou   b@exemple.bzh', 'separator → a@exemple.bzh|b@exemple.bzh'],
    ['le mail: a@exemple.bzh', 'invalid'],
    ['à b <a@exemple.bzh> c', 'notation → a@exemple.bzh'],
    ['<a@exemple.bzh>\u2028b', 'invisible → <a@exemple.bzh>\nb + invalid'],
    ['a@exemple.bzh..', 'notation → a@exemple.bzh'],
    ['..é@exemple.bzh..', 'invalid → e@exemple.bzh'],
    ['é  @  exemple.bzh', 'invalid → e@exemple.bzh'],
    ['["a@exemple.bzh","b@exemple.bzh"]', 'separator → a@exemple.bzh|b@exemple.bzh'],
    ['{a@exemple.bzh}', 'notation → a@exemple.bzh'],
    ['a@exemple.bzh '.repeat(500), 'invalid'],
    ['a @ exemple . bzh', 'notation → a@exemple.bzh'],
    ['a@exemple.bzh.', 'notation → a@exemple.bzh'],
    ['accueil', 'invalid'],
    ['accueil@', 'invalid'],
    ['accueil@exemple', 'invalid'],
    ['a@b@exemple.bzh', 'invalid'],
    ['|', 'missing'],
    ['é@exemple.bzh', 'invalid → e@exemple.bzh'],
    ['médiathèque@exemple,bzh', 'invalid → mediatheque@exemple.bzh'],
    ['accueil@exemple..bzh', 'invalid → accueil@exemple.bzh'],
    ['accueil.@exemple.bzh', 'invalid → accueil@exemple.bzh'],
    ['accueil@.exemple.bzh', 'invalid → accueil@exemple.bzh'],
    ['.accueil@exemple.bzh', 'invalid → accueil@exemple.bzh'],
    ['-accueil à gauche@exemple.bzh-', 'invalid → accueilagauche@exemple.bzh'],
    ['à droite', 'invalid'],
    ['é@exemple.bzh|ö@exemple.bzh', 'invalid'],
  ])('« %s » are %s', (value, expected) => {
    expect(said('courriels', value)).toBe(expected)
  })

  it('that are wrong are named', () => {
    expect(sentence('courriels', 'a@exemple.bzh|b')).toContain(
      '« b »'.replace('« ', '«\u202f').replace(' »', '\u202f»'),
    )
  })
})

describe('addresses of pages', () => {
  it.each([
    ['https://exemple.bzh', 'ok'],
    ['http://exemple.bzh/a?b=c#d', 'ok'],
    ['https://exemple.bzh|https://exemple.fr', 'ok'],
    ['exemple.bzh', 'scheme → https://exemple.bzh'],
    ['www.exemple.bzh/Accueil', 'scheme → https://www.exemple.bzh/Accueil'],
    ['htpp://exemple.bzh', 'scheme → http://exemple.bzh'],
    ['htps:/exemple.bzh', 'scheme → https://exemple.bzh'],
    ['https//exemple.bzh', 'scheme → https://exemple.bzh'],
    ['http:/exemple.bzh', 'scheme → http://exemple.bzh'],
    ['http:///exemple.bzh', 'scheme → http://exemple.bzh'],
    ['HTTPS : // exemple.bzh', 'scheme → https://exemple.bzh'],
    [' https://exemple.bzh', 'notation → https://exemple.bzh'],
    ['https://exemple.bzh ; https://exemple.fr', 'separator → https://exemple.bzh|https://exemple.fr'],
    ['https://exemple.bzh;exemple.fr', 'separator → https://exemple.bzh|https://exemple.fr'],
    ['https://exemple.bzh, https://exemple.fr', 'separator → https://exemple.bzh|https://exemple.fr'],
    ['https://exemple.bzh et https://exemple.fr', 'separator → https://exemple.bzh|https://exemple.fr'],
    ['https://exemple.bzh ou www.exemple.fr', 'separator → https://exemple.bzh|https://www.exemple.fr'],
    ['https://exemple.bzh www.exemple.fr', 'separator → https://exemple.bzh|https://www.exemple.fr'],
    ['https://exemple.bzh\nhttps://exemple.fr', 'separator → https://exemple.bzh|https://exemple.fr'],
    ['https://exemple.bzh/a,b', 'ok'],
    ['["https://exemple.bzh","www.exemple.fr"]', 'separator → https://exemple.bzh|https://www.exemple.fr'],
    ['{https://exemple.bzh}', 'notation → https://exemple.bzh'],
    ['https://exemple.bzh/a,b.html', 'ok'],
    [
      'http://www.exemple.org ou autre.exemple.org',
      'separator → http://www.exemple.org|https://autre.exemple.org',
    ],
    ['exemple.fr / autre.fr', 'separator → https://exemple.fr|https://autre.fr'],
    ['exemple.fr autre.fr', 'separator → https://exemple.fr|https://autre.fr'],
    ['https://exemple.fr - https://autre.fr', 'separator → https://exemple.fr|https://autre.fr'],
    ['https://exemple.bzh,https://exemple.fr', 'separator → https://exemple.bzh|https://exemple.fr'],
    ['https://www.exemple.fr/page;jsessionid=123', 'ok'],
    ['https://exemple.fr/p;jsessionid=ABC.node1', 'ok'],
    ['https://exemple.fr/p;v=1;w=2?a=b;c=d', 'ok'],
    ['https://exemple.fr/?a=1;https://autre.fr', 'separator → https://exemple.fr/?a=1|https://autre.fr'],
    ['http://https://www.exemple.fr/', 'scheme → https://www.exemple.fr/'],
    ['http://http://www.exemple.fr/', 'scheme → http://www.exemple.fr/'],
    ['http://www.https://exemple.fr', 'scheme → https://exemple.fr'],
    ['https://exemple.fr/?url=https://autre.fr', 'ok'],
    ['https:exemple.fr', 'scheme → https://exemple.fr'],
    ['https:\\\\exemple.fr', 'scheme → https://exemple.fr'],
    ['ttps://exemple.fr', 'scheme → https://exemple.fr'],
    ['https://exemple.fr.', 'notation → https://exemple.fr'],
    ['https://exemple.fr,', 'notation → https://exemple.fr'],
    ['<https://exemple.fr>', 'notation → https://exemple.fr'],
    ['(www.exemple.fr)', 'scheme → https://www.exemple.fr'],
    ['Site web : www.exemple.fr', 'scheme → https://www.exemple.fr'],
    ['https://fr.exemple.org/Saint_(homonymie)', 'ok'],
    ['http://ma_ville.exemple.fr', 'ok'],
    ['https://exemple.fr/forêt', 'ok'],
    ['voir mairie.fr', 'invalid'],
    ['Facebook : https://exemple.fr/mairie', 'invalid → https://exemple.fr/mairie'],
    ['www.exemple.fr (en travaux)', 'invalid → https://www.exemple.fr'],
    ['https://exemple.bzh | accueil@exemple.bzh', 'invalid'],
    ['https://exemple.bzh accueil@exemple.bzh', 'invalid'],
    ['https://exemple.fr/a|b', 'invalid'],
    [`https://exemple.fr/${'a '.repeat(3000)}`, 'invalid'],
    ['accueil@exemple.bzh', 'invalid'],
    ['https://accueil@exemple.bzh', 'invalid'],
    ['https://www. exemple.bzh', 'invalid → https://www.exemple.bzh'],
    ['au bourg', 'invalid'],
    ['https://', 'invalid'],
    [`https://${'a'.repeat(64)}.bzh`, 'invalid'],
    [`https://exemple.bzh/${'a'.repeat(80)}`, 'ok'],
    [`https://${'a'.repeat(50)}.bzh/accueil`, 'ok'],
    ['Aucun', 'ok'],
  ])('« %s » are %s', (value, expected) => {
    expect(said('site_web', value)).toBe(expected)
  })

  it.each([
    ['https://acceslibre.beta.gouv.fr/app/1', 'ok'],
    ['https://www.acceslibre.info/1', 'ok'],
    ['acceslibre.info/1', 'scheme → https://acceslibre.info/1'],
    ['https://exemple.bzh/acceslibre.info', 'other_site'],
    ['https://faux-acceslibre.info/1', 'other_site'],
    ['https://acceslibre.info.bzh/1', 'other_site'],
    ['exemple.bzh', 'scheme → https://exemple.bzh + other_site'],
    ['https://acceslibre.info/1|https://acceslibre.info/2', 'invalid'],
  ])('of Acceslibre « %s » is %s', (value, expected) => {
    expect(said('fiche_acces_libre', value)).toBe(expected)
  })

  it('are named where they are wrong, and the right sites too', () => {
    expect(sentence('site_web', 'https://exemple.bzh|au bourg')).toContain('«\u202fau bourg\u202f»')
    expect(sentence('fiche_acces_libre', 'https://exemple.bzh')).toContain(
      'acceslibre.beta.gouv.fr, acceslibre.info',
    )
  })
})
