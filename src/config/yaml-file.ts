import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type { Document } from 'yaml'
import type { z } from 'zod'

/** A value read from a YAML file, or its faults, each with file, line and remedy. */
export type Reading<Value> =
  | { readonly value: Value; readonly faults: readonly [] }
  | { readonly value: null; readonly faults: readonly string[] }

/** Reads a YAML file and checks it with a zod schema; never throws, so that all files' faults can be told at once. */
export function readYamlFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Reading<z.infer<Schema>> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    return refused([`${path}: cannot be read (${(cause as NodeJS.ErrnoException).code}); put the file back`])
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true })
  const name = basename(path)
  if (document.errors.length > 0)
    return refused(
      document.errors.map(
        (error) => `${name}:${lines.linePos(error.pos[0]).line}: ${firstLine(error.message)}`,
      ),
    )
  const result = schema.safeParse(document.toJS())
  if (result.success) return { value: result.data, faults: [] }
  return refused(
    result.error.issues
      .flatMap(spread)
      .map((issue) => `${name}:${lineOf(document, lines, issue.path)}: ${sentence(issue)}`),
  )
}

function refused(faults: readonly string[]): { value: null; faults: readonly string[] } {
  return { value: null, faults }
}

/** An unknown key is told at its own line; of a union the branch that fits best speaks. */
function spread(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ ...issue, keys: [key], path: [...issue.path, key] }))
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const nearest = issue.errors.reduce((best, one) => (one.length < best.length ? one : best))
  return nearest.map((one) => ({ ...one, path: [...issue.path, ...one.path] })).flatMap(spread)
}

function sentence(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') return `${path}: unknown key; take it out or correct its spelling`
  if (issue.code === 'invalid_type' && issue.input === undefined && /undefined/.test(issue.message))
    return `${path}: missing; add it (expected ${issue.expected})`
  return path === '' ? issue.message : `${path}: ${issue.message}`
}

/** The line of the deepest part of the path that stands in the file. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined
    const start = node?.range?.[0]
    if (start !== undefined) return lines.linePos(start).line
  }
  return 1
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}
