import type { DatabaseSync } from 'node:sqlite'
import type { WebhookNotice, WebhookSpool } from './engine.ts'

/** Taken at once. */
const HANDFUL = 1000

/**
 * The spool of webhooks, in a file of its own. `attempt` does what the disk may refuse.
 * @param open opens the file when it is first needed; a notice is on the disk when `put` returns
 */
export function webhookSpool(
  open: () => DatabaseSync,
  attempt: <Result>(act: () => Result) => Result,
): WebhookSpool {
  let opened: ReturnType<typeof prepare> | null = null
  const box = () => (opened ??= prepare(open()))
  return {
    put: (notices, at) => attempt(() => void box().put.run(at.toISOString(), JSON.stringify(notices))),
    take: () =>
      attempt(() => {
        const rows = box().take.all(HANDFUL) as ({ id: number; at: string } & WebhookNotice)[]
        const [first, last] = [rows[0], rows.at(-1)]
        if (first === undefined || last === undefined) return null
        const notices = rows.map(({ base, about, record, event }) => ({ base, about, record, event }))
        return { notices, at: new Date(first.at), forget: () => attempt(() => box().forget(last.id)) }
      }),
    close() {
      opened?.close()
      opened = null
    },
  }
}

function prepare(database: DatabaseSync) {
  // A writer must not wait for the log to be merged into the file: the reader does that.
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 0')
  database.exec(
    `create table if not exists notices (
      id integer primary key autoincrement, at text not null,
      base text not null, about text not null, record text not null, event text not null)`,
  )
  const forget = database.prepare('delete from notices where id <= ?')
  let takes = false
  return {
    put: database.prepare(
      `insert into notices (at, base, about, record, event)
      select ?, value ->> 'base', value ->> 'about', value ->> 'record', value ->> 'event' from json_each(?)`,
    ),
    take: database.prepare('select id, at, base, about, record, event from notices order by id limit ?'),
    forget(id: number) {
      // A notice that a power cut brings back is read once more: it changes nothing, and others need not wait for the disk.
      if (!takes) database.exec('pragma synchronous = normal; pragma wal_autocheckpoint = 1000')
      takes = true
      forget.run(id)
    },
    close: () => database.close(),
  }
}
