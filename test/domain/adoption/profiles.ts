import { columnParts } from '../../../src/domain/adoption/mapped/column-parts.ts'
import type { ValueProfile } from '../../../src/domain/adoption/value-shapes.ts'
import { SHAPES } from '../../../src/domain/rules/adoption.ts'
import type { ShapeKey } from '../../../src/domain/rules/adoption.ts'

/** Values of which so many look like this (shares 0–1), and none like anything else. */
export function profile(shares: Partial<Record<ShapeKey, number>>, filled = 50): ValueProfile {
  const shapes = Object.fromEntries(SHAPES.map((shape) => [shape, shares[shape] ?? 0]))
  return {
    ...{ filled, repeats: 0, people: 0, shapes: shapes as ValueProfile['shapes'], accepted: new Map() },
    ...{ kind: null, parts: columnParts([], () => false), words: [] },
  }
}
