import type { MappedProposal } from '../domain/adoption/mapped/mapped-proposal.ts'
import { mappingLines } from '../domain/mapping/mapping-text.ts'

/** What Portrea calls a column of the table of actors, by key. */
export type OwnTitle = (key: string) => string

/** Whether anything is proposed at all: words that nobody knows are no proposal. */
export function says({ from, words }: Pick<MappedProposal, 'from' | 'words'>): boolean {
  return from !== null || Object.keys(words ?? {}).length > 0
}

/** A proposal in French, a line a thing that it says. */
export function linesOf({ key, from, words }: MappedProposal, titleOf: OwnTitle): string[] {
  return mappingLines({ title: titleOf(key), from: from ?? undefined, words: words ?? undefined })
}
