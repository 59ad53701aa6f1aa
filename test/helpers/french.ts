import { typeset } from '../../src/domain/typography.ts'

/** Nouns that are counted in sentences, with their plural where it is no « s ». */
const COUNTED = [
  'point',
  'fiche',
  'cellule',
  'ligne',
  'jour',
  'commune',
  'acteur',
  'condition',
  'personne',
  'groupe',
  'paire',
  'autre',
  'journée',
  'habitant',
  'message',
  'type',
]
const ENGLISH =
  /\b(?:the|of|and|is|are|not|with|without|for|this|that|from|unknown|null|undefined|NaN|missing|none|true|false)\b|\[object/u
/** Full words are read without a thought; « n° » and units are as usual. */
const ABBREVIATED = /(?<![\p{L}.])(?:gouv|rése|orie|outi|réf|ch|moy|nb|max|min|env|resp)\.(?=\s|$)/iu
/** Words that English and French share, or that are names. */
const NUMBER = /(?<![\d,.\u202f\u00a0])(\d[\d\u202f\u00a0]*(?:,\d+)?)[ \u202f\u00a0](\p{L}+)/gu

/** What is wrong with a sentence that people read, whatever it says. */
export function frenchFaults(sentence: string): string[] {
  const faults: string[] = []
  const check = (wrong: boolean, what: string) => {
    if (wrong) faults.push(`${what}: ${sentence}`)
  }
  check(/[ \u00a0\u202f]{2}|^\s|\s$/u.test(sentence), 'a doubled space, or one at an end')
  check(/[ \u00a0\u202f][.,)]|\([ \u00a0\u202f]/u.test(sentence), 'a space before a comma or a full stop')
  check(typeset(sentence) !== sentence, 'not typeset')
  check(/«(?!\u202f)|(?<!\u202f)»/u.test(sentence), 'guillemets without their spaces')
  check(/parce qu[e’][^.]*:/u.test(sentence), 'a colon after « parce que »')
  check(/\.\./u.test(sentence), 'two full stops')
  check(ENGLISH.test(sentence), 'English')
  // The table is called « Référents ».
  const own = sentence.replaceAll(/«[^»]*»/gu, '')
  check(/(?<!binôme )référents?\b(?!·)|participants\b|animateurs?\b|chargés\b/u.test(own), 'not inclusive')
  check(ABBREVIATED.test(own), 'a word cut short')
  check(/publique numérique|def l/u.test(sentence), 'a misprint of the standard')
  for (const [, digits = '', noun = ''] of sentence.matchAll(NUMBER)) {
    const count = Number(digits.replaceAll(/[\u202f\u00a0 ]/gu, '').replace(',', '.'))
    const [one, many] = [COUNTED.includes(noun), COUNTED.some((singular) => noun === `${singular}s`)]
    check(one && count >= 2, 'a singular after two and more')
    check(many && count < 2, 'a plural under two')
    check((one || many) && count === 0 && noun !== 'point', 'a zero that is counted')
  }
  return faults
}
