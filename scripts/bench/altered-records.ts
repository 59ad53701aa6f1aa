import type { Random } from '../demo/random.ts'
import type { Actor } from '../../src/domain/actor.ts'
import type { FieldName } from '../../src/domain/fields.ts'
import { readFields } from '../../src/domain/reading/read-fields.ts'

type Cells = Record<FieldName, string | null>
type Change = readonly [chance: number, change: (cells: Cells, random: Random) => void]

/**
 * The same place as another list would write it. What people change, and how often, was set from reading real lists side
 * by side, before anything was measured on it; the wordings are not those of config/duplicates.yaml, though some are the
 * same because people use them.
 */
export function altered(actor: Actor, random: Random): Actor {
  const cells: Cells = { ...actor.fields, id: null, source: null }
  for (const [chance, change] of CHANGES) if (random.chance(chance)) change(cells, random)
  return { ...actor, ...readFields((field) => cells[field]), linkedEpci: null }
}

const changed = (
  field: FieldName,
  how: (text: string, random: Random, cells: Cells) => string,
): Change[1] => {
  return (cells, random) => {
    const text = cells[field]
    if (text !== null) cells[field] = how(text, random, cells) || text
  }
}

const emptied =
  (...fields: readonly FieldName[]): Change[1] =>
  (cells) => {
    for (const field of fields) cells[field] = null
  }

const CHANGES: readonly Change[] = [
  // The name
  [0.3, changed('nom', otherWords)],
  [0.15, changed('nom', withoutTown)],
  [0.15, changed('nom', withTown)],
  [0.08, changed('nom', partOfName)],
  [0.1, changed('nom', (name, random) => `${name} ${random.pick(ADDED)}`)],
  [0.08, changed('nom', withoutCommonWord)],
  [0.15, changed('nom', slip)],
  [0.03, changed('nom', acronym)],
  [0.3, changed('nom', capitals)],
  // Where it is
  [0.4, changed('adresse', abbreviated)],
  [0.08, changed('adresse', (address) => address.replace(/^\s*\d+\s*(?:bis|ter)?,?\s*/iu, ''))],
  [0.1, changed('adresse', slip)],
  [
    0.2,
    changed('adresse', (address, _, cells) =>
      `${address} ${cells.code_postal ?? ''} ${cells.commune ?? ''}`.trim(),
    ),
  ],
  [0.05, changed('adresse', (address, random) => `${address}, BP ${random.whole(1, 400)}`)],
  [0.05, changed('adresse', (_, random) => `${random.whole(1, 60)} ${random.pick(STREETS)}`)],
  [0.3, changed('adresse', capitals)],
  [0.07, emptied('adresse')],
  [0.3, changed('commune', capitals)],
  [
    0.15,
    changed('commune', (town) =>
      town
        .replace(/-/gu, ' ')
        .replace(/\bSaint\b/giu, 'St')
        .replace(/\bSainte\b/giu, 'Ste'),
    ),
  ],
  [
    0.03,
    changed(
      'code_postal',
      (code) => `${code.slice(0, 2)}${code.slice(2, 4)}${code.endsWith('0') ? '5' : '0'} CEDEX`,
    ),
  ],
  [0.05, emptied('code_postal')],
  [0.5, emptied('code_insee')],
  [0.4, moved(80)],
  [0.15, moved(600)],
  [0.05, moved(2500)],
  [0.4, emptied('latitude', 'longitude')],
  // Whose it is, and how to reach it
  [0.4, emptied('pivot')],
  [
    0.08,
    changed('pivot', (pivot, random) => pivot.slice(0, 9) + String(random.whole(10, 99999)).padStart(5, '0')),
  ],
  [
    0.03,
    changed('pivot', (pivot, random) => replacedAt(pivot, random.whole(0, 13), String(random.whole(0, 9)))),
  ],
  [0.2, changed('pivot', (pivot) => pivot.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/u, '$1 $2 $3 $4'))],
  [
    0.15,
    changed('telephone', (_, random) => `0${random.whole(1, 5)}${random.whole(10_000_000, 99_999_999)}`),
  ],
  [
    0.5,
    changed('telephone', (number) =>
      number.replace(/^\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/u, '0$1 $2 $3 $4 $5'),
    ),
  ],
  [0.35, emptied('telephone')],
  [0.1, changed('courriels', (_, random) => `contact${random.whole(1, 999)}@example.org`)],
  [0.5, emptied('courriels')],
  [0.3, changed('site_web', (page) => page.replace(/^https:/u, 'http:').replace(/\/?$/u, '/'))],
  [0.4, emptied('horaires')],
  [0.5, emptied('presentation_resume', 'presentation_detail')],
]

