import { commandLine } from '../domain/command-line.ts'
import { parisDay } from '../domain/days.ts'
import { counted, frenchDay, frenchList, frenchNumber } from '../domain/typography.ts'
import { checkStore, openStore } from '../store/database.ts'
import { readMended } from '../store/mend.ts'
import { mendedSentence } from '../engine/store-notes.ts'
import { configDirectory, desiredBase, openRecalled, withStore } from '../app.ts'
import { listHeld } from '../store/brake.ts'
import { PortreaError } from '../errors.ts'
import type { Base } from '../nocodb/base.ts'
import { namedActors } from '../config/columns-file.ts'
import { readRefusals } from '../config/refusals.ts'
import { refusalText } from '../domain/adoption/refusals.ts'
import { mappingsOf } from '../domain/mapping/mapping-text.ts'
import { assertFits, renamedText } from '../nocodb/drift.ts'
import { clockLead } from '../nocodb/token-user.ts'
import { planProvision } from '../nocodb/provision/provision.ts'
import { open } from './base-options.ts'
import type { CommonOptions, Opening } from './base-options.ts'
import { advice, fault, fine } from './doctor-check.ts'
import type { Check } from './doctor-check.ts'
import { epcis } from './doctor-epcis.ts'
import { rights, writer } from './doctor-rights.ts'
import { tables } from './doctor-tables.ts'
import { inbox, webhooks } from './doctor-webhooks.ts'
import { work } from './doctor-work.ts'
import { exitCodeOf, print, say } from './output.ts'
import { namesIn } from './shown-title.ts'
import { lookAtSubscriptions } from './subscriptions.ts'

const CLOCK_TOLERANCE = 60

/** `portrea doctor`: reaches NocoDB, looks at everything the service relies on, says what to do for each fault. */
export async function doctor(options: CommonOptions): Promise<number> {
  const opening = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const { environment, settings, log } = opening
  let base: Base
  try {
    base = await openRecalled(environment, settings, log)
  } catch (cause) {
    if (!(cause instanceof PortreaError)) throw cause
    tellAll(options, [{ key: 'nocodb', ok: false, detail: cause.code, remedy: remedyOf(cause) }], null)
    return exitCodeOf(cause)
  }
  try {
    const looks = [server, routes, rights, names, schema, tables, writer, epcis, webhooks, clock]
    const checks = await Promise.all(looks.map((look) => safely(look.name, () => look(base, opening))))
    // One after the other: each opens the store, and two connections of one process to a SQLite file block each other.
    for (const look of [store, brake, work, inbox, outgoing])
      checks.push(await safely(look.name, () => look(base, opening)))
    tellAll(options, checks, base)
    return checks.every(({ ok }) => ok) ? 0 : 1
  } finally {
    await base.close()
  }
}

async function server(base: Base): Promise<Check> {
  const { version, edition } = base.capabilities
  return fine(
    'nocodb',
    `NocoDB ${version ?? 'de version inconnue'} (${edition ?? 'édition inconnue'}), base « ${base.title} »`,
  )
}

async function routes({ capabilities, settings }: Base): Promise<Check> {
  const { routes: there, batch, pageSize, foreignKeys, metaViews, metaHooks, metaTokens } = capabilities
  const used = settings.routes
    .filter((route) => there[route])
    .map((route) => `${route} (${batch[route]} lignes par écriture)`)
  const gone = Object.entries({ vues: metaViews, webhooks: metaHooks, jetons: metaTokens }).flatMap(
    ([what, is]) => (is ? [] : [what]),
  )
  const links = foreignKeys ? 'par clé étrangère' : 'par leurs propres routes'
  const detail = `routes ${frenchList(used)} ; pages de ${pageSize} ; liens ${links}`
  if (!there.v2 && !there.v3)
    return fault(
      'routes',
      detail,
      'Aucune route de données ne répond : vérifiez `routes` dans config/nocodb.yaml.',
    )
  if (gone.length === 0) return fine('routes', detail)
  return fault(
    'routes',
    detail,
    `Ce serveur n'a plus de route pour : ${frenchList(gone)}. Créez-les à la main dans NocoDB.`,
  )
}

