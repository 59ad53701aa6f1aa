import type { Rules } from '../../src/config/rules-file.ts'
import type { ActorFields } from '../../src/domain/actor.ts'
import { cardReader } from '../../src/domain/duplicates/comparison-record.ts'
import { comparison, scoreOf } from '../../src/domain/duplicates/comparison.ts'
import type { Feature } from '../../src/domain/duplicates/comparison.ts'
import { reasonOf } from '../../src/domain/duplicates/reason.ts'
import { normalizedFieldsOf } from '../../src/domain/duplicates/normalized-fields.ts'
import { operation, shown, table } from './arithmetic.ts'
import { TWINS } from './example.ts'

/** Possible duplicates: what gives and takes points, and the sum done for two invented records. */
export function duplicatesSection(rules: Rules): string[] {
  const { points, threshold, says, crowd, matching } = rules.duplicates
  const features = traitsOf(TWINS, rules)
  return [
    '## Deux fiches : un doublon possible',
    '',
    `Deux fiches sont comparées si elles ont en commun un téléphone, un courriel, un SIRET ou RNA, un identifiant, une rue de la même commune ou, tout près, un mot de leur nom. Ce qui concorde donne des points, ce qui s'oppose en retire, ce que l'une ne dit pas ne compte pas. À partir de **${shown(threshold)} points**, la paire est proposée, avec ses raisons ; rien n'est jamais fusionné, et « Pas un doublon de » est définitif. Au-delà de ${shown(crowd)} fiches sous un même numéro ou mot, elles ne sont pas comparées par lui.`,
    '',
    ...table(['Deux fiches ont…', 'Points'], pointRows(points)),
    '',
    `Exemple : « ${TWINS[0].nom} », ${TWINS[0].adresse}, et « ${TWINS[1].nom} », ${TWINS[1].adresse}, même téléphone, même commune. ${nameSum(features, points.name)} Total : ${operation(sumSigned(features), scoreOf(features))}. Raison affichée : « ${reasonOf(features, says)} ».`,
    '',
    'Dans les chiffres de leur EPCI, deux fiches d’une paire comptent pour un acteur, la plus complète pour les deux, tant que personne n’a écrit « Pas un doublon de » : elles comptent alors chacune. Rien n’est fusionné, et la paire est cherchée parmi toutes les fiches de la base, de toutes ses tables d’acteurs.',
    '',
    `Une source (un fichier qu'on importe) se rapproche de la base par les mêmes points. À partir de **${shown(threshold)}**, la meilleure paire est le même lieu, chaque fiche n'étant donnée qu'une fois ; de **${shown(matching.unsure)}** à ce seuil, à moins de ${shown(matching.margin)} points d'une autre, ou sous un même SIRET mais un autre nom, une personne dit ; au-dessous, le lieu est nouveau. Un nom que rien d'autre dans la base ne porte dans cette commune ajoute ${shown(matching.alone)} points. Une personne dit aussi, quels que soient les points, si une seule des deux est une annexe (antenne, résidence…) et que rien ne la dit à la même adresse sous le même nom ou, sans SIRET propre en commun, si le nom et l'adresse diffèrent tous deux ou si chaque nom a un mot à lui. Ce qu'une personne a dit reste ; ce qu'un passage précédent a trouvé ne fait que départager, à partir de **${shown(matching.unsure)}** points encore.`,
    '',
  ]
}

function traitsOf([one, other]: typeof TWINS, rules: Rules): readonly Feature[] {
  const [say, read] = [normalizedFieldsOf(rules), cardReader(rules.duplicates)]
  const comparisonRecordOf = (fields: ActorFields) => read(say(fields))
  const features = comparison(rules.duplicates)(comparisonRecordOf(one), comparisonRecordOf(other)) ?? []
  return features.filter(({ points }) => points !== 0)
}

/** How the names make their points: 4 words of 5 agree, as long as none of them is made a common one. */
function nameSum(features: readonly Feature[], { same, from }: Points['name']): string {
  const name = features.find((feature) => feature.feature === 'name')
  if (name === undefined || name.likeness <= from) return 'Les noms ne se ressemblent pas assez.'
  const words =
    name.likeness === 4 / 5 ? ` (4 mots sur 5, comptés des deux côtés : ${operation('4 / 5', 4 / 5)})` : ''
  const sum = `${shown(same)} × (${shown(name.likeness)} − ${shown(from)}) / (1 − ${shown(from)})`
  return `Les noms se ressemblent à ${shown(100 * name.likeness)} %${words}, soit ${operation(sum, name.points)} points.`
}

function sumSigned(features: readonly Feature[]): string {
  return features
    .map(({ points }, at) =>
      at === 0 ? shown(points) : `${points < 0 ? '−' : '+'} ${shown(Math.abs(points))}`,
    )
    .join(' ')
}

type Points = Rules['duplicates']['points']

function pointRows({ name, address, pivot, distance, far, place, against, ...points }: Points): string[][] {
  const signed = (value: number) => (value < 0 ? `− ${shown(-value)}` : shown(value))
  const rows: readonly (readonly [string, number])[] = [
    ['le même nom (en proportion au-dessous)', name.same],
    ['des noms sans rien de commun', name.unlike],
    ['la même adresse', address.same],
    ["la même rue, le numéro manquant à l'une", address.street],
    ['la même rue, un autre numéro', address.number],
    ['une autre rue', address.other],
    ["le même SIRET ou RNA, s'il n'est pas celui d'un organisme public", pivot.same],
    ["le même SIRET d'un organisme public, que portent tous ses services", pivot.public],
    ['deux établissements du même SIREN', pivot.body],
    ['deux SIREN ou RNA', pivot.other],
    ['un téléphone en commun', points.phone],
    ['un courriel en commun', points.email],
    ['le même « Identifiant »', points.identifier],
    ...distance.map(({ within, points: near }) => [`moins de ${shown(within)} m entre elles`, near] as const),
    [`plus de ${shown(far.beyond)} m entre elles`, far.points],
    ['la même commune', place.commune],
    ['le même code postal seulement', place.postalCode],
    ['ni commune ni code postal en commun', place.elsewhere],
    ['le même genre de lieu (deux mairies, deux médiathèques)', points.kind],
    [
      "et d'un genre dont une commune n'a qu'un (mairie, CCAS, France services), dans la même, sauf si nom et adresse s'opposent",
      points.only,
    ],
    ['deux genres de lieux (mairie et médiathèque)', against.kind],
    ['une France services et la structure qui la porte, sous un même SIRET', against.host],
    ["l'une itinérante, l'autre non", against.itinerant],
    ["l'une annexe, antenne, résidence, permanence…, l'autre non", against.branch],
    ['chacune un mot à elle (« de Vitré », « de Redon »)', against.words],
    ['des numéros différents dans le nom', against.number],
  ]
  return rows.map(([text, value]) => [text, signed(value)])
}
