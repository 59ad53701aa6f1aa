/** Numbers kept one after the other in few bytes; growing moves none of them. */
export type NumberColumn = {
  push(value: number): void
  at(index: number): number
  readonly length: number
}

const BITS = 14
const CHUNK = 1 << BITS

/** An empty column of `Kind`: 4 bytes a number for Uint32Array and Float32Array, 8 for Float64Array. */
export function numberColumn(
  Kind: Float64ArrayConstructor | Float32ArrayConstructor | Uint32ArrayConstructor,
): NumberColumn {
  const chunks: (Float64Array | Float32Array | Uint32Array)[] = []
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
