import { metresBetween } from '../duplicates/metres.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import type { Place } from './places.ts'

type Point = readonly [number, number]

/** Where the places of a base are: what tells that a point is none of a commune, or of a département. */
export type KnownPoints = {
  add(place: Place): void
  /** Whether a point is far from all that is known around a place; where nothing is known, nothing is said. */
  isFar(place: Place, point: Point): boolean
}

/** No points yet. */
export function knownPoints({ farPoint }: DuplicateRules['matching']): KnownPoints {
  const [communes, departments] = [new Map<string, Point[]>(), new Map<string, Point[]>()]
  const add = (points: Map<string, Point[]>, name: string, point: Point) => {
    const known = points.get(name)
    if (known !== undefined) known.push(point)
    else if (name !== '') points.set(name, [point])
  }
  const isFarFrom = (points: readonly Point[], point: Point, metres: number) =>
    points.every((one) => metresBetween(one, point) > metres)
  return {
    add({ card: { commune, postalCode, point } }) {
      if (point === null) return
      add(communes, `${commune}|${postalCode}`, point)
      add(departments, postalCode.slice(0, 2), point)
    },
    isFar({ card: { commune, postalCode } }, point) {
      const here = communes.get(`${commune}|${postalCode}`)
      if (here !== undefined) return isFarFrom(here, point, farPoint.commune)
      const around = departments.get(postalCode.slice(0, 2))
      return around !== undefined && isFarFrom(around, point, farPoint.department)
    },
  }
}
