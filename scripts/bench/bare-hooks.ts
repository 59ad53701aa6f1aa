// The least that a webhook can cost: a server that reads what it is sent, has it on the disk, and answers.
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Written over and over, as a log of SQLite is: a file that grows would cost the disk more. */
const [SLOT, SLOTS] = [16 * 1024, 256]

const file = openSync(process.argv[2]!, 'w')
writeSync(file, Buffer.alloc(SLOT * SLOTS))
fdatasyncSync(file)

let told = 0
const server = createServer((request, answer) => {
  const parts: Buffer[] = []
  request
    .on('data', (part: Buffer) => parts.push(part))
    .on('end', () => {
      const body = Buffer.concat(parts)
      writeSync(file, body, 0, Math.min(SLOT, body.length), (told++ % SLOTS) * SLOT)
      fdatasyncSync(file)
      answer.writeHead(202).end()
    })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => {
  server.close()
  server.closeAllConnections()
  closeSync(file)
})
