import { z } from 'zod'

/** What zod says of a value that does not fit, in French; the schema's own sentences come first. */
export const inFrench = z.locales.fr().localeError

const TYPES: Readonly<Record<string, string>> = {
  string: 'un texte',
  number: 'un nombre',
  int: 'un nombre entier',
  boolean: 'true ou false',
  array: 'une liste',
  object: 'un groupe de clés',
  record: 'un groupe de clés',
}

/** « un nombre », of zod's name of a type. */
export function typeInFrench(type: string): string {
  return TYPES[type] ?? type
}
