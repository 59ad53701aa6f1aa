import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Document, LineCounter } from 'yaml'
import type { z } from 'zod'
import { typeset } from '../domain/typography.ts'
import { inFrench, typeInFrench } from './in-french.ts'
import { readYaml } from './yaml-text.ts'

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
    return refused([
      `${path} ne peut pas être lu (${(cause as NodeJS.ErrnoException).code}) ; remettez-le en place`,
    ])
  }
  return checkYaml(text, basename(path), schema)
}

/** The same for a text that is not in its file yet; `name` stands in the faults. */
export function checkYaml<Schema extends z.ZodType>(
  text: string,
  name: string,
  schema: Schema,
): Reading<z.infer<Schema>> {
  const read = readYaml(text)
  if ('faults' in read)
    return refused(read.faults.map(({ line, reason }) => `${name}:${line ?? 1}: ${reason}`))
  const { document, lines, value } = read
  const result = schema.safeParse(value, { error: inFrench })
  if (result.success) return { value: result.data, faults: [] }
  return refused(
    result.error.issues
      .flatMap(spread)
      .map((issue) => `${name}:${lineOf(document, lines, issue.path)}: ${sentence(issue)}`),
  )
}

function refused(faults: readonly string[]): { value: null; faults: readonly string[] } {
  return { value: null, faults: faults.map(typeset) }
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
  if (issue.code === 'unrecognized_keys')
    return `${path} : clé inconnue ; retirez-la ou corrigez son orthographe`
  if (issue.code === 'invalid_type' && issue.input === undefined && /undefined|indéfini/.test(issue.message))
    return `${path} : absent ; ajoutez-le (attendu : ${typeInFrench(issue.expected)})`
  return path === '' ? issue.message : `${path} : ${issue.message}`
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
