import { counted, typeset } from '../typography.ts'

/** What a reading of a source counted: places and data of it, beside the base. */
export type ImportFigures = {
  readonly counts: Readonly<
    Record<
      | 'new'
      | 'unsure'
      | 'toComplete'
      | 'conflicts'
      | 'alreadyThere'
      | 'gone'
      | 'twice'
      | 'nameless'
      | 'refusedBefore'
      | 'unreadable',
      number
    >
  >
  /** Whether the source was read as a whole. */
  readonly whole: boolean
  /** Places that it named before and does not name, so many that it may be another list; null: few, or none. */
  readonly strange: number | null
  /** What NocoDB refused. */
  readonly refused: readonly string[]
}

/** What it brings to the base, a French sentence for each thing that there is. */
export function importSentences({ counts, whole, strange, refused }: ImportFigures): string[] {
  const lines: readonly (readonly [number, string])[] = [
    [counts.new, `${counted(counts.new, 'lieu', 'lieux')} que la base n’a pas`],
    [counts.unsure, `${counted(counts.unsure, 'lieu', 'lieux')} à rapprocher : une personne dira`],
    [counts.toComplete, `${counted(counts.toComplete, 'donnée')} que des fiches n’ont pas`],
    [counts.conflicts, `${counted(counts.conflicts, 'donnée')} que des fiches disent autrement`],
    [
      counts.alreadyThere,
      `${counted(counts.alreadyThere, 'lieu', 'lieux')} de la base dont rien n’est à proposer`,
    ],
    [counts.gone, `${counted(counts.gone, 'fiche')} que la source ne cite plus`],
    [counts.twice, `${counted(counts.twice, 'lieu cité', 'lieux cités')} deux fois par la source`],
    [
      counts.refusedBefore,
      counts.refusedBefore < 2
        ? '1 proposition déjà refusée, ou changée depuis : elle n’est pas refaite'
        : `${counted(counts.refusedBefore, 'proposition')} déjà refusées, ou changées depuis : elles ne sont pas refaites`,
    ],
    [counts.nameless, `${counted(counts.nameless, 'lieu', 'lieux')} sans nom : rien n’en est proposé`],
    [counts.unreadable, counted(counts.unreadable, 'ligne illisible', 'lignes illisibles')],
  ]
  return [
    ...lines.flatMap(([count, line]) => (count === 0 ? [] : [line])),
    ...(strange === null ? [] : [strangeList(strange)]),
    ...(whole || strange !== null
      ? []
      : ['Lecture incomplète : rien n’est dit de ce que la source ne cite pas.']),
    ...(refused.length === 0
      ? []
      : [`NocoDB a refusé ${counted(refused.length, 'proposition')} : ${refused[0]}`]),
  ].map(typeset)
}

function strangeList(lost: number): string {
  return `La source ne cite plus ${counted(lost, 'lieu', 'lieux')} de ces EPCI qu’elle citait : c’est peut-être une autre liste, ou la même avec d’autres identifiants. Rien n’est dit de ce qu’elle ne cite pas. Si c’est une autre liste, donnez-lui un autre nom (celui de son fichier, ou d’un préréglage).`
}
