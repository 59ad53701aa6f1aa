import { inflateRawSync } from 'node:zlib'

/** The parts of a package (a zip), by their names: its directory stands at its end. */
export function partsOf(body: Buffer): Map<string, string> {
  const parts = new Map<string, string>()
  const end = body.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  let at = body.readUInt32LE(end + 16)
  for (let left = body.readUInt16LE(end + 10); left > 0; left -= 1) {
    const name = body.subarray(at + 46, at + 46 + body.readUInt16LE(at + 28)).toString()
    const local = body.readUInt32LE(at + 42)
    const start = local + 30 + body.readUInt16LE(local + 26) + body.readUInt16LE(local + 28)
    const data = body.subarray(start, start + body.readUInt32LE(at + 20))
    parts.set(name, (body.readUInt16LE(at + 10) === 8 ? inflateRawSync(data) : data).toString())
    at += 46 + body.readUInt16LE(at + 28) + body.readUInt16LE(at + 30) + body.readUInt16LE(at + 32)
  }
  return parts
}
