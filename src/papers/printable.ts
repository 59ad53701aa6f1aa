import { unquoted } from './unquoted.ts'

/** What stands for a sign that no font has. */
const NOTDEF = '□'

/** Data, as JSON, with nothing that no paper can show: halves of signs, control signs, marks of byte order. */
export function printable(json: string): string {
  return mapTexts(json, (text) =>
    text
      .toWellFormed()
      .replaceAll(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex -- they are what is taken out
      .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff\ufff9-\ufffb]+/g, ' '),
  )
}

/** Data without the texts that these messages of Typst say cannot be shown. */
export function withoutTexts(json: string, messages: readonly string[]): string {
  const refused = messages.flatMap((message) => {
    const [, quoted] = /(?:the text|codepoint) `"(.*?)"`/su.exec(message) ?? []
    return quoted === undefined ? [] : [unquoted(quoted)]
  })
  const texts = [...new Set(refused)].filter((text) => text.trim() !== '')
  if (texts.length === 0) return json
  return mapTexts(json, (text) => texts.reduce((kept, one) => kept.replaceAll(one, NOTDEF), text))
}

function mapTexts(json: string, change: (text: string) => string): string {
  return JSON.stringify(JSON.parse(json), (_, value: unknown) =>
    typeof value === 'string' ? change(value) : value,
  )
}
