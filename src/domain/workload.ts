import { REFERENTIALS } from './diagnostic.ts'
import type { Referential, Situation } from './diagnostic.ts'
import { overallMaturity } from './maturity.ts'
import type { Maturity, Spread } from './maturity.ts'
import type { ReferentialRule, ReferentialRules } from './rules/referentials.ts'
import { frenchNumber, typeset } from './typography.ts'

/** Days of one role in one EPCI, for the whole mission; bounds are the Hub's, no figure leaves them. */
export type Days = {
  readonly low: number
  readonly high: number
  /** Person-days, to the half day. */
  readonly estimate: number
  /** 0–1: where in the bounds the estimate lies, each unknown at its middle. */
  readonly driver: number
  /** The estimates with each unknown at its ends; both are `estimate` where all is known. */
  readonly range: readonly [number, number]
  /** What moves the figure, with its value, in French. */
  readonly basis: string
  /** True where the volume (référents), or all of the maturity (chargé·e), is unknown. */
  readonly default: boolean
}

/** The workload of one EPCI under one référentiel. */
export type Workload = { readonly referents: Days; readonly deploymentOfficer: Days }

/**
 * The workload under each of the three référentiels (DOMAIN.md section 4; bounds, and « selon la maturité du
 * territoire », are the Hub's document). estimate = low + (high − low) × driver; the chargé·e's driver is 1 − maturity,
 * the référents' mixes the volume with it (`maturityWeight`).
 */
export function workloads(
  situation: Situation,
  factors: Maturity,
  rules: ReferentialRules,
): Record<Referential, Workload> {
  const support = supportOf(factors)
  const nothing = Object.values(factors).every(({ coverage }) => coverage === 0)
  const entries = REFERENTIALS.map((key) => {
    const rule = rules.referentials[key]
    const volume = volumeOf(situation, rule)
    const { maturityWeight } = rule.driver
    const mixed = mix(volume.share, support, maturityWeight)
    const basis = [volume.said, ...(maturityWeight === 0 ? [] : [saidMaturity(support, nothing)])].join(' ; ')
    const workload: Workload = {
      referents: days(rule.days.referents, mixed, basis, volume.unknown),
      deploymentOfficer: days(rule.days.deploymentOfficer, support, saidMaturity(support, nothing), nothing),
    }
    return [key, workload] as const
  })
  return Object.fromEntries(entries) as Record<Referential, Workload>
}

/** Days between these bounds, to the half day, where the driver (0–1) says. */
export function estimatedDays(
  { low, high }: { readonly low: number; readonly high: number },
  driver: number,
): number {
  return clamp(halfDays(low + (high - low) * driver), low, high)
}

/** The need of support, 0–1: 1 − maturity. */
function supportOf(factors: Maturity): Spread {
  const { half, low, high } = overallMaturity(factors)
  return { half: 1 - half / 100, low: 1 - high / 100, high: 1 - low / 100 }
}

type Volume = { readonly share: Spread; readonly said: string; readonly unknown: boolean }

/**
 * What moves the référents' days beside maturity, 0–1: the participation, real once a journée was held, expected before;
 * or the actors of the territory, `full` and more counting 1.
 */
function volumeOf({ observed, drivers, participationFrom }: Situation, { driver }: ReferentialRule): Volume {
  if (driver.key === 'participation') {
    const real = observed.participationRate
    const rate = real ?? drivers.expectedParticipationRate
    const percent = (value: number) => `${frenchNumber(100 * value, 0)} %`
    if (rate === null) return unknownVolume(driver.basis)
    const which = `${real === null ? 'attendue' : 'réelle'}${participationFrom === undefined ? '' : ', comptée dans « Invitations »'}`
    return knownVolume(clamp(rate / driver.full), `${driver.basis} ${which} : ${percent(rate)}`)
  }
  const { actors } = drivers
  if (actors === null) return unknownVolume(driver.basis)
  const said = `${driver.basis} : ${frenchNumber(actors)} (plafond à ${frenchNumber(driver.full)})`
  return knownVolume(clamp(actors / driver.full), said)
}

function knownVolume(share: number, said: string): Volume {
  return { share: { half: share, low: share, high: share }, said, unknown: false }
}

function unknownVolume(basis: string): Volume {
  return {
    share: { half: 0.5, low: 0, high: 1 },
    said: `${basis} : valeur inconnue, comptée à mi-chemin`,
    unknown: true,
  }
}

function saidMaturity({ half }: Spread, nothing: boolean): string {
  if (nothing) return 'maturité du territoire : inconnue, comptée à mi-chemin'
  return `maturité du territoire : ${frenchNumber(100 * (1 - half), 0)} sur 100 (moins elle est grande, plus il faut d'appui)`
}

/** The référents' driver: the volume, and the need of support for the share that the Hub gives to maturity. */
function mix(volume: Spread, support: Spread, maturityWeight: number): Spread {
  const at = (end: keyof Spread) => volume[end] * (1 - maturityWeight) + support[end] * maturityWeight
  return { half: at('half'), low: at('low'), high: at('high') }
}

function days(
  bounds: { readonly low: number; readonly high: number },
  driver: Spread,
  basis: string,
  unknown: boolean,
): Days {
  const { low, high } = bounds
  return {
    low,
    high,
    estimate: estimatedDays(bounds, driver.half),
    driver: driver.half,
    range: [estimatedDays(bounds, driver.low), estimatedDays(bounds, driver.high)],
    basis: typeset(basis),
    default: unknown,
  }
}

/** To the half day, halves up; a hair is added so that 9.749999… written in binary counts as the 9.75 it means. */
function halfDays(value: number): number {
  return Math.floor(value * 2 + 0.5 + 1e-9) / 2
}

function clamp(value: number, low = 0, high = 1): number {
  return Math.min(high, Math.max(low, value))
}
