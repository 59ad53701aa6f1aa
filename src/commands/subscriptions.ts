import { withStore } from '../app.ts'
import { readTargets } from '../config/webhook-targets.ts'
import type { Target } from '../config/webhook-targets.ts'
import { counted, frenchList } from '../domain/typography.ts'
import { checkHost } from '../outbox/address.ts'
import { countDeliveries } from '../store/deliveries.ts'
import type { DeliveryCounts } from '../store/deliveries.ts'
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
  const counts = await withStore(environment, countDeliveries)
  const dead = counts.filter((one) => one.dead > 0)
  const detail = `${counted(targets.length, 'abonnement')} : ${frenchList(targets.map(({ name }) => name))}`
  const remedies = [...refused.map(({ text }) => text), ...dead.map(deadText)]
  return { detail, remedy: remedies.length === 0 ? null : remedies.join(' ') }
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

function deadText({ subscription, dead, reason }: DeliveryCounts): string {
  const given = counted(dead, 'message abandonné', 'messages abandonnés')
  return `« ${subscription} » : ${given} (${reason ?? 'raison inconnue'}) ; une fois réparé, \`portrea webhooks --retry\` les renvoie.`
}
