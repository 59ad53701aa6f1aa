import { commandLine } from '../domain/command-line.ts'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { CallSettings } from '../config/nocodb-file.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { detectCapabilities, hasForeignKeys } from './capabilities.ts'
import type { Capabilities } from './capabilities.ts'
import { answerOf } from './failures.ts'
import type { Drift } from './drift.ts'
import { ask, openHttp } from './http.ts'
import type { Http } from './http.ts'
import { tokenUser } from './token-user.ts'
import { nameTables } from './names.ts'
import type { Known, Named, Renamed } from './names.ts'
import type { DesiredSchema } from './provision/desired-schema.ts'
import { provisionedKeys } from './provision/manifest.ts'
import { listTables, readForm, readTables } from './schema.ts'
import type { Table } from './schema.ts'

/** Where the NocoDB is; `base` is an id or a title. */
export type Connection = { readonly url: string; readonly token: string; readonly base: string }

/** An open base: its tables as they were read last, and what its server can do. */
export type Base = {
  readonly id: string
  readonly title: string
  /** What is remembered of it, by key of config/columns.yaml; with `naming.desired`, as it stands now. */
  readonly known: Known
  /** What people renamed in NocoDB, and is followed; where it does not fit. Empty where no names were asked for. */
  readonly renamed: readonly Renamed[]
  readonly drifts: readonly Drift[]
  /** Of the user of the token; null: not asked for, or the server does not tell. */
  readonly roles: readonly string[] | null
  readonly http: Http
  readonly log: Logger
  readonly capabilities: Capabilities
  readonly settings: CallSettings
  readonly tables: ReadonlyMap<string, Table>
  /** The table of that title; throws SCHEMA_MISMATCH. */
  table(title: string): Table
  /** Reads the schema again, after a provision or a change in NocoDB. */
  refresh(): Promise<void>
  /**
   * Whether tables, columns or what the token may do changed in NocoDB since they were read: a call for each table, and
   * two; with `among`, whether a column of these tables did: a call for each of them.
   */
  moved(among?: readonly Table[]): Promise<boolean>
  close(): Promise<void>
}

/** Under which names a base is opened. */
export type Naming = {
  /** Those of config/columns.yaml; null: NocoDB's own. */
  readonly desired: DesiredSchema | null
  /** What was remembered of this base when it fitted last. */
  readonly recall: (baseId: string) => Promise<Known>
}

const NO_NAMES: Naming = { desired: null, recall: async () => ({}) }

/** Someone waits for the first answer: a wrong address must show soon. */
const FIRST_ANSWER_SECONDS = 8

/**
 * Opens a base and asks its server what it can do. Under the names of config/columns.yaml it may not fit: `assertFits`
 * tells. Throws NOCODB_UNAVAILABLE, NOCODB_FORBIDDEN or SCHEMA_MISMATCH.
 */
export async function openBase(
  connection: Connection,
  settings: CallSettings,
  log: Logger,
  naming = NO_NAMES,
): Promise<Base> {
  const http = openHttp(connection.url, connection.token, settings, log)
  try {
    const seconds = Math.min(FIRST_ANSWER_SECONDS, settings.timeLimitSeconds)
    const { id, title } = await findBase(http, connection.base, seconds)
    const look = () => lookAt(http, id, settings, naming)
    let seen = await look()
    let capabilities = await detectCapabilities(http, id, seen.tables, settings)
    if (!capabilities.routes.v2 && !capabilities.routes.v3) throw noRoute(http.url, settings)
    return {
      ...{ id, title, http, log, settings },
      get capabilities() {
        return capabilities
      },
      get known() {
        return seen.known
      },
      get renamed() {
        return seen.renamed
      },
      get drifts() {
        return seen.drifts
      },
      get roles() {
        return seen.roles
      },
      get tables() {
        return seen.byTitle
      },
      table: (wanted) => seen.byTitle.get(wanted) ?? noTable(title, wanted, [...seen.byTitle.keys()]),
      async refresh() {
        seen = await look()
        capabilities = { ...capabilities, foreignKeys: hasForeignKeys(seen.tables, settings) }
      },
      moved: (among) => (among === undefined ? hasMoved(http, id, seen) : formsMoved(http, id, among)),
      async close() {
        http.close()
      },
    }
  } catch (error) {
    http.close()
    throw error
  }
}

/** A base as it was read, under the names asked for. */
type Seen = Named & {
  readonly byTitle: ReadonlyMap<string, Table>
  readonly roles: readonly string[] | null
  /** By id, as NocoDB calls them. */
  readonly titles: ReadonlyMap<string, string>
}

async function lookAt(
  http: Http,
  id: string,
  { foreignKeys }: CallSettings,
  { desired, recall }: Naming,
): Promise<Seen> {
  const [read, known, user] = await Promise.all([
    readTables(http, id, foreignKeys),
    recall(id),
    desired === null ? null : tokenUser(http, id),
  ])
  const titles = new Map(read.map((table) => [table.id, table.title]))
  const named =
    desired === null
      ? { tables: read, renamed: [], drifts: [], known }
      : await ours(http, id, read, desired, known)
  const roles = user === null || user.roles.length === 0 ? null : user.roles
  return { ...named, titles, roles, byTitle: new Map(named.tables.map((table) => [table.title, table])) }
}

