import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const secret = () => randomBytes(24).toString('base64url')
const account = (email: string) => ({
  email: z.string().default(email),
  password: z.string().default(() => `Portrea-${randomBytes(6).toString('hex')}`),
  token: z.string().nullable().default(null),
})

/** What the demo keeps from one run to the next: accounts, secrets, ports, and what it has already loaded. */
const DemoState = z.object({
  person: z.object(account('admin@portrea.test')).prefault({}),
  service: z.object(account('portrea-service@portrea.test')).prefault({}),
  apiToken: z.string().default(secret),
  webhookSecret: z.string().default(secret),
  sessionSecret: z.string().default(secret),
  nocodbPort: z.number().default(8080),
  servicePort: z.number().default(3000),
  baseId: z.string().nullable().default(null),
  /** By base and table: `begun` when a run was stopped while it loaded. */
  loaded: z.record(z.string(), z.enum(['begun', 'done'])).default({}),
})
export type DemoState = z.infer<typeof DemoState>

/** The state of the last run in `folder`; a new one, with its own secrets, where there is none. */
export function readState(folder: string): DemoState {
  try {
    return DemoState.parse(JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
    return DemoState.parse({})
  }
}

/** Keeps the state, readable by its owner alone. */
export function saveState(folder: string, state: DemoState): void {
  writePrivate(join(folder, 'state.json'), state)
}

/** Writes a JSON file that only its owner can read, all at once: who reads it never sees half of it. */
export function writePrivate(path: string, content: unknown): void {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}.draft`
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, path)
}
