import { flattened, gogocarto, secondSource } from './exports.ts'
import { largeCensus } from './large.ts'
import { communes, franceServices, normalised, peopleBeside, twoLists } from './linked.ts'
import { crosses, english, typos } from './sheets.ts'
import type { UnlikeBase } from './describe.ts'

/** Bases that people have, unlike ours and unlike each other. */
export const UNLIKE: Readonly<Record<string, UnlikeBase>> = {
  flattened,
  gogocarto,
  crosses,
  normalised,
  twoLists,
  largeCensus: largeCensus(200),
  english,
  typos,
  franceServices,
  communes,
  peopleBeside,
  secondSource,
}
