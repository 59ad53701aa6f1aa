import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../src/domain/actor.ts'
import { FIELDS } from '../../../src/domain/fields.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { firstWithin } from '../../../src/domain/completeness/freshness.ts'
import { addDays } from '../../../src/domain/days.ts'
import { compileTally } from '../../../src/domain/indicators/tally.ts'
import { BLOCKS } from '../../../src/domain/rules/indicators.ts'
import { rules } from '../../helpers/rules.ts'
import { actorOf, assessed, geography, TODAY } from '../completeness/records.ts'

const SBAA = '200069409'
const YEAR_AGO = firstWithin(12, TODAY)
const COMMUNES = geography.epci(SBAA)?.communes.length ?? 0

const countingOf = compileTally({ ...rules, geography, profile: 'publication', today: TODAY })
const tallyOf = (siren: string) => {
  const { read, tally } = countingOf(siren)
  const { add, indicators } = tally()
  return {
    add: (...record: Parameters<typeof read>) => add(read(...record)),
    indicators,
  }
}

function indicators(actors: readonly Actor[], siren = SBAA) {
  const tally = tallyOf(siren)
  for (const actor of actors) tally.add(actor, assessed(actor))
  return tally.indicators()
}

describe('the indicators of an EPCI', () => {
  it('are unknown, never zero, without a record', () => {
    expect(indicators([])).toMatchObject({
      actors: 0,
      completeness: null,
      publishable: null,
      freshness: null,
      contactedShare: null,
      kinds: { diversity: null, counts: [] },
      byField: {},
      communesCovered: null,
      prefilled: 0,
      toContact: 0,
    })
  })

  it('give the mean of completeness and the share of records that are publishable', () => {
    const [named, wrong] = [actorOf({ nom: 'Callac' }), actorOf({ telephone: '02 96' })]
    const tally = tallyOf(SBAA)
    tally.add(named, { ...assessed(named), publishable: true })
    tally.add(wrong, assessed(wrong))
    const { actors, completeness, publishable, byField } = tally.indicators()
    expect({ actors, completeness, publishable }).toEqual({
      actors: 2,
      completeness: assessed(named).completeness / 2,
      publishable: 50,
    })
    expect(byField).toMatchObject({ nom: 0.5, telephone: 0, services: 0 })
  })

  it('count each field for itself, however many there are', () => {
    const [tally, actor] = [tallyOf(SBAA), actorOf({})]
    for (const field of FIELDS) tally.add(actor, { ...assessed(actor), filled: [field], missing: [] })
    const alone = Object.fromEntries(FIELDS.map((field) => [field, 1 / FIELDS.length]))
    expect(tally.indicators().byField).toEqual(alone)
  })

  it('weigh each record alike, those as complete as one another too', () => {
    const [named, wrong] = [actorOf({ nom: 'Callac' }), actorOf({ telephone: '02 96' })]
    const tally = tallyOf(SBAA)
    for (const one of [named, named, named, wrong])
      tally.add(one, { ...assessed(one), publishable: one === named })
    const { completeness, publishable } = tally.indicators()
    expect(completeness).toBeCloseTo((3 * assessed(named).completeness) / 4, 9)
    expect(publishable).toBe(75)
  })

  it('count the records that are pre-filled, and those only', () => {
    const actor = actorOf({ nom: 'Callac' })
    const tally = tallyOf(SBAA)
    for (const prefilled of [true, false, true]) tally.add(actor, { ...assessed(actor), prefilled })
    expect(tally.indicators().prefilled).toBe(2)
  })

  it('count freshness among the records whose age is known only', () => {
    const ages = ['2026-03-01', '2020-01-01', null, null].map((changedOn) => actorOf({}, { changedOn }))
    expect(indicators(ages).freshness).toBe(50)
    expect(indicators([actorOf({})]).freshness).toBeNull()
  })

  it('count a commune once, an old code for its successor', () => {
    const codes = ['22278', '22278', '22007', '22055', '29019']
    const covered = indicators(codes.map((code_insee) => actorOf({ code_insee }))).communesCovered
    expect(covered).toBe(2 / COMMUNES)
  })

  it('say nothing of communes where the EPCI is not of the official list', () => {
    expect(indicators([actorOf({ code_insee: '22278' })], '999999999').communesCovered).toBeNull()
    expect(indicators([actorOf({}), actorOf({})]).communesCovered).toBeNull() // none tells where it is
  })

  it('count an arrondissement for its city', () => {
    const lyon = geography.commune('69383')?.epci ?? ''
    const count = geography.epci(lyon)?.communes.length ?? 0
    const places = ['69383', '69381', '69123'].map((code_insee) => actorOf({ code_insee }))
    expect(indicators(places, lyon).communesCovered).toBe(1 / count)
  })

  it('know nothing of contacts where nobody wrote any', () => {
    expect(indicators([actorOf({}), actorOf({})])).toMatchObject({ contactedShare: null, toContact: 2 })
  })

  it('count the contacts of 12 months, and leave out a contact without a date', () => {
    const actors = [
      actorOf({}, { contactedOn: '2026-03-01', step: 'Contacté' }),
      actorOf({}, { contactedOn: '2025-03-15', step: 'Contacté' }),
      actorOf({}, { contactedOn: null, step: 'Validée' }),
      actorOf({}, { contactedOn: null, step: 'À contacter' }),
      actorOf({}),
    ]
    expect(indicators(actors)).toMatchObject({ contactedShare: 1 / 4, toContact: 2 })
  })

  it.each([
    // Since TODAY a year ago: the day itself counts.
    [[{ contactedOn: '2026-03-01', step: null }], { contactedShare: 1, toContact: 0 }],
    [[{ contactedOn: YEAR_AGO, step: null }], { contactedShare: 1, toContact: 0 }],
    [[{ contactedOn: addDays(YEAR_AGO, -1), step: null }], { contactedShare: 0, toContact: 0 }],
    // A day to come says nothing of the months past.
    [[{ contactedOn: addDays(TODAY, 1), step: null }], { contactedShare: null, toContact: 0 }],
    [[{ contactedOn: '2030-01-01', step: 'À contacter' }], { contactedShare: 0, toContact: 1 }],
    [[{ contactedOn: TODAY, step: null }], { contactedShare: 1, toContact: 0 }],
    [[{ contactedOn: null, step: 'À contacter' }], { contactedShare: 0, toContact: 1 }],
    [[{ contactedOn: '2026-03-01', step: 'À contacter' }], { contactedShare: 1, toContact: 1 }],
    [[{ contactedOn: null, step: 'Contacté' }], { contactedShare: null, toContact: 0 }],
    [
      [
        { contactedOn: null, step: 'Contacté' },
        { contactedOn: null, step: null },
      ],
      { contactedShare: 0, toContact: 1 },
    ],
  ])('of contacts %j are %j', (contacts, expected) => {
    expect(indicators(contacts.map((contact) => actorOf({}, contact)))).toMatchObject(expected)
  })

  it('count nobody among those contacted where no record tells of a contact', () => {
    const { shares } = indicators([actorOf({ nom: 'Callac' }), actorOf({ nom: 'Plérin' })])
    expect(shares.contactedShare).toMatchObject({ count: 0, of: 0, interval: null })
  })

  it('measure the diversity of kinds from none to nearly one', () => {
    const kinds = (...typologies: string[]) =>
      indicators(typologies.map((typologie) => actorOf({ typologie }))).kinds.diversity
    expect(kinds('BIB', 'BIB', 'BIB', 'BIB', 'BIB')).toBe(0)
    expect(kinds('BIB', 'CCAS', 'ASSO', 'EPN', 'ML')).toBe(1)
    // 3 pairs of 10 are of one kind.
    expect(kinds('BIB', 'BIB', 'BIB', 'CCAS', 'ASSO')).toBe(0.7)
    expect(kinds('BIB|CCAS', 'BIB|CCAS', 'BIB', 'BIB', 'BIB')).toBeCloseTo(20 / 42, 12)
  })

  it('say nothing of the diversity of few records, or of records most of which name no kind', () => {
    const named = (kinds: number, silent: number) =>
      indicators([
        ...Array.from({ length: kinds }, () => actorOf({ typologie: 'BIB' })),
        ...Array.from({ length: silent }, () => actorOf({ nom: 'Callac' })),
      ]).kinds
    expect(named(4, 0).diversity).toBeNull()
    expect(named(5, 0).diversity).toBe(0)
    expect(named(6, 4).diversity).toBe(0)
    expect(named(59, 41).diversity).toBeNull()
    expect(named(3, 2)).toMatchObject({ diversity: 0, named: 3, distinct: 1 })
    expect(named(0, 8)).toMatchObject({ diversity: null, named: 0, distinct: 0 })
  })

  it('come out the same to the last bit in whatever order the records come', () => {
    const record = fc
      .record({
        nom: fc.option(fc.constantFrom('Callac', 'LA POSTE')),
        pivot: fc.option(fc.constantFrom('43493312300029', '1')),
        code_insee: fc.option(fc.constantFrom('22278', '22055', '29019')),
        typologie: fc.option(fc.constantFrom('BIB', 'ASSO|CCAS')),
        services: fc.option(fc.constantFrom('Vélo', 'Utilisation sécurisée du numérique')),
      })
      .map((fields) => actorOf(fields))
    fc.assert(
      fc.property(fc.array(record, { maxLength: 40 }), (actors) => {
        expect(JSON.stringify(indicators(actors.toReversed()))).toBe(JSON.stringify(indicators(actors)))
      }),
    )
  })
})

