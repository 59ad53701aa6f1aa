/** Numbers kept one after the other in few bytes; growing moves none of them. */
export type NumberColumn = {
  push(value: number): void
  at(index: number): number
  readonly length: number
}

const BITS = 14
const CHUNK = 1 << BITS

type Kinds = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array

/** An empty column of `Kind`: each number takes what it takes there. */
export function numberColumn(Kind: new (length: number) => Kinds): NumberColumn {
  const chunks: Kinds[] = []
  let length = 0
  return {
    push(value) {
      const place = length & (CHUNK - 1)
      if (place === 0) chunks.push(new Kind(CHUNK))
      const chunk = chunks[length >> BITS] as Float64Array
      chunk[place] = value
      length += 1
    },
    at: (index) => (chunks[index >> BITS] as Float64Array)[index & (CHUNK - 1)] as number,
    get length() {
      return length
    },
  }
}
