import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

/** The port wanted where nobody has it on 127.0.0.1, else one that is free. */
export async function portNear(wanted: number): Promise<number> {
  return (await listens(wanted)) ?? (await listens(0)) ?? wanted
}

function listens(port: number): Promise<number | null> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', () => done(null))
    probe.listen(port, '127.0.0.1', () => {
      const chosen = (probe.address() as AddressInfo).port
      probe.close(() => done(chosen))
    })
  })
}
