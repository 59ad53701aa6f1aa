import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readRules, RULE_FILES } from '../config/rules-file.ts'
import type { Rules } from '../config/rules-file.ts'
import { stableJson } from '../domain/stable-json.ts'
import { loadGeography } from '../config/geography.ts'
import type { StoredInput } from '../domain/rules-impact.ts'
import { parseEpcis } from '../domain/rules/epci-input.ts'
import { PortreaError } from '../errors.ts'
import { reports } from '../http/stored-report.ts'
import type { Store } from '../store/database.ts'
import { readInput } from './read-input.ts'

const NAMES = Object.values(RULE_FILES).map(({ file }) => file)

/**
 * The rules of `directory` with those proposed in their place: one of its files, by its name or by what it holds, or a
 * folder with one of them or more.
 */
export function readProposed(path: string, directory: string): Rules {
  if (!existsSync(path)) throw new PortreaError('INPUT_INVALID', `${path} n'existe pas : vérifiez le chemin.`)
  const given = new Map<string, string>(
    statSync(path).isDirectory()
      ? NAMES.filter((name) => existsSync(join(path, name))).map((name) => [name, join(path, name)])
      : [[nameOf(path), path]],
  )
  if (given.size === 0)
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} ne contient aucun fichier de règles (${NAMES.join(', ')}).`,
    )
  return readRules(directory, (file) => given.get(file) ?? join(directory, file))
}

/** Which file of rules this is: it bears its name, else it has the keys of one of them. */
function nameOf(path: string): string {
  const own = NAMES.find((name) => basename(path) === name)
  if (own !== undefined) return own
  const value = readInput(path)
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
  const found = keys.includes('referentials') ? 'referentials' : keys.includes('factors') ? 'maturity' : null
  if (found === null)
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} : donnez à ce fichier le nom de celui qu'il remplace (${NAMES.join(', ')}).`,
    )
  return RULE_FILES[found].file
}

/** The files that differ beside those that decide from stored inputs: their effect is on records, which are not here. */
export function changedBeside(now: Rules, proposed: Rules): string[] {
  return (Object.keys(RULE_FILES) as (keyof typeof RULE_FILES)[])
    .filter((key) => key !== 'maturity' && key !== 'referentials')
    .filter((key) => stableJson(now[key]) !== stableJson(proposed[key]))
    .map((key) => RULE_FILES[key].file)
}

/** What the last run stored of every EPCI. */
export async function inputsOfStore(store: Store): Promise<StoredInput[]> {
  return (await reports(store)).map(({ siren, name, situation, retained }) => ({
    siren,
    name,
    situation,
    retained,
  }))
}

/** The same from a file (a list, or reports of the API), or from a folder of situations as for `recommend`. */
export function inputsOfFiles(path: string): StoredInput[] {
  const official = officialName()
  const files =
    existsSync(path) && statSync(path).isDirectory()
      ? readdirSync(path)
          .filter((name) => /\.(?:json|ya?ml)$/iu.test(name))
          .sort()
          .map((name) => join(path, name))
      : [path]
  return files.flatMap((file) => {
    const input = readSituations(file)
    return parseEpcis(isList(input) ? input : [input]).map(({ siren, name, situation, retained }, at) => {
      return { siren, situation, retained, name: name ?? official(siren) ?? `${basename(file)} ${at + 1}` }
    })
  })
}

/** The official names, read when the first one is asked for: it takes a second. */
function officialName(): (siren: string | null) => string | null {
  let geography: ReturnType<typeof loadGeography> | null = null
  return (siren) => {
    if (siren === null) return null
    geography ??= loadGeography()
    return geography.epci(siren)?.name ?? null
  }
}

/** A base of situations is large, and a program wrote it: JSON is read as such, a hundred times faster than as YAML. */
function readSituations(file: string): unknown {
  if (!file.toLowerCase().endsWith('.json') || !existsSync(file)) return readInput(file)
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return readInput(file) // which says where it is no JSON
  }
}

function isList(input: unknown): boolean {
  return Array.isArray(input) || (typeof input === 'object' && input !== null && 'epcis' in input)
}