describe('the fields, blocks and communes of an EPCI', () => {
  const filledAs = (actors: readonly Actor[]) => indicators(actors).byBlock

  it('give a block the weight of its filled fields over that of the applicable ones', () => {
    const fields = { telephone: '+33296604787', nom: 'Callac' }
    // Contact, in profile publication: telephone 3, courriels 3, site_web 1.
    expect(filledAs([actorOf(fields)]).contact).toEqual({ completeness: (100 * 3) / 7, filled: 1 / 3 })
    const both = [actorOf(fields), actorOf({ courriels: 'a@example.org', site_web: 'https://example.org' })]
    expect(filledAs(both).contact).toEqual({ completeness: 50, filled: 1 / 2 })
  })

  it('count a value that blocks as applicable, and not filled', () => {
    expect(filledAs([actorOf({ telephone: '02 96' })]).contact).toEqual({ completeness: 0, filled: 0 })
  })

  it('say null of the completeness of a block whose fields are all optional, and still how filled it is', () => {
    const publics = filledAs([actorOf({ publics_specifiquement_adresses: 'Jeunes' })]).publics
    expect(publics).toEqual({ completeness: null, filled: 1 / 2 })
  })

  it('leave a field that does not apply out of its block', () => {
    const open = actorOf({ nom: 'A' })
    const closed = actorOf({ nom: 'A', modalites_acces: "Ce lieu n'accueille pas de public" })
    expect(filledAs([open]).hours.completeness).toBe(0)
    expect(assessed(closed).missing).not.toContain('horaires')
    expect(filledAs([closed]).hours.completeness).toBeNull()
  })

  it('are the completeness of the record where it is alone and all blocks are summed', () => {
    const actor = actorOf({ nom: 'Callac', commune: 'Callac', pivot: '1' })
    const weights = new Map(rules.completeness.fields.map((rule) => [rule.field, rule]))
    const counted = (field: FieldName) =>
      weights.get(field)!.level === 'optional' ? 0 : weights.get(field)!.weight
    const sums = BLOCKS.map((key) => {
      const { fields } = rules.indicators.blocks[key]
      const { missing, filled, findings } = assessed(actor)
      const blocked = findings.filter(({ severity }) => severity === 'blocking').map(({ field }) => field)
      const weight = fields
        .filter((field) => [...missing, ...filled, ...blocked].includes(field))
        .reduce((sum, field) => sum + counted(field), 0)
      const { completeness } = filledAs([actor])[key]
      return { weight, filled: ((completeness ?? 0) * weight) / 100 }
    })
    const total = (of: 'weight' | 'filled') => sums.reduce((sum, one) => sum + one[of], 0)
    expect((100 * total('filled')) / total('weight')).toBeCloseTo(assessed(actor).completeness, 9)
  })

  it('give each commune its records and their mean, and name the communes without any', () => {
    const [one, two] = [
      actorOf({ code_insee: '22278', nom: 'A' }),
      actorOf({ code_insee: '22278', telephone: '+33296604787' }),
    ]
    const { byCommune, communesWithoutActor, elsewhere } = indicators([
      one,
      two,
      actorOf({ code_insee: '22055' }),
      actorOf({ code_insee: '29019' }),
      actorOf({ nom: 'Nulle part' }),
    ])
    const mean = (assessed(one).completeness + assessed(two).completeness) / 2
    expect(byCommune.map(({ code, name, actors }) => ({ code, name, actors }))).toEqual([
      { code: '22055', name: geography.commune('22055')?.name, actors: 1 },
      { code: '22278', name: 'Saint-Brieuc', actors: 2 },
    ])
    expect(byCommune[1]?.completeness).toBeCloseTo(mean, 6)
    expect(communesWithoutActor).toHaveLength(COMMUNES - 2)
    expect(communesWithoutActor.map(({ code }) => code)).not.toContain('22278')
    expect(elsewhere).toBe(2)
  })

  it('count kinds in the words of the standard, and keep to themselves the words of people', () => {
    const { counts, distinct, named } = indicators(
      ['BIB', 'Médiathèque', 'Chez Yvonne', 'ASSO'].map((typologie) => actorOf({ typologie })),
    ).kinds
    expect(counts).toEqual([
      { kind: 'BIB', records: 2 },
      { kind: 'ASSO', records: 1 },
    ])
    expect(distinct).toBe(3)
    expect(named).toBe(4)
  })
})

