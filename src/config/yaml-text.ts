import { isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { Document, YAMLMap } from 'yaml'

/** The value of a text in YAML (JSON is YAML too) and where each part of it stands; or why it cannot be read. */
export type YamlText =
  | { readonly document: Document; readonly lines: LineCounter; readonly value: unknown }
  | { readonly faults: readonly YamlFault[] }
/** `line` from 1; null: the text as a whole. */
export type YamlFault = { readonly line: number | null; readonly reason: string }

const DEEP = 'ses valeurs sont emboîtées trop profondément'
/** Ten times the longest file of config/. */
const MOST_SIGNS = 1_000_000
/** More faults than anybody mends at once. */
const MOST_FAULTS = 20

/** Reads YAML that nobody vouches for: never throws, and never takes long, whatever the text. */
export function readYaml(text: string): YamlText {
  if (text.length > MOST_SIGNS) return refused('ce fichier a plus d’un million de signes')
  const lines = new LineCounter()
  try {
    // The parser's own look for doubled keys compares each with all others.
    const document = parseDocument(text, {
      lineCounter: lines,
      merge: true,
      uniqueKeys: false,
      logLevel: 'error',
    })
    if (document.errors.some(({ message }) => /call stack|stack overflow/iu.test(message)))
      return refused(DEEP)
    const faults = [
      ...document.errors.map(({ pos, message }) => ({
        line: lines.linePos(pos[0]).line,
        reason: `ce n’est pas du YAML (${message.split('\n', 1)[0] ?? message})`,
      })),
      ...doubledKeys(document, lines),
    ]
    if (faults.length > 0) return { faults: faults.slice(0, MOST_FAULTS) }
    return { document, lines, value: document.toJS() }
  } catch (cause) {
    if (cause instanceof ReferenceError)
      return refused('ses renvois (&, *) se multiplient ; écrivez les valeurs en toutes lettres')
    if (cause instanceof RangeError) return refused(DEEP)
    throw cause
  }
}

function refused(reason: string): YamlText {
  return { faults: [{ line: null, reason }] }
}

/** A key that stands twice in one group: nobody knows which of the two counts. */
function doubledKeys(document: Document, lines: LineCounter): YamlFault[] {
  const faults: YamlFault[] = []
  visit(document, {
    Map(_, map: YAMLMap) {
      const seen = new Set<unknown>()
      for (const { key } of map.items) {
        if (!isScalar(key) || key.value === '<<') continue
        const { value, range } = key
        if (seen.has(value))
          faults.push({
            line: lines.linePos(range?.[0] ?? 0).line,
            reason: `${String(value)} : y est deux fois`,
          })
        seen.add(value)
      }
    },
  })
  return faults
}
