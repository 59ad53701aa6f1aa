import type { Unreadable } from '../config/csv-table.ts'

/** An item of a list in JSON: its rank in that list from 1, and the list's own key where it is not the whole file. */
export type JsonItem = { readonly line: number; readonly list: string | null; readonly value: unknown }

/** No list of records is nested so deep: what is, would only break what reads it. */
const DEEPEST = 64
/** An item may be so long, in signs. */
const LONGEST = 4_000_000

/** What is not in any item: where the lists stand, and how the file ends. */
type Place = 'before' | 'list' | 'object' | 'key' | 'value' | 'after'

/**
 * The items of a list in JSON that comes part by part: the file is that list, or an object that holds it under one of the
 * keys that are wanted. Each item is read on its own, so that a faulty one is told and the others are read; no more than
 * an item is held. (A parser of tokens stops for good at the first fault.)
 */
export async function* jsonItems(
  chunks: AsyncIterable<string>,
  isWanted: (key: string) => boolean,
): AsyncGenerator<JsonItem | Unreadable | { readonly noList: true }> {
  const at: State = { place: 'before', list: null, key: null, rank: 0, lists: 0 }
  const value = valueScanner()
  for await (const chunk of chunks) {
    let sign = 0
    while (sign < chunk.length) {
      if (value.isOpen()) {
        sign = value.read(chunk, sign)
        const ended = value.ended()
        if (ended !== null) yield* afterValue(at, ended)
      } else {
        step(at, chunk.charAt(sign), isWanted, value)
        // A value begins with the sign that tells so.
        if (!value.isOpen()) sign += 1
      }
    }
  }
  if (value.isOpen() && at.place === 'list') yield { line: at.rank + 1, reason: UNCLOSED, cut: true }
  else if (at.place !== 'after' && at.lists > 0) yield { line: at.rank + 1, reason: CUT, cut: true }
  if (at.lists === 0) yield { noList: true }
}

type Found = JsonItem | Unreadable | { readonly noList: true }
type State = {
  place: Place
  /** The key of the list that is read; null: the file is the list. */
  list: string | null
  key: string | null
  rank: number
  /** How many lists there were. */
  lists: number
}

/** What one sign outside of values does. */
function step(
  at: State,
  sign: string,
  isWanted: (key: string) => boolean,
  value: ReturnType<typeof valueScanner>,
): void {
  if (SPACE.test(sign)) return
  if (at.place === 'before') {
    at.place = sign === '[' ? 'list' : sign === '{' ? 'object' : 'after'
    if (at.place === 'list') at.lists = 1
  } else if (at.place === 'list') {
    if (sign === ']') at.place = at.list === null ? 'after' : 'object'
    else if (sign !== ',') value.begin()
  } else if (at.place === 'object') {
    if (sign === '}') at.place = 'after'
    else if (sign === '"') {
      at.place = 'key'
      value.begin()
    }
  } else if (at.place === 'value' && sign !== ':') {
    if (sign === '[' && isWanted(at.key ?? ''))
      Object.assign(at, { place: 'list', list: at.key, rank: 0, lists: at.lists + 1 })
    else value.begin()
  }
}

/** What has come to its end: an item, a key, or a value that nobody wants. */
function* afterValue(at: State, ended: Ended): Generator<Found> {
  if (at.place === 'list') {
    at.rank += 1
    yield itemOf(ended, at.rank, at.list)
  } else if (at.place === 'key') {
    at.key = ended.text === null ? '' : String(parsed(ended.text) ?? '')
    at.place = 'value'
  } else at.place = 'object'
}

const SPACE = /\s/u
const UNCLOSED =
  'Cet élément n’est pas refermé (guillemet, accolade ou crochet), ou le fichier est coupé : rien de ce qui suit ne peut être lu.'
const CUT = 'Le fichier s’arrête avant la fin de sa liste : il est sans doute coupé.'

/** A value as it is written; null: why it is left. */
type Ended = { readonly text: string; readonly why?: never } | { readonly text: null; readonly why: string }

function itemOf({ text, why }: Ended, line: number, list: string | null): Found {
  if (text === null) return { line, reason: why }
  try {
    return { line, list, value: JSON.parse(text) as unknown }
  } catch {
    // What the parser says quotes the text, which may be somebody's.
    return { line, reason: 'Cet élément n’est pas du JSON : il ne se lit pas.' }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // a key that is none names no list
  }
}

/** Follows one value to its end: brackets are counted, texts aside. */
function valueScanner() {
  let [text, depth, deepest] = ['', 0, 0]
  let [isOpen, inText, isEscaped, isEnded] = [false, false, false, false]
  return {
    isOpen: () => isOpen,
    begin() {
      ;[text, depth, deepest] = ['', 0, 0]
      ;[isOpen, inText, isEscaped, isEnded] = [true, false, false, false]
    },
    /** Reads on from there; gives where it stopped. */
    read(chunk: string, from: number): number {
      let at = from
      for (; at < chunk.length && !isEnded; at += 1) {
        const code = chunk.charCodeAt(at)
        if (inText) {
          if (isEscaped) isEscaped = false
          else if (code === BACKSLASH) isEscaped = true
          else if (code === QUOTE) {
            inText = false
            isEnded = depth === 0
          }
        } else if (code === QUOTE) inText = true
        else if (code === OPEN_LIST || code === OPEN_OBJECT) {
          depth += 1
          deepest = Math.max(deepest, depth)
        } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
          // The bracket of what the value stands in.
          if (depth === 0) {
            isEnded = true
            break
          }
          depth -= 1
          isEnded = depth === 0
        } else if (depth === 0 && code === COMMA) {
          isEnded = true
          break
        }
      }
      if (text.length <= LONGEST) text += chunk.slice(from, at)
      return at
    },
    ended(): Ended | null {
      if (!isEnded) return null
      isOpen = false
      if (text.length > LONGEST) return { text: null, why: 'Cet élément dépasse quatre millions de signes.' }
      if (deepest > DEEPEST) return { text: null, why: `Cet élément emboîte plus de ${DEEPEST} niveaux.` }
      return { text }
    },
  }
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]
