import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler'
import type { NodeError, NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { printable, withoutTexts } from './printable.ts'
import { unquoted } from './unquoted.ts'

/** What is to be printed: texts alone, so that it may go to another process. */
export type Order = {
  /** The template, a name of `sources`. */
  readonly template: string
  /** Every template by its file name; they may import each other, and nothing else. */
  readonly sources: Readonly<Record<string, string>>
  /** Pictures by the name under which a template asks for them. */
  readonly pictures: Readonly<Record<string, Uint8Array>>
  /** What the template is given as `sys.inputs.data`, as JSON; where it must fit, each shorter than the one before. */
  readonly data: readonly string[]
  /** The most pages; null: as many as it takes. The last data are printed even where they take more. */
  readonly pages: number | null
}

/** A fault of a template: where, and what Typst says of it in English. `line` from 1; null: Typst does not say. */
export type TemplateFault = {
  readonly file: string
  readonly line: number | null
  readonly message: string
}

/** A PDF, or why there is none. */
export type Printed =
  | { readonly pdf: Uint8Array; readonly pages: number }
  | { readonly faults: readonly TemplateFault[] }

/** Compiles one order after the other. */
export type Compiler = { print(order: Order): Printed }

/** Where templates stand for Typst: a folder that does not exist, so that no file of the machine can be read. */
const ROOT = fileURLToPath(new URL('./no-files', import.meta.url))

/** The fonts that come with the product: a text face, one for the alphabets and signs it lacks, one for emoji. */
const FONTS = [
  '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf',
  '@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
  '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
]

/** How often signs that no font has are taken out, before the paper is given up. */
const TRIES = 4
/** Results of earlier compilations that are kept, in compilations. */
const KEPT = 3

/** Opens Typst with the fonts of the product. It keeps some 60 MB, and no text of a paper longer than a few papers. */
export function openCompiler(): Compiler {
  const fontBlobs = FONTS.map((font) => readFileSync(fileURLToPath(import.meta.resolve(font))))
  const typst = NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontBlobs }] })
  return {
    print(order) {
      typst.resetShadow()
      for (const [name, text] of Object.entries(order.sources)) typst.addSource(`${ROOT}/${name}`, text)
      for (const [name, bytes] of Object.entries(order.pictures))
        typst.mapShadow(`${ROOT}/${name}`, Buffer.from(bytes))
      try {
        return printed(typst, order)
      } finally {
        typst.resetShadow()
        typst.evictCache(KEPT)
      }
    },
  }
}

/** Prints with all signs that fonts have: those that none has are told by Typst only as the PDF is made. */
function printed(typst: NodeCompiler, order: Order): Printed {
  let data = order.data.map(printable)
  for (let tries = 1; ; tries++) {
    const compiled = fitting(typst, { ...order, data })
    if ('faults' in compiled) return compiled
    const { document, pages } = compiled
    try {
      return { pdf: typst.pdf(document, { pdfStandard: PdfStandard.UA_1 }), pages }
    } catch (cause) {
      const said = messagesOf(cause)
      const without = data.map((one) => withoutTexts(one, said))
      const helped = without.some((one, at) => one !== data[at])
      if (!helped || tries === TRIES)
        return { faults: said.map((message) => ({ file: order.template, line: null, message })) }
      data = without
    }
  }
}

type Compiled = { readonly document: NodeTypstDocument; readonly pages: number }

/** The first data that take no more pages than asked for, else the last. */
function fitting(
  typst: NodeCompiler,
  { template, data, pages: most }: Order,
): Compiled | { readonly faults: readonly TemplateFault[] } {
  let last: Compiled | null = null
  for (const one of data) {
    const run = typst.compile({ mainFilePath: `${ROOT}/${template}`, inputs: { data: one } })
    const document = run.result
    if (document === null) return { faults: faultsOf(typst, run.takeDiagnostics(), template) }
    last = { document, pages: document.numOfPages }
    if (most === null || last.pages <= most) return last
  }
  return last ?? { faults: [{ file: template, line: null, message: 'no data' }] }
}

type Diagnostic = {
  readonly message: string
  readonly path: string
  readonly range: { readonly start: { readonly line: number } } | null
  readonly severity: number
}

/** Of the severities of Typst, that of an error: traces and warnings say less. */
const ERROR = 1

function faultsOf(typst: NodeCompiler, told: NodeError | null, template: string): TemplateFault[] {
  const all = told === null ? [] : (typst.fetchDiagnostics(told) as Diagnostic[])
  return all
    .filter(({ severity }) => severity === ERROR)
    .map(({ message, path, range }) => ({
      file: path.split(/[\\/]/).at(-1) || template,
      line: range === null ? null : range.start.line + 1,
      message: message.replaceAll(ROOT, ''),
    }))
}

/** The messages of a failed export: the package gives them as the text of Rust's own debugging form. */
function messagesOf(cause: unknown): string[] {
  const found = [...String(cause).matchAll(/message: "((?:[^"\\]|\\.)*)"/gs)]
  return found.length === 0 ? [String(cause)] : found.map(([, text]) => unquoted(text ?? ''))
}
