/** What no record is nested deeper than. */
const DEEPEST = 6

/**
 * The parts of an item of JSON as columns: `{ "address": { "city": … } }` has a column `address.city`, and a list of objects
 * one for each of their keys, `services[].label`, with all their values.
 */
export function flatItem(item: Readonly<Record<string, unknown>>): { titles: string[]; values: unknown[] } {
  const found = new Map<string, unknown[]>()
  add(found, item, '', 0)
  return {
    titles: [...found.keys()],
    values: [...found.values()].map((values) => (values.length === 1 ? values[0] : values)),
  }
}

function add(found: Map<string, unknown[]>, value: unknown, path: string, depth: number): void {
  if (depth > DEEPEST) return
  if (Array.isArray(value) && value.some(isObject)) {
    for (const one of value) if (isObject(one)) add(found, one, `${path}[]`, depth + 1)
  } else if (isObject(value)) {
    for (const [key, part] of Object.entries(value))
      add(found, part, path === '' ? key : `${path}.${key}`, depth + 1)
  } else {
    const held = found.get(path)
    if (held === undefined) found.set(path, [value])
    else held.push(value)
  }
}

/** Whether a value of JSON is an object with keys. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
