import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readActorFile } from '../../../src/config/actor-file.ts'
import type { Actor } from '../../../src/domain/actor.ts'
import { safeFixes } from '../../../src/domain/completeness/safe-fixes.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import type { Finding } from '../../../src/domain/finding.ts'
import { refusedFields } from './oracle.ts'
import { actorOf, assessed, keepsAll, rules } from './records.ts'

const BRITTANY = '../shared/data/acteurs-reels-bretagne.standard.csv'
const SOUTH = '../shared/data/hub-du-sud.json'

// The ANCT's own library (@gouvfr-anct/lieux-de-mediation-numerique) as an oracle: what it refuses blocks with us too,
// or is missing. It gives no reason why it should be otherwise but these.

/** Lists that do not count, or grow with time: a word that is not in them is worth a look, and hides nothing. */
const OPEN_LISTS = new Set<FieldName>([
  'typologie',
  'publics_specifiquement_adresses',
  'prise_en_charge_specifique',
  'dispositif_programmes_nationaux',
  'formations_labels',
])

type Refusal = { readonly field: FieldName; readonly value: string; readonly findings: readonly Finding[] }

const bears = ({ field, findings }: Refusal, ...reasons: string[]): boolean =>
  findings.some(({ code }) => reasons.some((reason) => code === `${field}.${reason}`))
/** Whether it takes what we propose instead. */
const takesSuggestion = ({ field, findings }: Refusal): boolean =>
  findings.some(
    ({ suggestion }) =>
      suggestion !== null && !refusedFields(actorOf({ [field]: suggestion }).fields).has(field),
  )

/** Why a value that it refuses does not block with us. */
const EXCEPTIONS: Readonly<Record<string, (refusal: Refusal) => boolean>> = {
  'right in substance: info, and it takes our suggestion': (refusal) =>
    refusal.findings.some(({ severity }) => severity === 'info') && takesSuggestion(refusal),
  'partly right, or one slip away: warning, and it takes our suggestion': (refusal) =>
    bears(refusal, 'partly_unknown', 'near') && takesSuggestion(refusal),
  'a word unknown to a list that grows: warning': (refusal) =>
    bears(refusal, 'unknown') && OPEN_LISTS.has(refusal.field),
  'a number good to dial, for which the standard has no room: warning': (refusal) =>
    refusal.field === 'telephone' && bears(refusal, 'several', 'short', 'foreign', 'remainder'),
  'a CEDEX code with its number: warning, and it takes our suggestion': (refusal) =>
    bears(refusal, 'cedex') && takesSuggestion(refusal),
  'a SIREN, nine signs that the standard takes and it does not: warning': (refusal) =>
    bears(refusal, 'siren'),
  'a RIDET, which the standard takes and it does not': ({ field, value }) =>
    field === 'pivot' && value === '0123456',
  '« there is none » where there may be none: an answer': ({ field, value }) =>
    rules.fields.some((rule) => rule.field === field && rule.none === true) &&
    rules.noneAnswers.includes(value.toLowerCase()),
  'a placeholder in a field that may be empty: missing': ({ value }) => value === 'NC',
  'an address that can be read in spite of a sign': ({ field, value }) =>
    field === 'adresse' && /["�]/u.test(value),
}

const REQUIRED = new Set(rules.fields.filter(({ level }) => level === 'required').map(({ field }) => field))

/** How each field that it refuses stands with us: blocking, missing, the name of an exception, or told apart. */
function agreement(actors: readonly Actor[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const actor of actors) {
    const { findings, missing } = assessed(actor)
    for (const field of refusedFields(actor.fields)) {
      const own = findings.filter((finding) => finding.field === field)
      const refusal = { field, value: actor.fields[field] ?? '', findings: own }
      const how = own.some(({ severity }) => severity === 'blocking')
        ? 'blocking'
        : REQUIRED.has(field) && missing.includes(field)
          ? 'missing'
          : (Object.keys(EXCEPTIONS).find((name) => EXCEPTIONS[name]?.(refusal)) ??
            `DISAGREES on ${field} « ${refusal.value} » (${own.map(({ code }) => code).join()})`)
      counts[how] = (counts[how] ?? 0) + 1
    }
  }
  return counts
}

const disagreements = (counts: Record<string, number>) =>
  Object.keys(counts).filter((name) => name.startsWith('DISAGREES'))

describe('what the national library refuses', () => {
  const examples = rules.fields.flatMap(({ field, examples: given }) =>
    given.map((example) => actorOf({ ...example.with, [field]: example.given })),
  )

  it('blocks, is missing, or is one of the known exceptions, in every example of the rules', () => {
    const counts = agreement(examples)
    expect(disagreements(counts)).toEqual([])
    expect(counts['blocking']).toBeGreaterThanOrEqual(16)
    expect(Object.keys(EXCEPTIONS).filter((name) => counts[name] === undefined)).toEqual([])
  })

  it.skipIf(!existsSync(BRITTANY))(
    `blocks or is missing in the real places of Brittany (needs ${BRITTANY})`,
    () => {
      expect(agreement(readActorFile(BRITTANY).actors)).toEqual({
        missing: 530,
        'an address that can be read in spite of a sign': 1,
      })
    },
  )

  it.skipIf(!existsSync(SOUTH))(`is told in the places of the older standard (needs ${SOUTH})`, () => {
    const { actors } = readActorFile(SOUTH)
    expect(agreement(actors)).toEqual({
      'right in substance: info, and it takes our suggestion': 353,
      'partly right, or one slip away: warning, and it takes our suggestion': 125,
    })
    const mended = actors.map((actor) => {
      const values = safeFixes(actor, assessed, keepsAll).map(({ field, after }) => [field, after])
      return { ...actor, fields: { ...actor.fields, ...Object.fromEntries(values) } }
    })
    expect(agreement(mended)).toEqual({
      'partly right, or one slip away: warning, and it takes our suggestion': 125,
    })
  })
})
