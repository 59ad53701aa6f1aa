import { afterAll, describe, expect, it } from 'vitest'
import { readPapersSettings } from '../../src/config/papers-file.ts'
import type { DayPlace, Participant } from '../../src/domain/day-facts.ts'
import { dayPapers } from '../../src/papers/day-papers.ts'
import { pdfName } from '../../src/papers/file-name.ts'
import { testShop } from '../helpers/print-shop.ts'
import { readPdf } from '../helpers/read-pdf.ts'
import { CONFIG, rules } from '../helpers/rules.ts'
import { aReport } from '../http/test-server.ts'

const shop = testShop()
afterAll(() => shop.close())
const SLOW = 240_000
const settings = readPapersSettings(CONFIG)
const papers = dayPapers(settings)

/** Texts that a template would take for code, signs that no font has, names that no label has room for. */
const HOSTILE = [
  '#read("/etc/passwd")',
  '$x^2$ [a] \\ // *b* _c_ `d` <e> @f ~ -- "g"',
  '#let data = none',
  'Zoé 👩‍🏫',
  'محمد علي',
  'שרה כהן',
  'Œdipe Çelik',
  'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafe',
  'Jean-Baptiste de La Villemarqué-Kersauson de Penhoët',
]

function people(count: number, group: (at: number) => string | null = () => null): Participant[] {
  return Array.from({ length: count }, (_, at) => ({
    name: `${HOSTILE[at % HOSTILE.length]} ${at}`,
    organisation: at % 4 === 0 ? null : `Structure ${HOSTILE[(at + 1) % HOSTILE.length]}`,
    position: at % 5 === 0 ? null : 'Directeur·rice adjoint·e en charge de l’accès aux droits',
    group: group(at),
    facilitates: at === 0,
  }))
}

function places(count: number): DayPlace[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ id: at + 1, name: `${HOSTILE[at % HOSTILE.length]} ${at}`, commune: at % 3 === 0 ? null : 'Plérin' },
    ...{ services: ['Aide'], publics: [], access: [], phone: '02 96 00 00 00', mails: ['a@exemple.bzh'] },
    ...{ todo: 'les horaires', assessed: true, keptBack: false },
    address: `https://nocodb.exemple.bzh/dashboard/#/nc/p1/m1?rowId=${at}`,
  }))
}

const facts = (count: number, participants = people(count)) => ({
  day: {
    id: 1,
    name: null,
    date: '2026-06-19',
    place: 'Salle',
    epci: { siren: '200069409', name: 'CA [x] #y' },
  },
  ...{ participants, places: places(Math.min(count, 43)), report: aReport() },
  ...{ bounds: rules['success-conditions'].groups, referentials: rules.referentials, settings },
})

/** Letters and signs alone: a reader puts spaces and lines where it likes. */
const bare = (text: string) =>
  text.normalize('NFKC').replaceAll(/[\s\p{Default_Ignorable_Code_Point}]+/gu, '')

describe.each([0, 1, 43, 212])('the papers of a journée of %d people', (count) => {
  it.each(papers.map(({ key }) => key))(
    '%s is printed, accessible, and says what it is',
    async (key) => {
      const paper = papers.find((one) => one.key === key)!
      const { pdf, pages } = await shop.print(paper.template, paper.data(facts(count)))
      const read = await readPdf(pdf)
      expect(read).toMatchObject({ universal: '1', tagged: true, language: 'fr-FR' })
      expect(read.pages).toHaveLength(pages)
      expect(read.title).toMatch(/ — /u)
      expect(read.fonts.filter((font) => !/^(?:SourceSans3|DejaVuSans|NotoEmoji)/u.test(font))).toEqual([])
    },
    SLOW,
  )
})

it(
  'prints names as they are: nothing that people wrote is code',
  async () => {
    const latin = HOSTILE.filter((name) => !/[\u0590-\u06ff]/u.test(name))
    for (const key of ['emargement', `etiquettes-${settings.labels[0]!.key}`]) {
      const paper = papers.find((one) => one.key === key)!
      const { text } = await readPdf(
        (await shop.print(paper.template, paper.data(facts(HOSTILE.length)))).pdf,
      )
      for (const name of latin) expect(bare(text)).toContain(bare(name))
      expect(text).toMatch(/[\u0600-\u06ff]/u)
      expect(text).toMatch(/[\u0590-\u05ff]/u)
      expect(text).not.toContain('root:')
    }
  },
  SLOW,
)

it(
  'shows a square for a sign that no font has, and prints the rest',
  async () => {
    const odd = [
      {
        ...people(1)[0]!,
        name: '漢字 Tarō \u0000\u0007\ue000\ud800\ufeff',
        organisation: null,
        position: null,
      },
    ]
    const [attendance] = papers
    const { text } = await readPdf((await shop.print('emargement.typ', attendance!.data(facts(1, odd)))).pdf)
    expect(text).toContain('□□ Tarō')
  },
  SLOW,
)

it(
  'gives as many labels to a sheet as it has, and one sign to each group',
  async () => {
    for (const sheet of settings.labels) {
      const paper = papers.find(({ key }) => key === `etiquettes-${sheet.key}`)!
      const { pages } = await shop.print(paper.template, paper.data(facts(43)))
      expect(pages).toBe(Math.ceil(43 / (sheet.columns * sheet.rows)))
    }
    const signs = papers.find(({ key }) => key === 'groupes')!
    const by = people(43, (at) => (at < 40 ? String(1 + (at % 8)) : null))
    const { pdf, pages } = await shop.print(signs.template, signs.data(facts(43, by)))
    expect(pages).toBe(8)
    expect((await readPdf(pdf)).text).toContain('Animation')
    expect((await shop.print(signs.template, signs.data(facts(43)))).pages).toBe(9)
  },
  SLOW,
)

it(
  'finds no fault in the templates that ship',
  async () => {
    expect(await shop.faults()).toEqual([])
  },
  SLOW,
)

it.each([
  ['fiche-territoire-cc-du-coeur-d-ile.pdf', ['Fiche territoire', 'CC du Cœur d’Île']],
  ['document.pdf', ['漢字']],
  ['emargement-2026-06-19-x-y.pdf', ['emargement', '2026-06-19', '"\r\n; x=../y']],
])('names a file %s', (name, parts) => {
  expect(pdfName(...parts)).toBe(name)
})
