import type { WebhookSettings } from '../config/webhooks-file.ts'
import type { PortreaEvent, WebhookType } from '../domain/events.ts'
import { ALERT_LABELS, CONFIDENCE_LABELS, REFERENTIAL_LABELS } from '../domain/labels.ts'
import { plainText } from './plain-text.ts'
import {
  counted,
  countedOrNone,
  frenchDay,
  frenchInstant,
  frenchNumber,
  typeset,
} from '../domain/typography.ts'

type SubscribedEvent = Extract<PortreaEvent, { type: WebhookType }>
type ReceiverEvent = Extract<SubscribedEvent, { type: 'webhook.failing' | 'webhook.disabled' }>
type PrefillEvent = Extract<SubscribedEvent, { type: 'prefill.progress' | 'prefill.at_risk' }>

/** An event as a French sentence, by its template of config/webhooks.yaml. */
export function sentence(event: SubscribedEvent, { messages }: Pick<WebhookSettings, 'messages'>): string {
  return filled(messages[event.type], valuesOf(event))
}

/** What a subscription is tried with. */
export function testSentence(name: string, { messages }: Pick<WebhookSettings, 'messages'>): string {
  return filled(messages.test, { name })
}

function filled(template: string, values: Readonly<Record<string, string>>): string {
  return typeset(template).replaceAll(/\{(\w+)\}/gu, (_, name: string) => values[name] ?? '')
}

function valuesOf(event: SubscribedEvent): Record<string, string> {
  switch (event.type) {
    case 'prefill.progress':
      return { ...prefillValues(event), threshold: frenchNumber(event.data.threshold) }
    case 'prefill.at_risk':
      return prefillValues(event)
    case 'recommendation.changed': {
      const { name, from, to, confidence, reasons } = event.data
      return {
        epci: plainText(name, 'name'),
        from: REFERENTIAL_LABELS[from],
        to: REFERENTIAL_LABELS[to],
        confidence: CONFIDENCE_LABELS[confidence].toLowerCase(),
        reason: reasons[0] ?? '',
      }
    }
    case 'sync.completed': {
      const { seconds = 0, actorsRead = 0, epcisRead = 0, cellsWritten = 0, refused = 0 } = event.data.counts
      return {
        seconds: frenchNumber(seconds, 0),
        actors: countedOrNone(actorsRead, 'aucune', 'fiche lue', 'fiches lues'),
        epcis: frenchNumber(epcisRead),
        cells: countedOrNone(cellsWritten, 'aucune', 'cellule écrite', 'cellules écrites'),
        refused: countedOrNone(refused, 'aucune', 'ligne refusée', 'lignes refusées'),
      }
    }
    case 'sync.held':
      return {
        reasons: event.data.reasons.map(({ sentence: reason }) => plainText(reason, 'sentence')).join(' '),
      }
    case 'sync.failed':
      return { code: event.data.code }
    case 'webhook.failing':
      return { ...receiverValues(event), disabledOn: frenchInstant(event.data.disabledOn) }
    case 'webhook.disabled':
      return receiverValues(event)
  }
}

function receiverValues({ data }: ReceiverEvent): Record<string, string> {
  const { subscription, since, reason } = data
  return { subscription, since: frenchInstant(since), reason }
}

function prefillValues({ data }: PrefillEvent): Record<string, string> {
  const { name, progress, prefilled, expected, collaborativeDay, forecastEnd, status } = data
  return {
    epci: plainText(name, 'name'),
    progress: progress === null ? 'inconnu' : frenchNumber(progress),
    records: counted(prefilled, 'fiche pré-remplie', 'fiches pré-remplies'),
    expected: expected === null ? 'inconnu' : frenchNumber(expected),
    journee:
      collaborativeDay === null ? 'aucune journée prévue' : `journée le ${frenchDay(collaborativeDay)}`,
    forecast: forecastEnd === null ? 'fin inconnue' : `fin prévue d’ici au ${frenchDay(forecastEnd)}`,
    status: status === null ? 'inconnu' : ALERT_LABELS[status].toLowerCase(),
  }
}
