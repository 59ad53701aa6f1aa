import { describe, expect, it } from 'vitest'
import { compileActorRules } from '../../../src/domain/completeness/assess-actor.ts'
import type { Actor } from '../../../src/domain/actor.ts'
import { FIELDS } from '../../../src/domain/fields.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { typeset } from '../../../src/domain/typography.ts'
import { geography, settings } from '../../helpers/double-base.ts'
import { actorOf } from './records.ts'

const rules = settings.rules.completeness
const judge = compileActorRules(rules, geography, '2026-11-24', 'publication')

/** Values as people write them, that some check reads otherwise, and finds wrong all the same. */
const WRITTEN = [
  ...[
    'oui',
    'OUI ',
    ' non',
    'Oui|www.exemple.fr',
    'http://exemple|oui',
    'www.',
    '["oui","non"]',
    'mailto:oui',
  ],
  ...['Mail : accueil at exemple.fr', 'Accueil <accueil@exemple>', 'a b c', 'accueil(at)exemple', 'x@y', '@'],
  ...['02 98', '0298 00 00', '="02"', '22000.0', '2200', '2,5', '48,5°', 'NaN', '1e5', '−400', '٣'],
  ...[
    'Ã‰vran',
    'CafÃ©',
    'é\u200bvran',
    'Évran\u00a0',
    'EVRAN',
    '12/13/2026',
    '31/02/2026',
    '2026-13-45',
    '45000',
  ],
  ...[
    'Mo-Fr 18:00-12:00',
    'lundi 18h-12h',
    'Lun. 9h - 9h',
    'Mo 10:00-10:00; Tu 19:00-18:00',
    'sur RDV, 8h',
    '24/7/365',
  ],
  ...[
    'Fixe ou itinérant',
    'itinérante',
    'ITINERANT|peut-être',
    'Gratuit ; payant',
    'gratuit|cher',
    'jeunes|vieux',
  ],
  ...[
    '434 933 123 00020',
    '43493312300020',
    '434933123',
    'W12',
    '4,34933E+13',
    "l'été",
    'a'.repeat(70),
    '<b>x</b>',
  ],
]
/** What of a sentence was written by people. */
const QUOTES = new Set(['value', 'one', 'address', 'spans', 'rule'])

function actor(field: FieldName, value: string): Actor {
  const around = { id: 'a', nom: 'Mairie', commune: 'Brest', code_postal: '29200', code_insee: '29019' }
  return actorOf({ ...around, [field]: value }, { id: 'a' })
}

/** The parts of a message that stand where its rule quotes what was written. */
function quotes(code: string, field: FieldName, message: string): string[] {
  const rule = rules.fields.find((one) => one.field === field)!
  const reason = code.slice(code.indexOf('.') + 1)
  const said = { ...rules.readOtherwise, ...rule.findings } as Record<string, { message: string }>
  const cut = typeset(said[reason]!.message).split(/\{(\w+)\}/u)
  const pattern = cut.map((part, at) =>
    at % 2 === 0 ? part.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&') : '([\\s\\S]*?)',
  )
  const found = new RegExp(`^${pattern.join('')}$`, 'u').exec(message)?.slice(1) ?? []
  return found.filter((_, at) => QUOTES.has(cut[2 * at + 1]!)).flatMap((quote) => quote.split(', '))
}

const squeezed = (text: string) => text.replaceAll(/\s+/gu, ' ').trim()

describe('a sentence that quotes a value', () => {
  it.each(FIELDS)('quotes what was written in %s, and nothing that was made of it', (field) => {
    const strange = WRITTEN.flatMap((value) =>
      judge(actor(field, value)).findings.flatMap(({ code, field: of, message }) =>
        of !== field
          ? []
          : quotes(code, of, message)
              .filter((quote) => !squeezed(value).includes(squeezed(quote.replace(/…$/u, ''))))
              .map((quote) => ({ value, code, quote })),
      ),
    )
    expect(strange).toEqual([])
  })

  it('says « oui » of « oui », where an address is asked for', () => {
    const { findings } = judge(actor('site_web', 'oui'))
    expect(findings.find(({ code }) => code === 'site_web.invalid')?.message).toContain('«\u202foui\u202f»')
  })

  it('is seen to quote something in most fields that bear a check', () => {
    const quoting = FIELDS.filter((field) =>
      WRITTEN.some((value) =>
        judge(actor(field, value)).findings.some(
          ({ code, field: of, message }) => of === field && quotes(code, of, message).length > 0,
        ),
      ),
    )
    expect(quoting.length).toBeGreaterThanOrEqual(15)
  })
})
