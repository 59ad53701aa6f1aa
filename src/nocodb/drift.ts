import { commandLine } from '../domain/command-line.ts'
import { frenchList, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { Base } from './base.ts'
import type { Renamed } from './names.ts'

type Place = { readonly table: string; readonly column: string | null }
type ColumnPlace = { readonly table: string; readonly column: string }

/** One thing by which a base does not fit config/columns.yaml, by its titles there. */
export type Drift =
  /** Not there; `known`: it was, when all fitted last. */
  | ({ readonly kind: 'missing'; readonly known: boolean } & Place)
  /** It bears another name (`now`), and something else bears its own. */
  | ({ readonly kind: 'taken' } & Renamed)
  /** It cannot hold what it is for. */
  | ({ readonly kind: 'type'; readonly found: string; readonly expected: string } & ColumnPlace)
  /** It could, but what stood there did not survive. */
  | ({ readonly kind: 'retyped'; readonly found: string; readonly before: string } & ColumnPlace)
  | ({ readonly kind: 'link'; readonly parent: string } & ColumnPlace)
  /** Choices of ours that it has no more; `others`: those that it has and that are none of ours. */
  | ({
      readonly kind: 'options'
      readonly options: readonly string[]
      readonly others: readonly string[]
    } & ColumnPlace)
  | { readonly kind: 'key'; readonly table: string; readonly keys: readonly string[] }

/** Throws SCHEMA_MISMATCH where the base does not fit: the message for the log, `faults` for people, both with what to do. */
export function assertFits({ title, drifts }: Base): void {
  if (drifts.length === 0) return
  const message = `La base « ${title} » ne correspond plus à config/columns.yaml : rien n’est écrit.`
  throw new PortreaError('SCHEMA_MISMATCH', message, { faults: drifts.map((one) => typeset(frenchOf(one))) })
}

/** Of a base that was not the same from the beginning of a reading to its end. */
export function movedMeanwhile({ title }: Base): PortreaError {
  const fault = `Les tables ou colonnes de la base « ${title} » ont changé pendant la lecture : relancez la synchronisation.`
  return new PortreaError('SCHEMA_MISMATCH', typeset(fault))
}

/**
 * What was just read of these tables bears the names they had when the base was opened: else a column may have taken the
 * name of another while it was read, and every value looks right. Throws SCHEMA_MISMATCH.
 */
export async function assertUnmoved(base: Base, titles: readonly string[]): Promise<void> {
  if (await base.moved(titles.map((title) => base.table(title)))) throw movedMeanwhile(base)
}

/** Throws NOCODB_FORBIDDEN where the token may only read. */
export function assertMayWrite({ title, roles }: Base): void {
  if (roles === null || roles.some((role) => WRITERS.includes(role))) return
  const given = roles.join(', ') || 'aucun'
  const message = `Le compte de NOCODB_TOKEN ne peut pas écrire dans la base « ${title} » : rien n’est écrit.`
  const fault = `Le compte du jeton NOCODB_TOKEN ne peut plus écrire dans la base « ${title} » (rôle : ${given}) : redonnez-lui le rôle « editor » dans NocoDB.`
  throw new PortreaError('NOCODB_FORBIDDEN', message, { faults: [typeset(fault)] })
}

const WRITERS: readonly string[] = ['owner', 'creator', 'editor']

/** A table or column that was renamed: what is to be done about it, for people. */
export function renamedText({ now, ...place }: Renamed): string {
  return typeset(
    `${frenchPlace(place)} s'appelle maintenant « ${now} » dans NocoDB : Portrea la suit sous ce nom. Lancez \`${commandLine('adopt')}\` pour l'inscrire dans config/columns.yaml.`,
  )
}

/** The same, for those who would complete the base: a second one of the former name would stand empty. */
export function renamedConflict({ now, ...place }: Renamed): string {
  return typeset(
    `${frenchPlace(place)} s'appelle maintenant « ${now} » dans NocoDB : lancez d'abord \`${commandLine('adopt')}\`, qui l'inscrit dans config/columns.yaml ; \`provision\` en ajouterait une seconde, vide.`,
  )
}

function frenchOf(drift: Drift): string {
  switch (drift.kind) {
    case 'missing':
      return missingText(drift)
    case 'taken':
      return `${frenchPlace(drift)} s'appelle maintenant « ${drift.now} » dans NocoDB, et une autre porte son nom : lancez \`${commandLine('adopt')}\` pour suivre la première, ou \`${commandLine('provision')}\` pour prendre la seconde.`
    case 'type':
      return `${frenchPlace(drift)} est de type ${drift.found}, et Portrea y attend ${drift.expected} : remettez ce type dans NocoDB, ou nommez une autre colonne dans config/columns.yaml.`
    case 'retyped':
      return `${frenchPlace(drift)} est passée du type ${drift.before} au type ${drift.found}, qui ne garde pas ses valeurs : remettez le type ${drift.before} et les valeurs dans NocoDB, ou lancez \`${commandLine('provision')}\` pour la prendre telle qu'elle est.`
    case 'link':
      return `${frenchPlace(drift)} doit mener à une ligne de « ${drift.parent} », et ne le fait pas : refaites ce lien dans NocoDB, ou lancez \`${commandLine('provision')}\` une fois la colonne renommée.`
    case 'options':
      return choicesText(drift)
    case 'key':
      return `La clé de « ${drift.table} » doit être une seule colonne de nombres, et c'est ${frenchList(drift.keys) || 'aucune'} : recopiez la table dans une table créée par NocoDB (export CSV, puis import), qui numérote ses lignes.`
  }
}

/** A choice that is gone while another came may be the same under another name: only people can tell. */
export function choicesText({
  options,
  others,
  ...place
}: ColumnPlace & { readonly options: readonly string[]; readonly others: readonly string[] }): string {
  const few = options.length < 2
  const list = (titles: readonly string[]) => frenchList(titles.map((one) => `« ${one} »`))
  const gone = `${frenchPlace(place)} n'a plus ${few ? 'le choix' : 'les choix'} ${list(options)}`
  if (others.length === 0)
    return `${gone} : remettez ${few ? 'ce choix' : 'ces choix'} dans NocoDB, ou lancez \`${commandLine('provision')}\`.`
  return `${gone}, et en a ${others.length < 2 ? 'un autre' : "d'autres"} : ${list(others)}. Si c'est le même sous un nouveau nom, remettez l'ancien nom dans NocoDB ; sinon, ajoutez-y ${list(options)}.`
}

function missingText({ known, ...place }: Place & { readonly known: boolean }): string {
  return known
    ? `${frenchPlace(place)} n'est plus dans NocoDB : rétablissez-la depuis une sauvegarde ; si elle est perdue, \`${commandLine('provision')}\` la recrée vide.`
    : `${frenchPlace(place)} manque dans NocoDB : si elle y porte un autre nom, lancez \`${commandLine('adopt')}\` ; sinon, \`${commandLine('provision')}\`.`
}

function frenchPlace({ table, column }: Place): string {
  return column === null ? `La table « ${table} »` : `La colonne « ${column} » de « ${table} »`
}