/** Whether what stands in the base is what config/columns.yaml names: without that nothing is written. */
async function names(base: Base, { settings }: Opening): Promise<Check> {
  try {
    assertFits(base)
  } catch (cause) {
    if (!(cause instanceof PortreaError)) throw cause
    const shown = cause.faults.slice(0, 3)
    const detail = "la base n'est plus celle que config/columns.yaml décrit : rien n'y est écrit"
    return fault('names', detail, `${shown.join(' ')}${cause.faults.length > 3 ? ' …' : ''}`)
  }
  if (base.renamed.length === 0) {
    const own = namedActors(settings.columns).flatMap(mappingsOf)
    const beside = own.length === 0 ? '' : ` ; lu à sa manière : ${own.join(' ; ')}`
    const refused = readRefusals(configDirectory()).map((one) => refusalText(one, namesIn(settings.columns)))
    const no =
      refused.length === 0
        ? ''
        : ` ; refusé, plus demandé (\`${commandLine('adopt', '--ask-again')}\` le redemande) : ${refused.join(' ; ')}`
    return fine('names', `config/columns.yaml décrit bien la base${beside}${no}`)
  }
  const detail = `${counted(base.renamed.length, 'nom a changé', 'noms ont changé')} dans NocoDB ; Portrea suit`
  return advice('names', detail, base.renamed.map(renamedText).join(' '))
}

async function schema(base: Base, { settings, environment }: Opening): Promise<Check> {
  const desired = desiredBase(settings, { publicUrl: environment.PORTREA_PUBLIC_URL })
  const { steps, conflicts } = await planProvision(base, desired)
  if (conflicts.length > 0)
    return fault(
      'schema',
      counted(conflicts.length, 'obstacle', 'obstacles'),
      `${conflicts.join(' ')} \`${commandLine('provision', '--dry-run')}\` dit quand tout est levé.`,
    )
  if (steps.length === 0) return fine('schema', 'toutes les tables, colonnes et vues sont là')
  const shown = steps.slice(0, 3).map(({ summary }) => summary)
  const detail = `${counted(steps.length, 'élément manque', 'éléments manquent')} (${shown.join(' ; ')}${steps.length > 3 ? ' …' : ''})`
  return fault(
    'schema',
    detail,
    `Lancez \`${commandLine('provision')}\` avec un jeton de rôle « creator » ; ce que vous avez renommé s'écrit dans config/columns.yaml.`,
  )
}

async function clock(base: Base): Promise<Check> {
  const lead = await clockLead(base.http.url)
  if (lead === null) return fine('clock', "le serveur ne dit pas l'heure")
  const detail = `écart des horloges : ${frenchNumber(Math.abs(lead), 0)} s`
  if (Math.abs(lead) <= CLOCK_TOLERANCE) return fine('clock', detail)
  return fault(
    'clock',
    detail,
    "Mettez les deux machines à l'heure (NTP) : la fraîcheur des fiches en dépend.",
  )
}

async function store(_: Base, { environment }: Opening): Promise<Check> {
  const opened = await openStore({
    dataDir: environment.PORTREA_DATA_DIR,
    databaseUrl: environment.DATABASE_URL,
  })
  try {
    await checkStore(opened)
    const mended = await readMended(opened)
    const place =
      environment.DATABASE_URL === undefined ? `SQLite, ${environment.PORTREA_DATA_DIR}` : 'PostgreSQL'
    return fine('store', mended === null ? place : `${place}. ${mendedSentence(mended)}`)
  } finally {
    await opened.close()
  }
}

async function brake(_: Base, { environment }: Opening): Promise<Check> {
  const [held] = await withStore(environment, listHeld)
  if (held === undefined) return fine('brake', 'rien n’est retenu')
  const [, ...reasons] = held.message.split('\n')
  const since = frenchDay(parisDay(new Date(held.since)))
  return fault(
    'brake',
    `les synchronisations sont retenues depuis le ${since} : ${reasons.slice(0, -1).join(' ')}`,
    reasons.at(-1) ?? '',
  )
}

async function outgoing(_: Base, opening: Opening): Promise<Check> {
  const { detail, remedy } = await lookAtSubscriptions(opening)
  return remedy === null ? fine('outgoing', detail) : fault('outgoing', detail, remedy)
}

async function safely(key: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look()
  } catch (cause) {
    if (!(cause instanceof PortreaError)) throw cause
    return fault(key, cause.code, remedyOf(cause))
  }
}

/** The sentences for people where there are some. */
function remedyOf({ message, faults }: PortreaError): string {
  return (faults.length > 0 ? faults : [message]).join(' ')
}

function tellAll({ json }: CommonOptions, checks: readonly Check[], base: Base | null): void {
  if (json) {
    print({ ok: checks.every(({ ok }) => ok), capabilities: base?.capabilities ?? null, checks })
    return
  }
  for (const { key, ok, detail, remedy } of checks)
    say(`${ok ? '✓' : '✗'} ${key.padEnd(8)} ${detail}`, ...(remedy === null ? [] : [`  → ${remedy}`]))
}
