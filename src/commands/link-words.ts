import type { EpciFound } from '../domain/adoption/epci-names.ts'
import type { UnknownWord } from '../domain/adoption/unknown-words.ts'
import { quoted } from '../domain/completeness/text.ts'
import type { Geography } from '../domain/geography.ts'
import { counted, typeset } from '../domain/typography.ts'
import type { Ask } from './adopt-ask.ts'

/** So many questions in a row are enough; the others are listed. */
const MOST_QUESTIONS = 20
const SHOWN = 20

/**
 * Asks of each word which EPCI it is, those of most records first; answers the words agreed to, each with its SIREN.
 * @param find recognises an EPCI that is typed in full
 */
export async function askWords(
  ask: Ask,
  words: readonly UnknownWord[],
  find: (text: string) => EpciFound,
  geography: Geography,
): Promise<Readonly<Record<string, string>>> {
  const agreed: Record<string, string> = {}
  for (const word of words.slice(0, MOST_QUESTIONS)) {
    const siren = await askWord(ask, word, find, geography)
    if (siren !== null) agreed[word.word] = siren
  }
  return agreed
}

async function askWord(
  ask: Ask,
  { word, records, choices }: UnknownWord,
  find: (text: string) => EpciFound,
  geography: Geography,
): Promise<string | null> {
  const question = [
    `« ${quoted(word)} » (${counted(records, 'fiche')}) : quel EPCI est-ce ?`,
    ...choices.map(
      (choice, at) => `  ${at + 1}. ${nameOf(choice.siren, geography)}${evidence(choice, records)}`,
    ),
    '  0. aucun, ou je ne sais pas : ces fiches restent à relier à la main',
    '  (ou le nom, ou le SIREN, d’un autre)',
    '> ',
  ]
  for (;;) {
    const answer = await ask(question.map(typeset).join('\n'))
    if (answer === '0') return null
    const chosen = choices[Number(answer || Number.NaN) - 1]
    if (chosen !== undefined) return chosen.siren
    const typed = answer === '' ? null : find(answer)
    if (typed?.kind === 'found') return typed.siren
  }
}

function evidence({ communes }: UnknownWord['choices'][number], records: number): string {
  if (communes === 0) return ''
  return communes === records
    ? `, d’après la commune de ${records < 2 ? 'cette fiche' : 'toutes ces fiches'}`
    : `, d’après la commune de ${counted(communes, 'de ces fiches', 'de ces fiches')}`
}

/** The words that are left, with the EPCI that they may mean, for who answers no question. */
export function wordLines(words: readonly UnknownWord[], geography: Geography): string[] {
  if (words.length === 0) return []
  const shown = words.filter(({ isLike }) => isLike).slice(0, SHOWN)
  return [
    `${counted(words.length, 'mot ne désigne', 'mots ne désignent')} aucun EPCI à coup sûr ; pour dire une fois lequel c’est, lancez la commande sans --yes ni --dry-run, dans un terminal :`,
    ...shown.map(({ word, records, choices }) => {
      const names = choices.map(({ siren }) => nameOf(siren, geography)).join(' ? ')
      return `  ? « ${quoted(word)} » (${counted(records, 'fiche')})${names === '' ? '' : ` : ${names} ?`}`
    }),
    ...(words.length > shown.length ? [`  … et ${counted(words.length - shown.length, 'autre')}`] : []),
  ].map(typeset)
}

function nameOf(siren: string, geography: Geography): string {
  const name = geography.epci(siren)?.name ?? geography.formerEpci(siren)?.name
  return name === undefined ? siren : `${name} (${siren})`
}
