/** A list in a list is hardly deeper. */
const DEEPEST = 4

/**
 * The text of a list that was encoded once too often (`["a","b"]`, `{a,"b, c"}`, `"a|b"`, and these within one another):
 * its values with `|` between them. Unchanged where it is no such thing.
 */
export function decodedList(value: string): string {
  let text = value
  for (let depth = 0; depth < DEEPEST; depth++) {
    const inner = ENCODED.test(text.trim()) ? decoded(text.trim()) : null
    if (inner === null) break
    text = inner
  }
  return text
}

const ENCODED = /^(?:\[.*\]|\{.*\}|".*")$/su

function decoded(text: string): string | null {
  const items = fromJson(text) ?? (text.startsWith('"') ? null : fromBraces(text.slice(1, -1)))
  if (items !== null) return items.map((item) => item.trim()).join('|')
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : null
}

/** The texts of a list in JSON, or of the keys that are true; null: it is none. */
function fromJson(text: string): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'string') return [value]
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null
  } catch {
    return null // some other way to write a list
  }
}

/** `a,"b, c"` and `'a', 'b'`, as databases and scripts write lists. */
function fromBraces(inner: string): readonly string[] {
  const items = inner.match(/\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^,"']+(?:'[^,"']+)*)\s*/gu) ?? []
  return items.map((item) => {
    const bare = item.trim()
    return /^(["']).*\1$/su.test(bare) ? bare.slice(1, -1).replaceAll('\\"', '"') : bare
  })
}
