import { zip } from '../../scripts/bench/zip-file.ts'

/** A cell as a sheet writes it. */
export type TestCell =
  | string
  | number
  | boolean
  | null
  | { readonly xml: string }
  | { readonly value: number; readonly format: string | number }
type TestSheet = {
  readonly name?: string
  readonly state?: string
  readonly rows: readonly (readonly TestCell[])[]
  readonly merged?: readonly string[]
  /** Texts stand in the cells and not in the list of the workbook. */
  readonly inline?: boolean
}

/** A workbook as spreadsheets write it. */
export function workbook(sheets: readonly TestSheet[], { is1904 = false, prefix = '' } = {}): Buffer {
  const texts: string[] = []
  const formats: (string | number)[] = ['General']
  const parts = sheets.map((sheet) => sheetXml(sheet, texts, formats))
  const names = sheets.map(
    ({ name, state }, at) =>
      `<sheet name="${escaped(name ?? `Feuille ${at + 1}`)}" sheetId="${at + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${at + 1}"/>`,
  )
  const codes = formats.flatMap((format, at) =>
    typeof format === 'string' && at > 0
      ? [`<numFmt numFmtId="${164 + at}" formatCode="${escaped(format)}"/>`]
      : [],
  )
  const xfs = formats.map(
    (format, at) => `<xf numFmtId="${typeof format === 'number' ? format : at === 0 ? 0 : 164 + at}"/>`,
  )
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet'
  const files: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns:r="r"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${names.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}</Relationships>`,
    'xl/styles.xml': `<styleSheet><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${xfs.join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst>${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t><rPh><t>lu</t></rPh></si>`).join('')}</sst>`,
    ...Object.fromEntries(parts.map((xml, at) => [`xl/worksheets/sheet${at + 1}.xml`, xml])),
  }
  const prefixed =
    prefix === ''
      ? files
      : Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, withPrefix(xml, prefix)]))
  return zip(prefixed)
}

function withPrefix(xml: string, prefix: string): string {
  return xml
    .replaceAll(/<(\/?)(\w)/gu, `<$1${prefix}:$2`)
    .replace('<', '<')
    .replace(/^<(\S+?)([ >])/u, `<$1 xmlns:${prefix}="x"$2`)
}

function sheetXml(
  { rows, merged = [], inline = false }: TestSheet,
  texts: string[],
  formats: (string | number)[],
): string {
  const written = rows.map((cells, row) => {
    const all = cells.map((cell, column) =>
      cellXml(cell, `${columnName(column)}${row + 1}`, inline, texts, formats),
    )
    return `<row r="${row + 1}">${all.join('')}</row>`
  })
  const areas = merged.map((area) => `<mergeCell ref="${area}"/>`)
  return `<worksheet><sheetData>${written.join('')}</sheetData><mergeCells>${areas.join('')}</mergeCells></worksheet>`
}

function cellXml(
  cell: TestCell,
  place: string,
  inline: boolean,
  texts: string[],
  formats: (string | number)[],
): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`
  if (typeof cell === 'string') {
    if (inline) return `<c r="${place}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`
    texts.push(cell)
    return `<c r="${place}" t="s"><v>${texts.length - 1}</v></c>`
  }
  if ('xml' in cell) return cell.xml.replace('<c', `<c r="${place}"`)
  formats.push(cell.format)
  return `<c r="${place}" s="${formats.length - 1}"><v>${cell.value}</v></c>`
}

function columnName(column: number): string {
  return column < 26
    ? String.fromCharCode(65 + column)
    : columnName(Math.floor(column / 26) - 1) + columnName(column % 26)
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '_x000D_')
}