describe('the four needs', () => {
  const needs = (...fields: Parameters<typeof actorOf>[0][]) =>
    indicators(fields.map((one) => actorOf({ code_insee: '22278', ...one }))).needs

  it.each([
    ['Compréhension du monde numérique', 'information'],
    ['Accès internet et matériel informatique', 'equipment'],
    ['aide aux demarches administratives', 'help'],
    ['Utilisation sécurisée du numérique', 'training'],
  ] as const)('« %s » is met as %s, in its commune', (services, need) => {
    const met = needs({ services })
    expect(met[need]).toEqual({ status: 'covered', actors: 1, communes: 1 / COMMUNES })
    expect(Object.values(met).filter(({ status }) => status === 'nobody')).toHaveLength(3)
  })

  it('are told by a kind and by a national programme too', () => {
    expect(needs({ typologie: 'France services' }).help.actors).toBe(1)
    expect(needs({ dispositif_programmes_nationaux: 'Conseillers numériques' }).training.actors).toBe(1)
  })

  it('are met by nobody only where every record names its services; else it is not known', () => {
    const help = { services: 'Aide aux démarches administratives' }
    expect(needs(help, help).equipment).toEqual({ status: 'nobody', actors: 0, communes: 0 })
    expect(needs(help, { typologie: 'RFS' }).equipment).toEqual({
      status: 'unknown',
      actors: 0,
      communes: null,
    })
    expect(needs(help, { services: 'Réparation de vélos' }).equipment.status).toBe('unknown')
    expect(needs().help.status).toBe('unknown')
  })
})
