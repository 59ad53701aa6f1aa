import { numberColumn } from '../completeness/number-column.ts'

/** Texts kept one after the other as bytes: as strings they would take half as much again. */
export type TextColumn = {
  push(text: string): void
  at(index: number): string
}

const CHUNK = 2 ** 20

/** An empty column. */
export function textColumn(): TextColumn {
  const encoder = new TextEncoder()
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const chunks: Uint8Array[] = []
  const [owners, starts, lengths] = [
    numberColumn(Uint16Array),
    numberColumn(Uint32Array),
    numberColumn(Uint32Array),
  ]
  let free = 0
  return {
    push(text) {
      const bytes = encoder.encode(text)
      if (chunks.length === 0 || free + bytes.length > (chunks.at(-1) as Uint8Array).length) {
        chunks.push(new Uint8Array(Math.max(CHUNK, bytes.length)))
        free = 0
      }
      ;(chunks.at(-1) as Uint8Array).set(bytes, free)
      owners.push(chunks.length - 1)
      starts.push(free)
      lengths.push(bytes.length)
      free += bytes.length
    },
    at(index) {
      const start = starts.at(index)
      const chunk = chunks[owners.at(index)] as Uint8Array
      return decoder.decode(chunk.subarray(start, start + lengths.at(index)))
    },
  }
}
