import { quoted } from '../domain/completeness/text.ts'
import { typeset } from '../domain/typography.ts'
import type { Ask } from './adopt-ask.ts'
import { shownTitle } from './shown-title.ts'

/** One that may be chosen: a title of theirs, and what speaks for it. */
export type Choice = { readonly title: string; readonly why: string }

/** A few values of a column (null: of the one that names the rows), for who sits at the terminal; kept nowhere. */
export type Samples = (table: string, column: string | null) => Promise<readonly string[]>

export type Question = {
  readonly question: string
  readonly choices: readonly Choice[]
  /** What is left, where none of these is right. */
  readonly others: readonly string[]
  readonly samplesOf: (title: string) => Promise<readonly string[]>
  /** « une autre table », « une autre colonne » */
  readonly another: string
  readonly none: string
}

/**
 * One of the choices by its number, or, after « a », one of all that is left; null: none of them. Answers until it is one.
 */
export async function chooseOne(ask: Ask, asked: Question): Promise<string | null> {
  return (await chooseSome(ask, { ...asked, several: false }))[0] ?? null
}

/** The same where several may be named together: « 1+3 », in the order in which they are to be read. None: empty. */
export async function chooseSome(
  ask: Ask,
  asked: Question & { readonly several: boolean },
): Promise<readonly string[]> {
  const { choices, others, another, none, several } = asked
  const question = several ? `${asked.question} ${typeset(SEVERAL)}` : asked.question
  const offered = others.length === 0 ? [] : [`  a. ${another} : ${listed(others)}`]
  const lines = await linesOf(choices, asked)
  const first = await chosen(ask, [question, ...lines, ...offered, `  0. ${none}`], choices, several)
  if (first !== ANOTHER) return first
  // Those named first may go with one of those that are left.
  const left = several
    ? [...choices, ...others.map((title) => ({ title, why: '' }))]
    : others.map((title) => ({ title, why: '' }))
  const leftLines = await linesOf(left, asked)
  const second = await chosen(
    ask,
    [several ? typeset(`Laquelle ? ${SEVERAL}`) : 'Laquelle ?', ...leftLines, `  0. ${none}`],
    left,
    several,
  )
  return second === ANOTHER ? [] : second
}

const SEVERAL = '(« 1+2 » : plusieurs, lues dans cet ordre)'

/** No title: a column may well be called « a ». */
const ANOTHER = Symbol('another')

async function chosen(
  ask: Ask,
  lines: readonly string[],
  choices: readonly Choice[],
  several: boolean,
): Promise<readonly string[] | typeof ANOTHER> {
  for (let said = ''; ; said = WRONG) {
    const answer = (await ask([...(said === '' ? [] : [said]), ...lines, '> '].join('\n'))).toLowerCase()
    if (answer === '0') return []
    if (answer === 'a' && lines.some((line) => line.startsWith('  a. '))) return ANOTHER
    const numbers = several ? answer.split('+') : [answer]
    // An empty line is no answer.
    const titles = numbers.flatMap((one) => choices[Number(one.trim() || Number.NaN) - 1]?.title ?? [])
    if (titles.length === numbers.length) return [...new Set(titles)]
  }
}

const WRONG = 'Répondez par ce qui est devant la ligne choisie.'

function linesOf(choices: readonly Choice[], { samplesOf }: Question): Promise<string[]> {
  return Promise.all(
    choices.map(async ({ title, why }, at) => {
      const values = await samplesOf(title)
      const shown =
        values.length === 0 ? '' : ` : ${values.map((value) => quoted(value, LONGEST)).join(' · ')}`
      return `  ${at + 1}. « ${shownTitle(title)} »${why === '' ? '' : typeset(` (${why})`)}${shown}`
    }),
  )
}

/** Of a value, so much is enough to know it. */
const LONGEST = 30
const SHOWN = 6

function listed(titles: readonly string[]): string {
  const some = titles.slice(0, SHOWN).map((title) => `« ${shownTitle(title)} »`)
  return `${some.join(', ')}${titles.length > SHOWN ? '…' : ''}`
}
