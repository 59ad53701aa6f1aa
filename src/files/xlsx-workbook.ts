import { fold } from '../domain/completeness/text.ts'
import { PortreaError } from '../errors.ts'
import { numberFormat } from './number-format.ts'
import type { NumberFormat } from './number-format.ts'
import { readElements } from './xlsx-package.ts'
import type { Package } from './xlsx-package.ts'
import { xmlParts } from './xml-parts.ts'

/** What the cells of a sheet are read with. */
export type Workbook = {
  readonly sheet: { readonly name: string; readonly path: string; readonly isHidden: boolean }
  /** The other sheets that are shown. */
  readonly others: readonly string[]
  readonly is1904: boolean
  /** The formats of cells, by the number of their style. */
  readonly formats: readonly NumberFormat[]
  readonly texts: readonly string[]
}

/** The texts of a workbook are held: no more than so many signs. */
const MOST_SIGNS = 200_000_000

/** Reads what stands beside the sheets; the sheet is the one of that name, else the first that is shown. */
export async function readWorkbook(parts: Package, path: string, wanted?: string): Promise<Workbook> {
  const targets = new Map<string, string>()
  await readElements(parts, 'xl/_rels/workbook.xml.rels', (name, attribute) => {
    if (name === 'Relationship' && attribute('Type')?.endsWith('/worksheet') === true)
      targets.set(attribute('Id') ?? '', absolute(attribute('Target') ?? ''))
  })
  const sheets: { name: string; path: string; isHidden: boolean }[] = []
  let is1904 = false
  await readElements(parts, 'xl/workbook.xml', (name, attribute) => {
    if (name === 'workbookPr') is1904 = /^(?:1|true|on)$/u.test(attribute('date1904') ?? '')
    const target = name === 'sheet' ? targets.get(attribute('id') ?? '') : undefined
    if (target !== undefined)
      sheets.push({
        name: attribute('name') ?? '',
        path: target,
        isHidden: (attribute('state') ?? 'visible') !== 'visible',
      })
  })
  const sheet = sheetOf(sheets, path, wanted)
  const others = sheets.flatMap((one) => (one === sheet || one.isHidden ? [] : [one.name]))
  return { sheet, others, is1904, formats: await formatsOf(parts), texts: await textsOf(parts, path) }
}

function absolute(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//u, '')}`
}

function sheetOf<Sheet extends { readonly name: string; readonly isHidden: boolean }>(
  sheets: readonly Sheet[],
  path: string,
  wanted: string | undefined,
): Sheet {
  const found =
    wanted === undefined
      ? (sheets.find(({ isHidden }) => !isHidden) ?? sheets[0])
      : (sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => fold(name) === fold(wanted)))
  if (found !== undefined) return found
  const names = sheets.map(({ name }) => `« ${name} »`).join(', ')
  throw new PortreaError(
    'INPUT_INVALID',
    wanted === undefined
      ? `${path} n’a aucune feuille.`
      : `${path} n’a pas de feuille « ${wanted} » ; il a ${names}.`,
  )
}

async function formatsOf(parts: Package): Promise<readonly NumberFormat[]> {
  if (!parts.has('xl/styles.xml')) return []
  const codes = new Map<number, string>()
  const formats: NumberFormat[] = []
  let isCell = false
  await readElements(parts, 'xl/styles.xml', (name, attribute) => {
    if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '')
    else if (name === 'cellXfs') isCell = true
    else if (name === 'cellStyles' || name === 'dxfs') isCell = false
    else if (name === 'xf' && isCell) {
      const id = Number(attribute('numFmtId') ?? 0)
      formats.push(numberFormat(id, codes.get(id)))
    }
  })
  return formats
}

async function textsOf(parts: Package, path: string): Promise<readonly string[]> {
  if (!parts.has('xl/sharedStrings.xml')) return []
  const texts: string[] = []
  const reader = textReader()
  let signs = 0
  const handler = {
    open: reader.open,
    text: reader.text,
    close: (name: string) => {
      reader.close(name)
      if (name !== 'si') return
      const text = reader.take()
      signs += text.length
      texts.push(text)
    },
  }
  for await (const _ of xmlParts(await parts.open('xl/sharedStrings.xml'), handler))
    if (signs > MOST_SIGNS)
      throw new PortreaError(
        'INPUT_INVALID',
        `${path} a trop de texte pour être lu ; enregistrez la feuille en « CSV UTF-8 ».`,
      )
  return texts
}

/** Puts the pieces of a text of a workbook together; how it is pronounced is no part of it. */
export function textReader() {
  let [whole, isText, isPhonetic] = ['', false, false]
  return {
    open(name: string): void {
      if (name === 'rPh') isPhonetic = true
      isText = name === 't' && !isPhonetic
    },
    text(text: string): void {
      if (isText) whole += text
    },
    close(name: string): void {
      if (name === 'rPh') isPhonetic = false
      if (name === 't') isText = false
    },
    /** The text till here; the next one begins. */
    take(): string {
      const text = whole.replace(/_x([0-9A-Fa-f]{4})_/gu, (_, code: string) =>
        String.fromCharCode(parseInt(code, 16)),
      )
      whole = ''
      return text
    },
  }
}
