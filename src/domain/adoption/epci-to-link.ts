import type { EpciFound } from './epci-names.ts'

/** Which EPCI a record is to be linked to, and what said so; or why nobody can tell. */
export type EpciToLink =
  | { readonly siren: string; readonly by: 'text' | 'both' | 'commune' }
  | { readonly siren: null; readonly by: 'disagree' | 'unknown_text' | 'ambiguous_text' | 'nothing' }

/**
 * What the text and the commune of a record say together. Nothing is guessed: a text that is not understood, or that the
 * commune gives the lie to, leaves the record to a person.
 * @param text what the column says; null: it is empty, or there is none
 * @param commune SIREN of the EPCI of the record's commune; null: not known
 */
export function epciToLink(text: EpciFound | null, commune: string | null): EpciToLink {
  if (text === null)
    return commune === null ? { siren: null, by: 'nothing' } : { siren: commune, by: 'commune' }
  switch (text.kind) {
    case 'found':
      if (commune === null) return { siren: text.siren, by: 'text' }
      return commune === text.siren ? { siren: commune, by: 'both' } : { siren: null, by: 'disagree' }
    case 'ambiguous':
      if (commune !== null && text.sirens.includes(commune)) return { siren: commune, by: 'both' }
      return { siren: null, by: 'ambiguous_text' }
    case 'doubtful':
      // The commune is the witness that such a name needs.
      if (commune !== null && text.sirens.includes(commune)) return { siren: commune, by: 'both' }
      return { siren: null, by: 'unknown_text' }
    case 'unknown':
      return { siren: null, by: 'unknown_text' }
  }
}
