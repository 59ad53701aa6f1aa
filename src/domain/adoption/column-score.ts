import { SHAPES } from '../rules/adoption.ts'
import type { AdoptionRules, ShapeKey } from '../rules/adoption.ts'
import { inFrench } from './name-likeness.ts'
import type { NameMatch } from './name-likeness.ts'
import type { ValueProfile } from './value-shapes.ts'

/** Why a column is proposed, or doubted. */
export type Evidence =
  | { readonly kind: 'name'; readonly name: string; readonly exact: boolean }
  | { readonly kind: 'values'; readonly shape: ShapeKey; readonly share: number; readonly verdict: Verdict }
  | { readonly kind: 'link'; readonly table: string }
  | { readonly kind: 'made' | 'former' | 'kept' }
  | { readonly kind: 'rival'; readonly title: string }
  /** It holds people; `title` of the column that says so, null where it is the table itself. */
  | { readonly kind: 'people'; readonly title: string | null }
  /** Rows whose value stands in another row too, where each should have its own. */
  | { readonly kind: 'repeated'; readonly title: string; readonly rows: number }
type Verdict = 'confirms' | 'doubts' | 'contradicts'

/** A score (0–1) and what made it, the strongest first. */
export type Scored = { readonly score: number; readonly evidence: readonly Evidence[] }

type Place = {
  readonly key: string
  readonly shapes: readonly ShapeKey[]
  readonly anything: boolean
  readonly named?: boolean
  readonly names?: readonly string[]
  readonly english?: readonly string[]
}

/**
 * The score of a column of theirs for a place of ours. A name gives at most `exact`; values that look like what is
 * expected add to it (1 − (1 − name) × (1 − tells × share)), values that do not take from it; what lies between is
 * weighed in proportion. Where too few values are there, the name speaks alone.
 */
export function scoreColumn(
  place: Place,
  name: NameMatch | null,
  profile: ValueProfile | null,
  { evidence: weights, shapes, sample }: AdoptionRules,
): Scored {
  const exact = name?.likeness === 1
  const byName = name === null ? 0 : exact ? weights.exact : weights.near * name.likeness
  const named: Evidence[] = name === null ? [] : [{ kind: 'name', name: inFrench(name.name, place), exact }]
  if (profile === null || profile.filled < sample.least) return { score: byName, evidence: named }
  const own = strongest(place.shapes, profile, place.key, shapes)
  if (own === null || (shapes[own.shape]?.optional && own.share < weights.agree)) {
    const other = place.anything ? null : foreign(place, profile, shapes, weights.telling)
    if (other === null || other.share < weights.agree) return { score: byName, evidence: named }
    const evidence = [...named, { kind: 'values', ...other, verdict: 'contradicts' } as const]
    return { score: byName * weights.contradicted, evidence }
  }
  const told = place.named ? 0 : tells(shapes, own.shape) * own.share
  const confirmed = 1 - (1 - byName) * (1 - told)
  const contradicted = byName * weights.contradicted
  const trust = Math.min(
    1,
    Math.max(0, (own.share - weights.contradict) / (weights.agree - weights.contradict)),
  )
  const verdict = trust === 1 ? 'confirms' : trust === 0 ? 'contradicts' : 'doubts'
  const score = contradicted + (confirmed - contradicted) * trust
  return { score, evidence: [...named, { kind: 'values', ...own, verdict }] }
}

type Weights = AdoptionRules['shapes']
type Share = { readonly shape: ShapeKey; readonly share: number }

/** Of the shapes expected, the one that the values show most; null: none is expected. */
function strongest(
  expected: readonly ShapeKey[],
  profile: ValueProfile,
  key: string,
  weights: Weights,
): Share | null {
  const shares = expected.flatMap((shape): Share[] => {
    if (shape !== 'accepted') return [{ shape, share: profile.shapes[shape] }]
    const share = profile.accepted.get(key)
    return share === undefined ? [] : [{ shape, share }]
  })
  return best(shares, weights)
}

/** What values look like that has no place here: e-mails under « Adresse ». */
function foreign({ shapes }: Place, profile: ValueProfile, weights: Weights, telling: number): Share | null {
  const against = (shape: ShapeKey) => weights[shape]?.against ?? tells(weights, shape)
  const others = SHAPES.filter((shape) => !shapes.includes(shape) && against(shape) >= telling)
  return best(
    others.map((shape) => ({ shape, share: profile.shapes[shape] })),
    weights,
  )
}

function best(shares: readonly Share[], weights: Weights): Share | null {
  const rate = ({ shape, share }: Share) => share * (1 + tells(weights, shape))
  return shares.reduce<Share | null>((top, one) => (top === null || rate(one) > rate(top) ? one : top), null)
}

function tells(weights: Weights, shape: ShapeKey): number {
  return weights[shape]?.tells ?? 0
}
