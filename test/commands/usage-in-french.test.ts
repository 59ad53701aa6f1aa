import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { faultInFrench } from '../../src/commands/usage-in-french.ts'
import { plain } from '../helpers/plain.ts'

const ENGLISH =
  /\b(?:the|of|and|is|are|not|with|for|this|that|from|what|which|only|one|nothing|write|print)\b/u

describe('the command line', () => {
  it('is described in French, command by command, option by option', () => {
    const source = readFileSync(new URL('../../src/cli.ts', import.meta.url), 'utf8')
    const described = [...source.matchAll(/'([^'\n]* [^'\n]*)'/gu)].map(([, text = '']) => text)
    expect(described.length).toBeGreaterThan(40)
    expect(described.filter((text) => ENGLISH.test(text))).toEqual([])
  })

  it.each([
    [
      "error: unknown command 'snyc'\n(Did you mean sync?)",
      "la commande « snyc » n'existe pas\nVouliez-vous dire sync ?",
    ],
    ["error: unknown option '--nope'", "l'option « --nope » n'existe pas"],
    ["error: missing required argument 'fichier'", 'il manque « fichier »'],
    ["error: option '--fix <copie>' argument missing", "l'option « --fix <copie> » attend une valeur"],
    [
      "error: option '--profile <profil>' argument 'x' is invalid. Allowed choices are prefill, journee.",
      "l'option « --profile <profil> » n'accepte pas « x » ; elle accepte : prefill, journee",
    ],
    [
      "error: too many arguments for 'rules'. Expected 0 arguments but got 1.",
      'trop de mots : 1 au lieu de 0',
    ],
  ])('says « %s » in French', (english, french) => {
    expect(plain(faultInFrench(english))).toBe(french)
  })
})
