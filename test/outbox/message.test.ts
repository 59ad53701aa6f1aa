import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { readTargets } from '../../src/config/webhook-targets.ts'
import { readWebhookSettings, WebhookSettings } from '../../src/config/webhooks-file.ts'
import { messageOf } from '../../src/outbox/message.ts'
import { typeset } from '../../src/domain/typography.ts'
import { CONFIG } from '../helpers/rules.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const OTHER = `whsec_${Buffer.alloc(24, 9).toString('base64')}`
const shipped = readWebhookSettings(CONFIG)
const now = new Date()

/** A subscription as the file would give it, with the environment it names. */
function target(subscription: Record<string, unknown>, environment: Record<string, string> = {}) {
  const settings = WebhookSettings.parse({
    ...shipped,
    subscriptions: [
      { name: 'hub', url: 'https://hub.example.org/x', events: ['sync.failed'], ...subscription },
    ],
  })
  return readTargets(settings, environment)[0]!
}
const standard = (secret = SECRET) => target({ secret: { env: 'S' } }, { S: secret })
const failed = {
  id: 'msg_1',
  type: 'sync.failed' as const,
  at: '2026-05-20T01:00:00.000Z',
  data: { run: 'r', trigger: 'night', epcis: null, code: 'NOCODB_UNAVAILABLE' },
}
const prefill = {
  siren: '200069409',
  name: 'CA Saint-Brieuc',
  day: '2026-05-20',
  progress: 52.5,
  prefilled: 21,
  present: 30,
  expected: 40,
  forecastEnd: '2026-07-05',
  collaborativeDay: '2026-06-01',
  status: 'at_risk',
}
const said = (type: string, data: unknown, format = 'mattermost') => {
  const made = messageOf({ ...failed, type: type as 'sync.failed', data }, target({ format }), shipped, now)
  return (JSON.parse(made.body) as { text: string }).text
}

describe('a message', () => {
  it('is the event as JSON, signed as Standard Webhooks are', () => {
    const { body, headers, url } = messageOf(failed, standard(), shipped, now)
    expect(url.href).toBe('https://hub.example.org/x')
    expect(JSON.parse(body)).toEqual({ type: 'sync.failed', timestamp: failed.at, data: failed.data })
    expect(new Webhook(SECRET).verify(body, { ...headers })).toEqual(JSON.parse(body))
    expect(() => new Webhook(OTHER).verify(body, { ...headers })).toThrow('No matching signature')
    expect(() => new Webhook(SECRET).verify(`${body} `, { ...headers })).toThrow('No matching signature')
  })

  it('is signed anew at each attempt, under the same id', () => {
    const later = new Date(now.getTime() + 60_000)
    const [one, other] = [now, later].map((at) => messageOf(failed, standard(), shipped, at).headers)
    expect(one!['webhook-id']).toBe(other!['webhook-id'])
    expect(one!['webhook-timestamp']).not.toBe(other!['webhook-timestamp'])
    expect(one!['webhook-signature']).not.toBe(other!['webhook-signature'])
  })

  it('is signed with both secrets while they rotate', () => {
    const { body, headers } = messageOf(failed, standard(`${SECRET}, ${OTHER}`), shipped, now)
    for (const secret of [SECRET, OTHER])
      expect(new Webhook(secret).verify(body, { ...headers })).toBeTruthy()
  })

  it('is a French sentence for Mattermost and Slack', () => {
    expect(said('prefill.progress', { ...prefill, threshold: 50 })).toBe(
      typeset(
        'CA Saint-Brieuc : 50 % du pré-remplissage atteints, 21 fiches pré-remplies sur 40 (journée le 1er juin 2026, fin prévue d’ici au 5 juillet 2026).',
      ),
    )
    const unknown = { forecastEnd: null, collaborativeDay: null }
    expect(said('prefill.at_risk', { ...prefill, ...unknown, status: 'late' }, 'slack')).toBe(
      typeset(
        '⚠️ CA Saint-Brieuc : pré-remplissage en retard, 52,5 % (aucune journée prévue, fin inconnue).',
      ),
    )
    const change = {
      from: 'generaliste',
      to: 'outil',
      confidence: 'high',
      reasons: ['l’objectif est clair.'],
    }
    expect(said('recommendation.changed', { ...prefill, ...change })).toBe(
      typeset(
        'CA Saint-Brieuc : le référentiel recommandé passe de « Généraliste » à « Outil » (confiance élevée) : l’objectif est clair.',
      ),
    )
    const counts = { seconds: 12.6, actorsRead: 832, epcisRead: 60, cellsWritten: 1, refused: 0 }
    expect(said('sync.completed', { ...failed.data, counts })).toBe(
      typeset(
        'Synchronisation terminée en 13 s : 832 fiches lues, 60 EPCI, 1 cellule écrite, aucune ligne refusée.',
      ),
    )
    expect(said('sync.failed', failed.data)).toContain('(NOCODB_UNAVAILABLE)')
    const receiver = { subscription: 'hub', since: '2026-05-20T01:00:00.000Z', reason: 'status 500' }
    expect(said('webhook.failing', { ...receiver, disabledOn: '2026-05-25T01:00:00.000Z' })).toBe(
      typeset(
        '⚠️ L’abonnement « hub » ne reçoit plus rien depuis le 20 mai 2026 à 03:00 (status 500). Sans réponse, il sera désactivé le 25 mai 2026 à 03:00.',
      ),
    )
    expect(said('webhook.disabled', receiver)).toContain('`npm run -s portrea -- webhooks --retry`')
  })

  it('mentions nobody, links nowhere and formats nothing, whatever people called the EPCI', () => {
    const name = 'L’Île @channel <!here> [ici](https://x.org) *gras* `x` d’Arz – (56), CC'
    const text = said('prefill.at_risk', { ...prefill, name })
    expect(text.replaceAll('\u2060', '')).toContain(
      'L’Île channel here ici (https //x.org) gras x d’Arz – (56), CC',
    )
    expect(text).not.toContain('x.org')
    expect(text).not.toMatch(/[@<>[\]*`!|]/)
  })

  it('is signed for Mattermost only where a secret is given', () => {
    const { headers } = messageOf(failed, target({ format: 'mattermost' }), shipped, now)
    expect(headers).not.toHaveProperty('webhook-signature')
    const signed = target({ format: 'mattermost', secret: { env: 'S' } }, { S: SECRET })
    expect(messageOf(failed, signed, shipped, now).headers).toHaveProperty('webhook-signature')
  })
})
