const NAMED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0' }

/** A text in Rust's quoting (`\u{7}`, `\"`), as it was: Typst's package tells so what failed. */
export function unquoted(text: string): string {
  return text.replaceAll(/\\(?:u\{([0-9a-f]+)\}|(.))/gs, (_, code: string | undefined, sign: string) =>
    code === undefined ? (NAMED[sign] ?? sign) : String.fromCodePoint(Number.parseInt(code, 16)),
  )
}
