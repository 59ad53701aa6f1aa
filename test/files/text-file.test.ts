import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openText } from '../../src/files/text-file.ts'
import { temporaryFiles } from './helpers.ts'

const file = temporaryFiles()
async function read(content: string | Buffer) {
  const { chunks, notes } = await openText(file(content))
  let text = ''
  for await (const chunk of chunks()) text += chunk
  return { text, notes }
}
const be = (text: string) => Buffer.from(text, 'utf16le').swap16()

describe('a text of a file', () => {
  const text = 'id;nom\r\n1;Médiathèque « L’Île » – 12 €\r\n'
  it.each([
    ['UTF-8', Buffer.from(text), []],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`), []],
    ['UTF-16 of Excel', Buffer.from(`\uFEFF${text}`, 'utf16le'), ['UTF-16']],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), ['UTF-16']],
    ['UTF-16, the other way round', be(`\uFEFF${text}`), ['UTF-16']],
    ['UTF-16, the other way round, without a mark', be(text), ['UTF-16']],
    [
      'Windows-1252',
      Buffer.from(text.replace('’', '\x92').replace('–', '\x96').replace('€', '\x80'), 'latin1'),
      ['Windows-1252'],
    ],
  ])('is read in %s', async (_, content, told) => {
    const found = await read(content)
    expect(found.text).toBe(text)
    expect(found.notes).toEqual(told.map((name) => expect.stringContaining(name)))
  })

  it('is what was written, whatever its letters and its length', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('é', 'a', '€', '𝒳', '\n', ';', '中'), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 6000 }),
        async (signs, times) => {
          const whole = `id,nom\n${signs.join('').repeat(times)}`.slice(0, 150_000).toWellFormed()
          expect((await read(whole)).text).toBe(whole)
        },
      ),
      { numRuns: 30 },
    ))

  it('is no UTF-8 where one byte near its end says so', async () => {
    const content = Buffer.concat([
      Buffer.from(`id,nom\n${'1,Mediatheque\n'.repeat(20_000)}`),
      Buffer.from('2,Médiathèque\n', 'latin1'),
    ])
    const { text: found, notes } = await read(content)
    expect(found.endsWith('2,Médiathèque\n')).toBe(true)
    expect(notes).toEqual([expect.stringContaining('Windows-1252')])
  })

  it.each([
    ['a page of the Web', '<!DOCTYPE html><html></html>', 'page web'],
    ['a page of the Web with a mark', '\uFEFF\n <html lang="fr">', 'page web'],
    ['XML', '<?xml version="1.0"?><a/>', 'du XML'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), '.xls'],
    ['a PDF', '%PDF-1.7', 'PDF'],
    ['a compressed file', Buffer.from([0x1f, 0x8b, 8, 0]), 'gzip'],
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), 'pas du texte'],
    ['nothing', ' \n', 'est vide'],
  ])('is not read in %s, and what it is is said', async (_, content, told) => {
    await expect(read(content)).rejects.toThrow(told)
  })

  it('is told where it is not there', async () => {
    await expect(openText('nulle-part.csv')).rejects.toThrow('n’existe pas')
  })
})
