import { commandLine } from '../domain/command-line.ts'
import { withStore } from '../app.ts'
import { readTargets } from '../config/webhook-targets.ts'
import type { Target } from '../config/webhook-targets.ts'
import { counted, frenchInstant, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { testMessageOf } from '../outbox/message.ts'
import { post } from '../outbox/post.ts'
import { countDeliveries, reviveDead } from '../store/deliveries.ts'
import { failingReceivers } from '../store/receivers.ts'
import { open } from './base-options.ts'
import type { CommonOptions, Opening } from './base-options.ts'
import { print, say } from './output.ts'

type Options = CommonOptions & { readonly test?: string; readonly retry?: true }

/** `portrea webhooks`: the subscriptions, what waits and what was given up; `--test` tries one, `--retry` revives. */
export async function webhooks(options: Options): Promise<number> {
  const opening = open(options, [])
  const targets = readTargets(opening.settings.webhooks)
  const tested = options.test === undefined ? null : await tryOne(options.test, targets, opening)
  const { revived, enabled, counts, failing } = await deliveries(opening, options.retry ?? false)
  const names = [...new Set([...targets.map(({ name }) => name), ...counts.map((one) => one.subscription)])]
  const subscriptions = names.map((name) => {
    const target = targets.find((one) => one.name === name)
    const { pending = 0, dead = 0, reason = null } = counts.find((one) => one.subscription === name) ?? {}
    const receiver = failing.find((one) => one.subscription === name)
    return {
      ...{ name, format: target?.format ?? null, events: target?.events ?? [], pending, dead },
      reason: receiver?.reason ?? reason,
      failingSince: receiver?.since ?? null,
      disabledAt: receiver?.disabledAt ?? null,
    }
  })
  if (options.json) print({ subscriptions, revived, enabled, tested })
  else say(...lines(subscriptions, { revived, enabled, tested }))
  const faulty = tested?.sent === false || subscriptions.some(isFaulty)
  return faulty ? 1 : 0
}

type Tested = { readonly name: string; readonly sent: boolean; readonly reason: string | null }
type Listed = {
  readonly name: string
  /** null: no longer in the file. */
  readonly format: Target['format'] | null
  readonly events: readonly string[]
  readonly pending: number
  readonly dead: number
  readonly reason: string | null
  /** Since when every attempt has failed; null: the last one arrived. */
  readonly failingSince: string | null
  /** Since when nothing is sent to it any more. */
  readonly disabledAt: string | null
}

function isFaulty({ dead, disabledAt }: Listed): boolean {
  return dead > 0 || disabledAt !== null
}

async function tryOne(name: string, targets: readonly Target[], { settings }: Opening): Promise<Tested> {
  const target = targets.find((one) => one.name === name)
  if (target === undefined)
    throw new PortreaError('USAGE', `--test ${name} : config/webhooks.yaml n’a pas d’abonnement de ce nom.`)
  const posted = await post(testMessageOf(target, settings.webhooks, new Date()))
  return { name, sent: posted.sent, reason: posted.sent ? null : posted.reason }
}

function deliveries({ environment }: Opening, retry: boolean) {
  return withStore(environment, async (store) => {
    const { messages: revived, receivers: enabled } = retry
      ? await reviveDead(store, new Date())
      : { messages: 0, receivers: 0 }
    const [counts, failing] = [await countDeliveries(store), await failingReceivers(store)]
    return { revived, enabled, counts, failing }
  })
}

function lines(
  subscriptions: readonly Listed[],
  {
    revived,
    enabled,
    tested,
  }: { readonly revived: number; readonly enabled: number; readonly tested: Tested | null },
): string[] {
  return [
    ...(tested === null ? [] : [testedLine(tested)]),
    ...(enabled === 0 ? [] : [`${counted(enabled, 'abonnement rétabli', 'abonnements rétablis')}.`]),
    ...(revived === 0 ? [] : [`${counted(revived, 'message')} à renvoyer : le service les enverra.`]),
    ...(subscriptions.length === 0 ? ['Aucun abonnement : écrivez-en dans config/webhooks.yaml.'] : []),
    ...subscriptions.map((one) => {
      const { name, format, events, pending, dead, reason } = one
      const what = format === null ? "n'est plus dans le fichier" : `${format}, ${events.join(', ')}`
      const gone = dead === 0 ? '' : `, ${counted(dead, 'abandonné')} (${reason ?? 'raison inconnue'})`
      return `${isFaulty(one) ? '✗' : '✓'} ${name} : ${what} ; ${pending} en attente${gone}${stateText(one)}`
    }),
  ].map(typeset)
}

function stateText({ disabledAt, failingSince }: Listed): string {
  if (disabledAt !== null)
    return ` ; désactivé ${frenchInstant(disabledAt)} : une fois réparé, \`${commandLine('webhooks', '--retry')}\` le rétablit et renvoie ce qui attend`
  return failingSince === null ? '' : ` ; rien n'y arrive depuis ${frenchInstant(failingSince)}`
}

function testedLine({ name, sent, reason }: Tested): string {
  return sent
    ? `✓ Message d'essai reçu par « ${name} ».`
    : `✗ Message d'essai refusé par « ${name} » : ${reason}.`
}
