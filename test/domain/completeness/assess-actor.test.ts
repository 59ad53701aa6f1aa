import { describe, expect, it } from 'vitest'
import { compileActorRules, saidDays } from '../../../src/domain/completeness/assess-actor.ts'
import { valuesOf, FIELDS } from '../../../src/domain/fields.ts'
import { actorOf, assessed, geography, rules, TODAY } from './records.ts'

const SAINT_BRIEUC = { commune: 'Saint-Brieuc', code_postal: '22000', code_insee: '22278' }
const SBAA = '200069409'
const LANNION_TREGOR = '200065928'

describe('the completeness of a record', () => {
  it('is 0 when nothing is written, and every counted field is missing', () => {
    const { completeness, missing, findings } = assessed(actorOf({}))
    expect(completeness).toBe(0)
    expect(findings).toEqual([])
    expect(missing).toEqual(
      FIELDS.filter((field) => rules.fields.find((rule) => rule.field === field)?.level !== 'optional'),
    )
  })

  it('is filled weight over applicable weight, unrounded', () => {
    const counted = rules.fields.filter(({ level }) => level !== 'optional')
    const total = counted.reduce((sum, { weight }) => sum + weight, 0)
    const nom = counted.find(({ field }) => field === 'nom')?.weight ?? 0
    expect(assessed(actorOf({ nom: 'France services Callac' })).completeness).toBe((100 * nom) / total)
  })

  it('leaves optional fields out of both sums and out of what is missing', () => {
    const without = assessed(actorOf({ nom: 'Callac' }))
    const withDetail = assessed(actorOf({ nom: 'Callac', presentation_detail: 'Un accueil de proximité.' }))
    expect(withDetail.completeness).toBe(without.completeness)
    expect(without.missing).not.toContain('presentation_detail')
    expect(withDetail.filled).toContain('presentation_detail')
  })

  it('counts a blocking value as not filled, without calling it missing', () => {
    const { completeness, missing, blocking, filled } = assessed(actorOf({ telephone: '02 96' }))
    expect({ completeness, blocking, filled }).toEqual({ completeness: 0, blocking: true, filled: [] })
    expect(missing).not.toContain('telephone')
  })

  it('drops the hours of a place that receives nobody, and counts them where they are written all the same', () => {
    const closed = { modalites_acces: "Ce lieu n'accueille pas de public" }
    expect(assessed(actorOf(closed)).missing).not.toContain('horaires')
    expect(assessed(actorOf({ ...closed, horaires: 'Mo 09:00-12:00' })).filled).toContain('horaires')
  })

  it('takes a code that a person accepted for good out of the findings, and the value counts', () => {
    const fields = { pivot: '43493312300028' }
    expect(assessed(actorOf(fields)).blocking).toBe(true)
    const accepted = assessed(actorOf(fields, { verified: ['pivot.checksum'] }))
    expect(accepted).toMatchObject({ blocking: false, findings: [], filled: ['pivot'] })
  })

  it('does not count a value that one of several faults blocks', () => {
    const fields = rules.fields.map((rule) =>
      rule.field === 'code_postal'
        ? {
            ...rule,
            findings: {
              ...rule.findings,
              unknown: { ...rule.findings['unknown']!, severity: 'blocking' as const },
            },
          }
        : rule,
    )
    const judge = compileActorRules({ ...rules, fields }, geography, TODAY, 'publication')
    const { findings, filled, missing, completeness, blocking } = judge(actorOf({ code_postal: '99 999' }))
    expect(findings.map(({ code }) => code)).toEqual(['code_postal.notation', 'code_postal.unknown'])
    expect({ filled, completeness, blocking }).toEqual({ filled: [], completeness: 0, blocking: true })
    expect(missing).not.toContain('code_postal')
  })

  it('moves levels and severities with the profile', () => {
    const actor = actorOf({ horaires: 'le mardi matin' })
    expect(assessed(actor, 'publication').blocking).toBe(true)
    expect(assessed(actor, 'prefill')).toMatchObject({ blocking: false, filled: ['horaires'] })
    expect(assessed(actor, 'prefill').missing).not.toContain('date_maj')
    expect(assessed(actor, 'publication').missing).toContain('date_maj')
  })

  it('calls a record pre-filled by profile prefill, whatever the profile asked', () => {
    const fields = {
      ...SAINT_BRIEUC,
      nom: 'France services',
      adresse: '3 rue de Genève',
      typologie: 'RFS',
      telephone: '+33296604787',
      courriels: 'accueil@exemple.bzh',
      horaires: 'Mo-Fr 09:00-12:00',
      services: 'Aide aux démarches administratives',
    }
    for (const profile of ['prefill', 'journee', 'publication'] as const) {
      expect(assessed(actorOf(fields), profile).prefilled).toBe(true)
      expect(assessed(actorOf({ ...fields, courriels: 'accueil' }), profile).prefilled).toBe(false)
      expect(
        assessed(actorOf({ ...fields, services: null, telephone: null, courriels: null }), profile).prefilled,
      ).toBe(false)
    }
  })
})