/** What the store does not know, the manifest of the base may tell: what Portrea made there, by id. */
async function ours(
  http: Http,
  id: string,
  tables: readonly Table[],
  desired: DesiredSchema,
  known: Known,
): Promise<Named> {
  const named = nameTables(tables, desired, known, new Map())
  if (named.drifts.every(({ kind }) => kind !== 'missing')) return named
  return nameTables(tables, desired, known, await provisionedKeys(http, id))
}

async function hasMoved(http: Http, id: string, { titles, tables, roles }: Seen): Promise<boolean> {
  const [now, user] = await Promise.all([listTables(http, id), roles === null ? null : tokenUser(http, id)])
  if (user !== null && String(user.roles) !== String(roles)) return true
  if (now.size !== titles.size || [...now].some(([table, title]) => titles.get(table) !== title)) return true
  return formsMoved(http, id, tables)
}

async function formsMoved(http: Http, id: string, tables: readonly Table[]): Promise<boolean> {
  const forms = await Promise.all(tables.map((table) => readForm(http, id, table.id)))
  return tables.some(({ form }, at) => form !== forms[at])
}

const BaseList = z.object({ list: z.array(z.object({ id: z.string(), title: z.string() })) })
const Info = z.object({ ncDefaultWorkspaceId: z.string() })
type BaseName = z.infer<typeof BaseList>['list'][number]

/** The base of this id, else of this title, among those that the token sees. Throws SCHEMA_MISMATCH. */
export async function findBase(http: Http, wanted: string, timeLimitSeconds: number): Promise<BaseName> {
  const all = await listBases(http, timeLimitSeconds)
  const byId = all.find(({ id }) => id === wanted)
  if (byId !== undefined) return byId
  const exact = all.filter(({ title }) => title === wanted)
  // Spaces at the ends of a variable of the environment do not survive.
  const [first, second] = exact.length > 0 ? exact : all.filter(({ title }) => title.trim() === wanted.trim())
  if (first === undefined) {
    const seen = all.map(({ title, id }) => `« ${title} » (${id})`).join(', ') || 'aucune'
    throw new PortreaError(
      'SCHEMA_MISMATCH',
      `Ce jeton ne voit pas de base « ${wanted} » ; il voit : ${seen}. Vérifiez NOCODB_BASE, ou invitez son compte dans la base.`,
      {
        faults: [
          typeset(
            `La base « ${wanted} » n'est plus là pour le compte de NOCODB_TOKEN : rétablissez-la, invitez ce compte dans la base, ou corrigez NOCODB_BASE.`,
          ),
        ],
      },
    )
  }
  if (second !== undefined) {
    throw mismatch(
      `Deux bases se nomment « ${wanted} » (${first.id}, ${second.id}) : mettez l’identifiant de la bonne dans NOCODB_BASE.`,
    )
  }
  return first
}

/** v2 lists what the token's user sees; where it is gone, v3 lists the default workspace. */
async function listBases(http: Http, timeLimitSeconds: number): Promise<BaseName[]> {
  const get = (path: string) => ({ method: 'GET', path, timeLimitSeconds }) as const
  try {
    return (await ask(http, get('/api/v2/meta/bases/'), BaseList)).list
  } catch (error) {
    if (answerOf(error)?.status !== 404) throw error
  }
  const { ncDefaultWorkspaceId } = await ask(http, get('/api/v1/meta/nocodb/info'), Info).catch((error) => {
    throw answerOf(error)?.status === 404 ? notNocodb(http.url) : error
  })
  return (await ask(http, get(`/api/v3/meta/workspaces/${ncDefaultWorkspaceId}/bases`), BaseList)).list
}

function notNocodb(url: string): PortreaError {
  const message = `Un serveur répond à ${url}, mais ce n’est pas NocoDB : vérifiez NOCODB_URL.`
  return new PortreaError('NOCODB_UNAVAILABLE', message)
}

function noTable(base: string, wanted: string, seen: readonly string[]): never {
  throw mismatch(
    `La table « ${wanted} » manque à la base « ${base} », qui a : ${seen.join(', ') || 'aucune table'}. Renommée dans NocoDB, lancez \`${commandLine('adopt')}\` ou nommez-la dans config/columns.yaml ; sinon lancez \`${commandLine('provision')}\`.`,
  )
}

function noRoute(url: string, { routes }: CallSettings): PortreaError {
  return mismatch(
    `NocoDB (${url}) ne répond sur aucune des routes permises (${routes.join(', ')}) : permettez v2 ou v3 dans config/nocodb.yaml.`,
  )
}

function mismatch(text: string): PortreaError {
  return new PortreaError('SCHEMA_MISMATCH', text)
}
