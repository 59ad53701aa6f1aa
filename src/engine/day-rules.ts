import type { Rules } from '../config/rules-file.ts'
import type { ActorAssessment } from '../domain/assessment.ts'
import { compileActorRules } from '../domain/completeness/assess-actor.ts'
import { compileCross } from '../domain/completeness/cross-index.ts'
import { memo } from '../domain/completeness/memo.ts'
import { blockedFields, missingSentence } from '../domain/completeness/sentences.ts'
import { compilePairing } from '../domain/duplicates/duplicate-index.ts'
import type { FieldName } from '../domain/fields.ts'
import type { Geography } from '../domain/geography.ts'
import { compileSums } from '../domain/indicators/epci-sums.ts'
import { compileFacts } from '../domain/record-facts.ts'
import type { TextDigest } from '../store/digest-key.ts'
import type { EpciLink } from './epci-links.ts'
import { lastChanges } from './last-change.ts'

type Parts = { readonly rules: Rules; readonly geography: Geography }

/** The rules as they stand on one day, compiled: some ten milliseconds, kept from one piece of work to the next. */
export type DayRules = ReturnType<typeof compile>

const compiled = new WeakMap<
  Rules,
  { readonly today: string; readonly salt: string; readonly day: DayRules }
>()

/** The rules of `today` ('YYYY-MM-DD'). */
export function dayRules(parts: Parts, today: string, digest: TextDigest): DayRules {
  const known = compiled.get(parts.rules)
  if (known?.today === today && known.salt === digest.salt) return known.day
  const day = compile(parts, today, digest)
  compiled.set(parts.rules, { today, salt: digest.salt, day })
  return day
}

function compile({ rules, geography }: Parts, today: string, digest: TextDigest) {
  const { completeness } = rules
  const profile = completeness.writeBack
  const on = { rules, geography, profile, today }
  return {
    today,
    digest,
    judge: compileActorRules(completeness, geography, today, profile),
    changedOn: lastChanges(completeness, today),
    factsOf: compileFacts({ ...on, digest: digest.text }),
    sumsOf: compileSums(on),
    cross: compileCross(completeness, geography, profile, digest.salt),
    pairing: compilePairing(rules, digest.salt),
    missing: missingTexts(completeness),
    codes: findingCodes(completeness),
    /** The sources whose digests were met, as people wrote them: never kept. */
    sourceNames: new Map<string, string>(),
  }
}

/** Every code that a record may bear. */
function findingCodes({ fields }: Rules['completeness']): ReadonlySet<string> {
  return new Set(
    fields.flatMap(({ field, findings }) => Object.keys(findings).map((reason) => `${field}.${reason}`)),
  )
}

/** The records of one list mostly lack the same fields: their sentence is made once. */
function missingTexts(
  rules: Rules['completeness'],
): (assessment: ActorAssessment, link: EpciLink, hasColumn: (field: FieldName) => boolean) => string | null {
  const fields = (list: string) => (list === '' ? [] : (list.split(',') as FieldName[]))
  const sentence = memo((lists) => {
    const [missing = '', blocked = '', without = '', ...beside] = lists.split(';')
    const noColumn = Number(without)
    return missingSentence({ missing: fields(missing), blocked: fields(blocked), beside, noColumn }, rules)
  })
  return (assessment, link, hasColumn) => {
    const blocked = assessment.blocking ? blockedFields(assessment).join() : ''
    const missing = assessment.missing.filter(hasColumn)
    const lists = `${missing.join()};${blocked};${assessment.missing.length - missing.length}`
    if (link.kind === 'left') return sentence(`${lists};l'EPCI${link.why === null ? '' : ` (${link.why})`}`)
    return lists === ';;0' ? null : sentence(lists)
  }
}
