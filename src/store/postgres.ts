import { PostgresDialect } from 'kysely'
import { Client, Pool, types } from 'pg'
import type { ClientConfig } from 'pg'
import { unavailable } from './engine.ts'
import type { Engine, Lock, LockKind } from './engine.ts'

const INT8 = 20
/** 'PORT' in ASCII: keeps our advisory locks apart from those of other programs in the same database. */
const LOCK_SPACE = 0x504f5254

/** The store in schema `portrea` of a PostgreSQL database. Connects at the first query; throws STORE_UNAVAILABLE then. */
export function openPostgres(url: string, folder: string | null): Engine {
  const place = withoutPassword(url)
  const fault = (cause: unknown) =>
    unavailable(
      place,
      'Vérifiez DATABASE_URL, que le serveur tourne, et que ce compte peut créer un schéma.',
      cause,
    )
  const config = clientConfig(url, fault)
  const pool = new Pool({ ...config, max: 4 })
  pool.on('error', () => {}) // an idle connection was cut: the pool has dropped it, the next query opens another
  // Cut while it is in use but asks nothing (between two queries of a transaction): its next query says why.
  pool.on('connect', (client) => client.on('error', () => {}))
  const connect = () =>
    pool.connect().catch((cause: unknown) => {
      throw fault(cause)
    })
  const dialect = new PostgresDialect({ pool: { connect, end: () => pool.end() } })
  const tryLock = (name: string, kind: LockKind) =>
    lockSession(new Client(config), name, kind).catch((cause: unknown) => {
      throw fault(cause)
    })
  return {
    ...({ name: 'postgresql', place, schema: 'portrea', folder, dialect, tryLock } as const),
    spool: null,
    loss: () => null,
    keepCopy: null,
    unavailable: fault,
  }
}

function clientConfig(url: string, fault: (cause: unknown) => Error): ClientConfig {
  if (!URL.canParse(url))
    throw fault(new Error('not an address: postgresql://user:password@host:5432/database'))
  return {
    connectionString: url,
    application_name: 'portrea',
    connectionTimeoutMillis: 10_000,
    query_timeout: 60_000,
    keepAlive: true,
    // int8 comes as text by default; our ids and counts stay far below 2^53.
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : types.getTypeParser(oid, format)) },
  }
}

/** A lock held by a connection of its own: the server lets go of it when that ends, whatever ended it. */
async function lockSession(client: Client, name: string, kind: LockKind): Promise<Lock | null> {
  let held = true
  const lost = () => {
    held = false
  }
  client.on('error', lost).on('end', lost) // cut from outside: the holder's own queries will say why
  await client.connect()
  try {
    // By default the lock of a machine that vanished would stay for two hours.
    await client.query(
      'set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3',
    )
    const ask = kind === 'alone' ? 'pg_try_advisory_lock' : 'pg_try_advisory_lock_shared'
    const asked = await client.query(`select ${ask}($1, hashtext($2)) as taken`, [LOCK_SPACE, name])
    if (asked.rows[0].taken === true) return { release: () => client.end(), held: () => held }
  } catch (cause) {
    await client.end()
    throw cause
  }
  await client.end()
  return null
}

/** Text that is no address may hold the password anywhere: it is not shown at all. */
function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'of DATABASE_URL'
  const { protocol, username, host, pathname } = new URL(url)
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`
}
