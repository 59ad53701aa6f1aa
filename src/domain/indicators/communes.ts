import type { Actor } from '../actor.ts'
import { placeFinder } from '../completeness/place.ts'
import type { Geography } from '../geography.ts'

/** A commune of the official list. */
export type NamedCommune = { readonly code: string; readonly name: string }

/** The records of one EPCI by commune. */
export type Communes = {
  /** Communes with an actor, in the order of their INSEE code. */
  readonly byCommune: readonly (NamedCommune & {
    readonly actors: number
    /** 0–100: mean completeness of its records, to the millionth. */
    readonly completeness: number
  })[]
  /** In the order of their code; empty where the EPCI is not of the official list. */
  readonly communesWithoutActor: readonly NamedCommune[]
  /** Records that tell no commune, or one of another EPCI. */
  readonly elsewhere: number
  /** Communes of the EPCI. */
  readonly official: number
  /** The bits given with the records of each commune with an actor, together. */
  readonly bits: readonly number[]
}

/** Counts records by commune; memory grows with the communes met, not with the records. */
export type CommuneTally = {
  /** The commune of the EPCI that a record is in; null: it tells none, or one of another EPCI. */
  codeOf(actor: Actor): string | null
  add(code: string | null, completeness: number, bits: number): void
  communes(): Communes
}

/** Completeness is summed in whole millionths, so that the order of the records changes nothing. */
const MILLIONTH = 1e6

/** Prepares the tallies by commune: an old code counts for its successor, an arrondissement for its city. */
export function compileCommunes(geography: Geography): (siren: string) => CommuneTally {
  const placeOf = placeFinder(geography)
  return (siren) => {
    const official = new Set(geography.epci(siren)?.communes ?? [])
    const met = new Map<string, { actors: number; millionths: number; bits: number }>()
    let elsewhere = 0
    return {
      codeOf: (actor) => ownCode(placeOf(actor).commune?.code, official, geography),
      add(code, completeness, bits) {
        if (code === null) return void (elsewhere += 1)
        const count = met.get(code) ?? { actors: 0, millionths: 0, bits: 0 }
        count.actors += 1
        count.millionths += Math.round(completeness * MILLIONTH)
        count.bits |= bits
        met.set(code, count)
      },
      communes: () => ({
        byCommune: [...met].sort(byCode).map(([code, { actors, millionths }]) => ({
          ...named(code, geography),
          actors,
          completeness: millionths / actors / MILLIONTH,
        })),
        communesWithoutActor: [...official]
          .filter((code) => !met.has(code))
          .sort()
          .map((code) => named(code, geography)),
        elsewhere,
        official: official.size,
        bits: [...met.values()].map(({ bits }) => bits),
      }),
    }
  }
}

function ownCode(
  code: string | undefined,
  official: ReadonlySet<string>,
  geography: Geography,
): string | null {
  if (code === undefined) return null
  const whole = official.has(code) ? code : geography.successor(code)?.code
  return whole !== undefined && official.has(whole) ? whole : null
}

function byCode([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1
}

function named(code: string, geography: Geography): NamedCommune {
  return { code, name: geography.commune(code)?.name ?? code }
}
