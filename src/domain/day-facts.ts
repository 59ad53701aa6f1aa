import type { RecordId } from './record-id.ts'

/** One journée, as people wrote it in NocoDB. */
export type DayFacts = {
  readonly id: number
  readonly name: string | null
  /** 'YYYY-MM-DD' */
  readonly date: string | null
  readonly place: string | null
  /** null: it is of no EPCI yet. */
  readonly epci: { readonly siren: string; readonly name: string } | null
}

/** Somebody who comes to a journée: personal data, shown at the moment of asking and kept nowhere. */
export type Participant = {
  readonly name: string
  readonly organisation: string | null
  readonly position: string | null
  /** « Groupe »; null: none yet, or the base has no such column. */
  readonly group: string | null
  /** « Anime »: whether they may lead a group. */
  readonly facilitates: boolean
}

/** A place of the census, as its record stands in the base. */
export type DayPlace = {
  readonly id: RecordId
  readonly name: string
  readonly commune: string | null
  readonly services: readonly string[]
  readonly publics: readonly string[]
  /** How to come. */
  readonly access: readonly string[]
  readonly phone: string | null
  readonly mails: readonly string[]
  /** « À compléter », as Portrea wrote it; null: nothing is missing, where it was looked at (`assessed`). */
  readonly todo: string | null
  readonly assessed: boolean
  /** « Ne pas publier »: its contact is given to nobody. */
  readonly keptBack: boolean
  /** Where the record opens in NocoDB, for who may. */
  readonly address: string
}
