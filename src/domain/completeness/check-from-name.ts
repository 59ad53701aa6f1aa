import { type CheckKind, type Found, found, NOTHING } from './check.ts'
import { memo } from './memo.ts'
import { letters } from './text.ts'

/** A type and the words of a name that tell it; « ^ » before them: at its beginning only; « $ » after them: at its end. */
export type NameRule = {
  readonly type: string
  readonly says: readonly string[]
  readonly likely?: boolean | undefined
}

/** `types`: the first one that a name tells is proposed; `unless`: words of a name that speaks of another place. */
export type FromNameParams = { readonly types: readonly NameRule[]; readonly unless: readonly string[] }

/**
 * What is not said, but the name tells: « Médiathèque de Callac » is a library. Only ever a proposal, surer where the name
 * tells one type and no other.
 */
export const fromName: CheckKind<FromNameParams> = {
  reasons: () => ({ from_name: ['type', 'confidence'] }),
  remember: false,
  whenMissing: true,
  make: ({ params: { types, unless }, accepted, answered }) => {
    const typeOf = typeFromName({ types, unless })
    const read = memo((name): readonly Found[] => {
      const told = typeOf(name)
      if (told === null) return NOTHING
      const type = accepted[told.type]?.[0] ?? told.type
      return found('from_name', told.type, { type, confidence: told.sure ? 'élevée' : 'moyenne' })
    })
    return (_, { fields }) => (fields.nom !== null && answered(fields.nom) ? read(fields.nom) : NOTHING)
  },
}

/** The type that a name tells, `sure` where it tells no other; null: none. */
export function typeFromName({
  types,
  unless,
}: FromNameParams): (name: string) => { readonly type: string; readonly sure: boolean } | null {
  const told = phraseFinder(types.map(({ says }) => says))
  const elsewhere = phraseFinder([unless])
  return (name) => {
    const text = letters(name.slice(0, LONGEST))
    const [first, ...others] = told(text)
    const rule = types[first ?? -1]
    if (rule === undefined || elsewhere(text).length > 0) return null
    const sure = rule.likely !== true && others.every((other) => types[other]?.type === rule.type)
    return { type: rule.type, sure }
  }
}

/** No name is longer. */
const LONGEST = 300

type Phrase = { readonly list: number; readonly text: string }

/** Which of these lists have a phrase in a text, in their order; a phrase is looked for where its first word stands. */
function phraseFinder(lists: readonly (readonly string[])[]): (text: string) => readonly number[] {
  const phrases = lists.flatMap((list, at) =>
    list.map((phrase): Phrase => ({ list: at, text: bounded(phrase) })),
  )
  const byWord = Map.groupBy(phrases, ({ text }) => text.trim().split(' ')[0] ?? '')
  return (text) => {
    const whole = ` ^ ${text} $ `
    const words = new Set(['^', ...text.split(' ')])
    const found = [...words]
      .flatMap((word) => byWord.get(word) ?? [])
      .filter((phrase) => whole.includes(phrase.text))
    return [...new Set(found.map(({ list }) => list))].sort((one, other) => one - other)
  }
}

function bounded(phrase: string): string {
  const [start, end] = [phrase.startsWith('^') ? '^ ' : '', phrase.endsWith('$') ? ' $' : '']
  return ` ${start}${letters(phrase)}${end} `
}
