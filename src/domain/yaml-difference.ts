/** One value of a file of config/ to change. */
export type YamlChange = {
  /** The keys that lead to it. */
  readonly path: readonly string[]
  readonly from: number
  readonly to: number
}

/** Changes of one file as a person reads them: each under the keys that lead to it, what goes (-) and what comes (+). */
export function yamlDifference(file: string, changes: readonly YamlChange[]): string[] {
  const lines = [`--- ${file}`, '+++ proposition']
  let above: readonly string[] = []
  for (const { path, from, to } of changes) {
    const [keys, last] = [path.slice(0, -1), path.at(-1) ?? '']
    const shared = keys.findIndex((key, depth) => above[depth] !== key)
    const first = shared === -1 ? keys.length : shared
    lines.push(...keys.slice(first).map((key, at) => `  ${indent(first + at)}${key}:`))
    lines.push(`- ${indent(keys.length)}${last}: ${from}`, `+ ${indent(keys.length)}${last}: ${to}`)
    above = keys
  }
  return lines
}

function indent(depth: number): string {
  return '  '.repeat(depth)
}
