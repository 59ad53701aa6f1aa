import { SaxesParser } from 'saxes'
import { PortreaError } from '../errors.ts'

/** What is done with the parts of an XML text; names are without their prefix. */
export type XmlHandler = {
  readonly open: (name: string, attribute: (name: string) => string | undefined) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

/**
 * Reads an XML text part by part, and gives a turn after each: what was found till there can be used before the rest is
 * read. Entities of a document type are not expanded.
 */
export async function* xmlParts(bytes: AsyncIterable<Buffer>, handler: XmlHandler): AsyncGenerator<void> {
  const parser = new SaxesParser()
  let failure: Error | null = null
  parser.on('error', (error) => (failure ??= error))
  parser.on('opentag', ({ name, attributes }) => handler.open(local(name), (one) => valueOf(attributes, one)))
  if (handler.text !== undefined) parser.on('text', handler.text)
  if (handler.text !== undefined) parser.on('cdata', handler.text)
  parser.on('closetag', ({ name }) => handler.close?.(local(name)))
  const decoder = new TextDecoder()
  let written = 0
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true })
    written += text.includes('<') ? -written : text.length
    if (written > LONGEST) throw damaged(new Error('a text has no end'))
    parser.write(text)
    if (failure !== null) throw damaged(failure)
    yield
  }
  parser.write(decoder.decode()).close()
  if (failure !== null) throw damaged(failure)
}

function damaged(cause: Error): PortreaError {
  return new PortreaError(
    'INPUT_INVALID',
    'Le classeur est abîmé (son XML ne se lit pas) ; enregistrez-le de nouveau.',
    {
      cause,
    },
  )
}

/** A text between two tags may be so long: a cell of a spreadsheet holds 32,767 signs. */
const LONGEST = 10_000_000

function local(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

function valueOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name]
  return Object.entries(attributes).find(([one]) => local(one) === name)?.[1]
}
