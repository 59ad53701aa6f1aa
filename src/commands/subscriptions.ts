import { commandLine } from '../domain/command-line.ts'
import { withStore } from '../app.ts'
import { readTargets } from '../config/webhook-targets.ts'
import type { Target } from '../config/webhook-targets.ts'
import { counted, frenchInstant, frenchList } from '../domain/typography.ts'
import { checkHost } from '../outbox/address.ts'
import { countDeliveries } from '../store/deliveries.ts'
import type { DeliveryCounts } from '../store/deliveries.ts'
import { failingReceivers } from '../store/receivers.ts'
import type { FailingReceiver } from '../store/receivers.ts'
import type { Opening } from './base-options.ts'

/** What `doctor` sees of the subscriptions: each has its address and secret, may be reached, and gets what it should. */
export async function lookAtSubscriptions({
  environment,
  settings,
}: Opening): Promise<{ detail: string; remedy: string | null }> {
  const targets = readTargets(settings.webhooks)
  if (targets.length === 0)
    return { detail: "aucun abonnement n'est écrit dans config/webhooks.yaml", remedy: null }
  const refused = (await Promise.all(targets.map(refusalOf))).flat()
  const [counts, failing] = await withStore(environment, async (store) => [
    await countDeliveries(store),
    await failingReceivers(store),
  ])
  const dead = counts.filter((one) => one.dead > 0)
  const names = frenchList(targets.map(({ name }) => name))
  const detail = `${counted(targets.length, 'abonnement')} : ${names}${unwatchedText(targets)}`
  const remedies = [...refused.map(({ text }) => text), ...failing.map(failingText), ...dead.map(deadText)]
  return { detail, remedy: remedies.length === 0 ? null : remedies.join(' ') }
}

/** The subscriptions whose silence no other one would be told of. */
function unwatchedText(targets: readonly Target[]): string {
  const tells = targets.filter(({ events }) => events.includes('webhook.failing'))
  const alone = targets.filter(({ name }) => tells.every((other) => other.name === name))
  if (alone.length === 0) return ''
  return ` (si ${frenchList(alone.map(({ name }) => `« ${name} »`))} ne répond plus, aucun autre n'en est prévenu : \`webhook.failing\`)`
}

/** Why a subscription cannot be reached; nothing where it can. */
async function refusalOf({ name, address, allowPrivate }: Target): Promise<{ text: string }[]> {
  const checked = await checkHost(address.hostname, allowPrivate)
  if (!('refused' in checked)) return []
  const hint = checked.refused.startsWith('address')
    ? 'si elle est de votre réseau, écrivez `allowPrivate: true`.'
    : "vérifiez l'adresse, et le DNS de cette machine."
  return [{ text: `« ${name} » ne peut pas être joint (${checked.refused}) : ${hint}` }]
}

function failingText({ subscription, since, reason, disabledAt }: FailingReceiver): string {
  const state = disabledAt === null ? "rien n'y arrive" : "désactivé : rien n'y arrivait"
  return `« ${subscription} » : ${state} depuis ${frenchInstant(since)} (${reason}).`
}

function deadText({ subscription, dead, reason }: DeliveryCounts): string {
  const given = counted(dead, 'message abandonné', 'messages abandonnés')
  return `« ${subscription} » : ${given} (${reason ?? 'raison inconnue'}) ; une fois réparé, \`${commandLine('webhooks', '--retry')}\` les renvoie.`
}
