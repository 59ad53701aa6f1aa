import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readYaml } from '../../src/config/yaml-text.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { parseSituation } from '../../src/domain/rules/situation.ts'
import { redoText } from '../../src/papers/redo.ts'
import { anyReport } from '../helpers/any-report.ts'
import { plainSpaces } from '../helpers/plain.ts'
import { testShop } from '../helpers/print-shop.ts'
import { readPdf } from '../helpers/read-pdf.ts'
import { rules } from '../helpers/rules.ts'
import { aReport } from '../http/test-server.ts'

const shop = testShop()
afterAll(() => shop.close())

const SLOW = 120_000

describe('the fiche territoire as PDF', () => {
  it(
    'is two pages in French that say they are accessible, in the fonts of the product',
    async () => {
      const { pdf, pages } = await shop.sheet(aReport())
      const read = await readPdf(pdf)
      expect(pages).toBe(2)
      expect(read).toMatchObject({ universal: '1', tagged: true, language: 'fr-FR' })
      expect(read.title).toBe('Fiche territoire — CA Saint-Brieuc Armor Agglomération')
      expect(read.fonts.filter((font) => !/^(?:SourceSans3|DejaVuSans|NotoEmoji)/u.test(font))).toEqual([])
      for (const page of read.pages)
        expect(page).toContain('CA Saint-Brieuc Armor Agglomération · Fiche territoire')
      expect(read.pages[0]).toContain('1 / 2')
      expect(read.pages[1]).toContain('2 / 2')
    },
    SLOW,
  )

  it(
    'says what the référentiel means, why, how sure, what would change it, days, factors, next steps',
    async () => {
      const report = aReport({
        workingAxes: 'Aller vers les jeunes\nOuvrir les médiathèques',
        stage: 'prospect',
      })
      const { text, descriptions } = await readPdf((await shop.sheet(report)).pdf)
      for (const part of [
        'Bénéficier d’une base de données complète et actualisée.',
        'Pourquoi',
        'Ce qui changerait la réponse',
        'Chargé·e de déploiement',
        'Qui fait quoi',
        'Prochaines étapes',
        'Aller vers les jeunes',
        'Règles de calcul',
      ])
        expect(text).toContain(part)
      expect(plainSpaces(text)).toContain('152 000 habitants')
      expect(descriptions).toContain('Gouvernance\u00a0: inconnu, 0\u202f% connus.')
      expect(descriptions.some((one) => one.startsWith('Code QR'))).toBe(true)
    },
    SLOW,
  )

  it(
    'never takes a third page, whatever is known and however long the texts',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          anyReport,
          fc.option(fc.array(fc.string({ unit: 'grapheme', maxLength: 900 }), { maxLength: 30 }), {
            nil: null,
          }),
          async (report, axes) => {
            const { pages } = await shop.sheet({ ...report, workingAxes: axes?.join('\n') ?? null })
            expect(pages).toBe(2)
          },
        ),
        { numRuns: 12 },
      )
      const long = {
        workingAxes: `${'Accompagner les personnes âgées. '.repeat(300)}\n`.repeat(12),
        name: 'É'.repeat(400),
      }
      expect((await shop.sheet(aReport(long))).pages).toBe(2)
    },
    SLOW,
  )

  it(
    'says that there is more where a list was cut',
    async () => {
      const workingAxes = Array.from(
        { length: 60 },
        (_, at) => `Axe ${at} ${'à travailler '.repeat(20)}`,
      ).join('\n')
      const { text } = await readPdf((await shop.sheet(aReport({ workingAxes }))).pdf)
      expect(text).toMatch(/et \d+ autres/u)
    },
    SLOW,
  )

  it('gives what makes its figures again without an account', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const read = readYaml(redoText(report, report.rules))
        const given = 'value' in read ? read.value : null
        const { situation } = parseSituation(given)
        const again = recommend(situation, rules)
        expect(again.scores).toEqual(recommend(report.situation, rules).scores)
        expect(again.workloads).toEqual(recommend(report.situation, rules).workloads)
      }),
      { numRuns: 50 },
    )
  })
})