it('is pre-filled from the share of the rules on, not only beyond', () => {
  const actor = actorOf({ ...SAINT_BRIEUC, nom: 'France services', adresse: '3 rue de Genève' })
  const own = assessed(actor, 'prefill').completeness
  const prefilled = (completeness: number) =>
    compileActorRules(
      { ...rules, prefilled: { ...rules.prefilled, completeness } },
      geography,
      TODAY,
      'publication',
    )(actor).prefilled
  expect([prefilled(own), prefilled(own + 0.01)]).toEqual([true, false])
})

describe('required fields', () => {
  const whole = {
    ...SAINT_BRIEUC,
    ...{ id: 'a', nom: 'France services', adresse: '3 rue de Genève', pivot: '43493312300029' },
    date_maj: '2026-01-15',
  }

  it.each(['id', 'nom', 'commune', 'code_postal', 'adresse', 'pivot', 'date_maj'] as const)(
    'are a gate: without %s nothing is publishable, whatever the completeness',
    (field) => {
      expect(assessed(actorOf(whole)).publishable).toBe(true)
      expect(assessed(actorOf({ ...whole, [field]: null })).publishable).toBe(false)
    },
  )

  it('are not filled by a value that blocks', () => {
    const { publishable, blocking } = assessed(actorOf({ ...whole, pivot: '12345678901234' }))
    expect({ publishable, blocking }).toEqual({ publishable: false, blocking: true })
  })

  it('of the pre-fill are those that référents find without the actor', () => {
    const full = {
      ...whole,
      ...{ typologie: 'RFS', telephone: '+33296604787', courriels: 'accueil@exemple.bzh' },
      ...{
        horaires: 'Mo-Fr 09:00-12:00',
        services: 'Aide aux démarches administratives',
        date_maj: null,
        pivot: null,
      },
    }
    expect(assessed(actorOf(full), 'prefill')).toMatchObject({ prefilled: true })
    expect(assessed(actorOf({ ...full, adresse: null }), 'prefill').prefilled).toBe(false)
  })
})

describe('a contact', () => {
  const known = (fields: object) =>
    assessed(actorOf({ ...SAINT_BRIEUC, nom: 'France services', ...fields })).completeness

  it('is one need: where one means is there, the others weigh a quarter', () => {
    const weight = (field: string) => rules.fields.find((rule) => rule.field === field)!.weight
    const none = known({})
    const one = known({ telephone: '+33296604787' })
    const two = known({ telephone: '+33296604787', courriels: 'accueil@exemple.bzh' })
    expect(one - none).toBeGreaterThan(two - one)
    const all = rules.fields
      .filter(({ level }) => level !== 'optional')
      .reduce((sum, rule) => sum + rule.weight, 0)
    const filled = ['commune', 'code_postal', 'code_insee', 'nom', 'telephone'].reduce(
      (sum, field) =>
        sum + (rules.fields.find((rule) => rule.field === field)!.level === 'optional' ? 0 : weight(field)),
      0,
    )
    const others = rules.oneNeed[0]!.fields.filter(
      (field) =>
        field !== 'telephone' && rules.fields.find((rule) => rule.field === field)!.level !== 'optional',
    )
    const spared = others.reduce((sum, field) => sum + 0.75 * weight(field), 0)
    expect(one).toBeCloseTo((100 * filled) / (all - spared), 9)
  })
})

