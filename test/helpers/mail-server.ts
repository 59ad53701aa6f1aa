import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { onTestFinished } from 'vitest'

/** A mail as it came: to whom the envelope said, its lines, and what a reader shows of it. */
export type Arrived = { readonly to: readonly string[]; readonly raw: string; readonly mail: Email }

/** What the server does with an address, or with a mail it has read: nothing, an answer, silence, or the connection cut. */
export type Conduct = {
  address?: (address: string) => number | null
  read?: (arrived: Arrived) => number | 'silent' | 'cut' | null
}

/** A real SMTP server on this machine, stopped after the test. */
export async function mailServer(conduct: Conduct = {}) {
  const arrived: Arrived[] = []
  const open = new Set<() => void>()
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], closeTimeout: 100 },
    onRcptTo({ address }, _session, done) {
      const code = conduct.address?.(address) ?? null
      done(code === null ? null : Object.assign(new Error('no'), { responseCode: code }))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        void (async () => {
          const raw = Buffer.concat(chunks).toString('utf8')
          const to = session.envelope.rcptTo.map(({ address }) => address)
          const one = { to, raw, mail: await PostalMime.parse(raw) }
          arrived.push(one)
          const answer = conduct.read?.(one) ?? null
          if (answer === 'silent') return
          if (answer === 'cut') {
            for (const cut of open) cut()
            return
          }
          done(answer === null ? null : Object.assign(new Error('no'), { responseCode: answer }))
        })()
      })
    },
  })
  server.server.on('connection', (socket) => {
    const cut = () => void socket.destroy()
    open.add(cut)
    socket.on('close', () => open.delete(cut))
  })
  server.on('error', () => undefined) // connections that a test cuts
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () =>
    new Promise<void>((resolve) => {
      for (const cut of open) cut()
      server.close(() => resolve())
    })
  onTestFinished(stop)
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, arrived, stop }
}
