import { commandLine } from '../domain/command-line.ts'
import { webhookTarget } from '../app.ts'
import { counted, countedOrNone } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { Base } from '../nocodb/base.ts'
import { desiredWebhooks } from '../nocodb/provision/desired-webhooks.ts'
import { checkWebhooks } from '../nocodb/provision/check-webhooks.ts'
import { openStore } from '../store/database.ts'
import { countInbox, FIGURES, listFailed } from '../store/inbox.ts'
import type { Opening } from './base-options.ts'
import { fault, fine } from './doctor-check.ts'
import type { Check } from './doctor-check.ts'

const SHOWN = 5

/** Whether NocoDB tells the service of every change: its webhooks, and a call that arrives. */
export async function webhooks(base: Base, { environment, settings }: Opening): Promise<Check> {
  const target = webhookTarget(environment)
  if (target === null)
    return fine(
      'webhooks',
      `aucun : tant que le service tourne, les changements sont cherchés toutes les quelques minutes ; avec PORTREA_PUBLIC_URL et PORTREA_WEBHOOK_SECRET, puis \`${commandLine('provision')}\`, ils sont vus à chaque saisie`,
    )
  const desired = desiredWebhooks(settings.columns, target)
  const look = await checkWebhooks(base, desired).catch((cause: unknown) => {
    if (cause instanceof PortreaError && cause.code === 'NOCODB_FORBIDDEN') return null
    throw cause
  })
  if (look === null)
    return fine(
      'webhooks',
      `ce compte ne peut pas voir les webhooks : lancez \`${commandLine('doctor')}\` avec le jeton qui a servi à \`provision\` pour les vérifier`,
    )
  const { faults, refusal } = look
  if (faults.length > 0)
    return fault(
      'webhooks',
      faults.join(' ; '),
      `Lancez \`${commandLine('provision')}\` avec un jeton de rôle « creator ».`,
    )
  if (refusal !== null)
    return fault('webhooks', `l'appel d'essai n'arrive pas : ${refusal}`, remedyOf(refusal, target.url))
  return fine('webhooks', `${counted(desired.hooks.length, 'webhook')} en place, l'appel d'essai est arrivé`)
}

/** What was told, waits, or was given up. */
export async function inbox(base: Base, { environment }: Opening): Promise<Check> {
  const store = await openStore({
    dataDir: environment.PORTREA_DATA_DIR,
    databaseUrl: environment.DATABASE_URL,
  })
  try {
    const { waiting, failed } = await countInbox(store)
    const detail = `${countedOrNone(waiting, 'aucune', 'ligne')} en attente, ${countedOrNone(failed, 'aucune', 'abandonnée')}`
    if (failed === 0) return fine('inbox', detail)
    const list = await listFailed(store, SHOWN)
    const lines = list.map(
      ({ about, record, reason }) => `${nameOf(base, about)} ${record} (${reason ?? '?'})`,
    )
    return fault(
      'inbox',
      `${detail} : ${lines.join(' ; ')}`,
      `Corrigez la cause, puis lancez \`${commandLine('retry')}\`.`,
    )
  } finally {
    await store.close()
  }
}

function nameOf({ tables }: Base, about: string): string {
  if (about === FIGURES) return 'EPCI'
  return [...tables.values()].find(({ id }) => id === about)?.title ?? about
}

function remedyOf(refusal: string, url: string): string {
  if (/private network/i.test(refusal))
    return 'NocoDB refuse les adresses privées : mettez NC_ALLOW_LOCAL_HOOKS=true dans son environnement, puis redémarrez-le.'
  if (/authentication/i.test(refusal))
    return 'Le service attend un autre secret : donnez-lui le même PORTREA_WEBHOOK_SECRET que celui de `provision`.'
  return `Démarrez le service, et vérifiez que NocoDB l'atteint à ${url} (PORTREA_WEBHOOK_URL s'il le voit à une autre adresse que les gens).`
}