it('says the day that it was changed where that day has come', () => {
  const said = saidDays(rules, TODAY)
  expect([said(TODAY), said('2026-03-16'), said('14/03/2026'), said('hier'), said(null)]).toEqual([
    ...[TODAY, null, '2026-03-14', null, null],
  ])
})

describe('the EPCI of a record', () => {
  it.each([
    ['its link', {}, LANNION_TREGOR, LANNION_TREGOR],
    ['its commune code', { code_insee: '22278' }, null, SBAA],
    ['the successor of an old code', { code_insee: '22007' }, null, SBAA],
    ['commune and postal code', { commune: 'ST BRIEUC', code_postal: '22000' }, null, SBAA],
    ['nothing where they name none', { commune: 'Saint-Brieuc', code_postal: '29830' }, null, null],
    ['nothing for an island that is in none', { code_insee: '29155' }, null, null],
  ])('is told by %s', (_, fields, linkedEpci, epci) => {
    expect(assessed(actorOf(fields, { linkedEpci })).epci).toBe(epci)
  })

  it('follows the link where the commune disagrees, and says so', () => {
    const { epci, findings } = assessed(actorOf(SAINT_BRIEUC, { linkedEpci: LANNION_TREGOR }))
    expect(epci).toBe(LANNION_TREGOR)
    expect(findings).toMatchObject([{ code: 'code_insee.other_epci', severity: 'warning' }])
  })
})

describe('the freshness of a record', () => {
  it.each([
    ['2026-03-15', 'current'],
    ['2025-09-16', 'current'],
    ['2025-09-15', 'watch'],
    ['2025-03-16', 'watch'],
    ['2025-03-15', 'verify'],
    ['2024-09-16', 'verify'],
    ['2024-09-15', 'outdated'],
    [null, 'unknown'],
  ])('of a change on %s is %s', (changedOn, word) => {
    expect(assessed(actorOf({}, { changedOn })).freshness).toBe(word)
  })

  it('falls back on the date the record gives, never on one that is none', () => {
    expect(assessed(actorOf({ date_maj: '01/02/2026' })).freshness).toBe('current')
    for (const date_maj of ['1970-01-01', '2099-01-01', '2025-02-30', 'hier'])
      expect(assessed(actorOf({ date_maj })).freshness).toBe('unknown')
  })
})

describe('an assessment', () => {
  it('is the same whatever the order of the keys', () => {
    const fields = actorOf({ ...SAINT_BRIEUC, pivot: '1', telephone: '02 96 60 47 87' }).fields
    const reversed = Object.fromEntries(Object.entries(fields).reverse()) as typeof fields
    expect(JSON.stringify(assessed(actorOf(reversed)))).toBe(JSON.stringify(assessed(actorOf(fields))))
  })

  it('forgets nothing and mixes nothing up however many records went before', () => {
    const judge = compileActorRules(rules, geography, TODAY, 'publication')
    const odd = actorOf({ telephone: '02 96', services: 'Vélo' })
    const before = JSON.stringify(judge(odd))
    for (let at = 0; at < 10_000; at++)
      judge(actorOf({ telephone: `02 96 ${at}`, services: `Service ${at}` }))
    expect(JSON.stringify(judge(odd))).toBe(before)
  })

  it('reads the values in the order of the standard', () => {
    const fields = Object.fromEntries(FIELDS.map((field) => [field, field])) as never
    expect(valuesOf(fields)).toEqual([...FIELDS])
  })
})
