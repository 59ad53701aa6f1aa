import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** What a PDF holds, as Mozilla's reader sees it. */
export type ReadPdf = {
  /** The text of each page, in the order of its content. */
  readonly pages: readonly string[]
  readonly text: string
  readonly title: string | undefined
  readonly language: string | undefined
  /** The part of PDF/UA that it claims; undefined: none. */
  readonly universal: string | undefined
  readonly tagged: boolean
  /** The fonts embedded, without the tag of the subset. */
  readonly fonts: readonly string[]
  /** Descriptions of figures. */
  readonly descriptions: readonly string[]
}

type Node = { readonly alt?: string; readonly children?: readonly Node[] }

/** Reads a PDF whole. */
export async function readPdf(pdf: Uint8Array): Promise<ReadPdf> {
  const bytes = Buffer.from(pdf).toString('latin1')
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0, useSystemFonts: false })
  const document = await task.promise
  try {
    const { info } = await document.getMetadata()
    const { Title, Language } = info as { Title?: string; Language?: string }
    const pages: string[] = []
    const descriptions: string[] = []
    for (let at = 1; at <= document.numPages; at++) {
      const page = await document.getPage(at)
      const { items } = await page.getTextContent()
      pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''))
      const visit = (node: Node) => {
        if (node.alt !== undefined) descriptions.push(node.alt)
        node.children?.forEach(visit)
      }
      visit((await page.getStructTree()) as Node)
    }
    return {
      ...{ pages, descriptions, text: pages.join('\n'), title: Title, language: Language },
      universal: /pdfuaid:part(?:>|=")(\d)/u.exec(bytes)?.[1],
      tagged: (await document.getMarkInfo())?.Marked === true,
      fonts: [
        ...new Set([...bytes.matchAll(/\/BaseFont\s*\/[A-Z]{6}\+([\w-]+)/gu)].map(([, name]) => name ?? '')),
      ],
    }
  } finally {
    await task.destroy()
  }
}