/** Wordings that one list has in the place of another's. */
const WORDINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /\b(?:maison |espaces? )?frances? services?\b/giu,
    [
      'France Services',
      'Maison France Services',
      'MSAP',
      'Maison de services au public',
      'Espace France services',
      'MFS',
      'FRANCE SERVICE',
    ],
  ],
  [/\bm[ée]diath[èe]que\b/giu, ['Bibliothèque', 'Médiathèque', 'Bibliothèque-médiathèque', 'Média']],
  [/\bbiblioth[èe]que\b/giu, ['Médiathèque', 'Bibli.', 'Bibliothèque municipale']],
  [
    /\b(?:ccas|centre communal d'action sociale)\b/giu,
    ['CCAS', 'C.C.A.S.', "Centre communal d'action sociale", 'Ctre communal action sociale'],
  ],
  [
    /\b(?:mairie|commune|ville)\b(?= d)/giu,
    ['Mairie', 'Commune', 'Ville', 'Hôtel de ville', 'Services municipaux'],
  ],
  [/\b(?:communaut[ée] de communes|cc)\b/giu, ['CC', 'Communauté de communes', 'Com. com.', 'Comcom']],
  [
    /\bcentre social\b/giu,
    ['Centre social', 'C. social', 'Espace de vie sociale', 'Centre socio-culturel', 'CSC'],
  ],
  [/\bassociation\b/giu, ['Asso', 'Assoc.', 'Association', '']],
  [/\bmission locale\b/giu, ['ML', 'Mission locale', 'Mission Locale Jeunes']],
  [/\bespace public num[ée]rique\b/giu, ['EPN', 'Espace numérique', 'Cyber-espace']],
  [/\bmaison des jeunes et de la culture\b/giu, ['MJC']],
  [/\bmjc\b/giu, ['Maison des jeunes et de la culture', 'M.J.C.']],
  [/\bsaint\b/giu, ['St', 'Saint']],
  [/\bet\b/giu, ['&', 'et']],
]
const ADDED = [
  '- France services',
  '(conseiller numérique)',
  '- accueil',
  'CNFS',
  '- siège',
  '- antenne',
  'Numérique',
  '(EPN)',
]
const COMMON =
  /\b(?:espace|maison|municipale?|point|centre|service|antenne|site|p[ôo]le)\b\s*(?:d[eu]s?\s|d['’]|la\s|l['’])?/iu
const STREETS = [
  'rue de la Fontaine',
  'place du Marché',
  'avenue de la Gare',
  'rue Pasteur',
  'route de la Plage',
  'rue des Écoles',
]
const TYPES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\brue\b/iu, ['r.', 'R', 'rue']],
  [/\bavenue\b/iu, ['av.', 'AV', 'Ave']],
  [/\bboulevard\b/iu, ['bd', 'Bld', 'BVD']],
  [/\bplace\b/iu, ['pl.', 'PL', 'Pce']],
  [/\ball[ée]e\b/iu, ['all.', 'ALL']],
  [/\broute\b/iu, ['rte', 'RTE']],
  [/\bchemin\b/iu, ['ch.', 'CHE', 'chem.']],
  [/\bimpasse\b/iu, ['imp.']],
  [/\bsaint\b/iu, ['St', 'ST']],
  [/\bg[ée]n[ée]ral\b/iu, ['Gal', 'Gén.']],
  [/\bdocteur\b/iu, ['Dr', 'DOCT']],
  [/\bpr[ée]sident\b/iu, ['Pdt', 'Prés.']],
  [/\bmar[ée]chal\b/iu, ['Mal', 'Mchal']],
]

function otherWords(name: string, random: Random): string {
  const [one] = WORDINGS.filter(([form]) => name.search(form) >= 0)
  return one === undefined ? name : tidy(name.replace(one[0], random.pick(one[1])))
}

function abbreviated(address: string, random: Random): string {
  return TYPES.reduce((text, [form, forms]) => text.replace(form, () => random.pick(forms)), address)
}

function withTown(name: string, random: Random, { commune }: Cells): string {
  if (commune === null || name.toLowerCase().includes(commune.toLowerCase())) return name
  return random.pick([`${name} ${commune}`, `${name} de ${commune}`, `${name} - ${commune}`])
}

function withoutTown(name: string, _: Random, { commune }: Cells): string {
  if (commune === null) return name
  const town = commune.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)
  return tidy(
    name.replace(new RegExp(String.raw`\s*(?:-\s*|\bd[eu]s?\s+|\bd['’]|\bà\s+)?${town}\b`, 'iu'), ''),
  )
}

/** « CCAS – France services » is split into one of its two. */
function partOfName(name: string, random: Random): string {
  const parts = name.split(/\s[-–—/]\s|\s*[(),]\s*/u).filter((part) => part.trim().length > 3)
  return parts.length > 1 ? random.pick(parts) : name
}

function withoutCommonWord(name: string): string {
  const shorter = tidy(name.replace(COMMON, ''))
  return shorter.length > 3 ? shorter : name
}

function acronym(name: string): string {
  const words = name.split(/[\s'’-]+/u).filter((word) => word.length > 2)
  return words.length < 4 ? name : words.map((word) => word[0]!.toUpperCase()).join('')
}

/** As a keyboard makes them: a letter left out, doubled, changed, or two that changed places, in a long word. */
function slip(text: string, random: Random): string {
  const long = [...text.matchAll(/\p{L}{5,}/gu)]
  if (long.length === 0) return text
  const word = random.pick(long)
  const at = word.index + random.whole(1, word[0].length - 2)
  const [before, here, next, after] = [text.slice(0, at), text[at]!, text[at + 1]!, text.slice(at + 2)]
  const made = [
    `${next}${here}`,
    here,
    next,
    `${here}${here}${next}`,
    `${random.pick([...'aeinorst'])}${next}`,
  ]
  return before + random.pick(made) + after
}

function capitals(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toUpperCase()
}

function moved(most: number): Change[1] {
  return (cells, random) => {
    if (cells.latitude === null || cells.longitude === null) return
    const [metres, angle] = [random.next() * most, random.next() * 2 * Math.PI]
    const [north, east] = [Number(cells.latitude), Number(cells.longitude)]
    cells.latitude = String(north + (metres * Math.cos(angle)) / 111_195)
    cells.longitude = String(
      east + (metres * Math.sin(angle)) / (111_195 * Math.cos((north * Math.PI) / 180)),
    )
  }
}

function replacedAt(text: string, at: number, sign: string): string {
  return text.slice(0, at) + sign + text.slice(at + 1)
}

function tidy(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/^[\s\-–—,]+|[\s\-–—,]+$/gu, '')
    .trim()
}
