/**
 * A folded word as it sounds, roughly: « lammenais » and « lamennais », « theodore » and « teodor » fall together. It
 * only decides who is compared with whom; the French Soundex 2 and Phonex (F. Brouard, 1999) are its models.
 */
export function phonetic(word: string): string {
  let sound = word
  for (const [pattern, heard] of HEARD) sound = sound.replace(pattern, heard)
  return sound === '' ? word : sound
}

const HEARD: readonly (readonly [RegExp, string])[] = [
  [/ph/gu, 'f'],
  [/(?<=[bcdgklmnprt])h|^h/gu, ''],
  [/e?aux?/gu, 'o'],
  [/ai|ei|ay|ey/gu, 'e'],
  [/y/gu, 'i'],
  [/qu?|ck|c(?=[aoukrlt])|c$/gu, 'k'],
  [/c|ss|z/gu, 's'],
  [/g(?=[ei])/gu, 'j'],
  [/w/gu, 'v'],
  [/(.)\1+/gu, '$1'],
  [/(?:e|es|s|t|d|x|p)$/u, ''],
]
